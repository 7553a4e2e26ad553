using System.Text;
using Stagedoor.Plugins;

namespace Stagedoor.Catalog.Index.Queries;

/// <summary>A filter as one line of text, by which its answer is kept. Different filters have different texts.</summary>
internal static class FilterText
{
    public static string Of(EntityFilter filter)
    {
        var text = new StringBuilder(64);
        Write(filter, text);
        return text.ToString();
    }

    public static string Of(string term, IEnumerable<string> fields)
    {
        var text = new StringBuilder(64).Append('~');
        Write(term, text);
        foreach (var field in fields)
        {
            Write(field, text);
        }

        return text.ToString();
    }

    private static void Write(EntityFilter filter, StringBuilder text)
    {
        switch (filter)
        {
            case EntityFilter.Has has:
                Write(has.Path, text.Append('='));
                text.Append(has.Values.Count);
                foreach (var value in has.Values)
                {
                    Write(value, text);
                }

                break;
            case EntityFilter.Exists exists:
                Write(exists.Path, text.Append('?'));
                break;
            case EntityFilter.StartsWith starts:
                Write(starts.Path, text.Append('^'));
                Write(starts.Prefix, text);
                break;
            case EntityFilter.Among among:
                text.Append('@').Append(among.Entities.Count);
                foreach (var entity in among.Entities)
                {
                    Write(entity.ToString(), text);
                }

                break;
            case EntityFilter.Within within:
                text.Append('/').Append(within.Wholes.Count);
                foreach (var whole in within.Wholes)
                {
                    Write(whole.ToString(), text);
                }

                break;
            case EntityFilter.Not not:
                Write(not.Filter, text.Append('!'));
                break;
            case EntityFilter.AllOf all:
                Write(all.Filters, text.Append('&'));
                break;
            case EntityFilter.AnyOf any:
                Write(any.Filters, text.Append('|'));
                break;
        }
    }

    private static void Write(IReadOnlyCollection<EntityFilter> filters, StringBuilder text)
    {
        text.Append(filters.Count);
        foreach (var filter in filters)
        {
            Write(filter, text);
        }
    }

    private static void Write(string value, StringBuilder text) => text.Append('<').Append(value.Length).Append(':').Append(value);
}
