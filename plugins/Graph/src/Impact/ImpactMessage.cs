using System.Globalization;
using System.Text;
using Stagedoor.Plugins;

namespace Stagedoor.Graph.Impact;

/// <summary>What to write to those who are affected: owners first, so that each finds their own line.</summary>
internal static class ImpactMessage
{
    private const int MostOwners = 40;
    private const int MostNames = 12;
    private const int MostListed = 200;

    public static string Text(string title, ImpactResult result, IReadOnlyList<Affected> affected, Func<EntityRef, string> nameOf, Func<string, string> absolute) =>
        Write(title, result, affected, nameOf, absolute, markdown: false);

    public static string Markdown(string title, ImpactResult result, IReadOnlyList<Affected> affected, Func<EntityRef, string> nameOf, Func<string, string> absolute) =>
        Write(title, result, affected, nameOf, absolute, markdown: true);

    /// <summary>Whom to talk to, a line for each.</summary>
    public static string Owners(IReadOnlyList<IGrouping<EntityRef?, Affected>> owners, Func<EntityRef, string> nameOf) =>
        string.Concat(owners.Where(owner => owner.Key is not null).Take(MostListed).Select(owner => $"{nameOf(owner.Key!.Value)} ({owner.Key})\n"))
        + (owners.Count > MostListed ? string.Create(CultureInfo.InvariantCulture, $"and {owners.Count - MostListed:#,0} more owners\n") : "");

    private static string Write(string title, ImpactResult result, IReadOnlyList<Affected> affected, Func<EntityRef, string> nameOf, Func<string, string> absolute, bool markdown)
    {
        var owners = ImpactResult.ByOwner(affected);
        var owned = owners.Count(owner => owner.Key is not null);
        var text = new StringBuilder();
        var subject = markdown ? $"[{Escaped(title)}]({absolute(EntityPages.Of(result.Root))})" : title;
        text.Append(CultureInfo.InvariantCulture, $"What depends on {subject}: {(result.Truncated ? "more than " : "")}{affected.Count:#,0} {(affected.Count == 1 ? "entity" : "entities")} of {owned:#,0} {(owned == 1 ? "owner" : "owners")}.\n\n");
        foreach (var owner in owners.Take(MostOwners))
        {
            var name = owner.Key is { } reference ? nameOf(reference) : "Nobody";
            var names = string.Join(", ", owner.Take(MostNames).Select(one => markdown ? $"[{Escaped(one.Title)}]({absolute(EntityPages.Of(one.Ref))})" : one.Title));
            var more = owner.Count() > MostNames ? $" and {owner.Count() - MostNames:#,0} more" : "";
            text.Append(markdown ? $"- **{Escaped(name)}** ({owner.Count()}): {names}{more}\n" : $"{name} ({owner.Count()}): {names}{more}\n");
        }

        if (owners.Count > MostOwners)
        {
            text.Append(CultureInfo.InvariantCulture, $"{(markdown ? "- " : "")}and {owners.Count - MostOwners:#,0} more owners\n");
        }

        return text.Append(CultureInfo.InvariantCulture, $"\nAll of it: {absolute(GraphAddress.Impact(result.Root))}\n").ToString();
    }

    /// <summary>Names are names in a message too, whatever they look like.</summary>
    private static string Escaped(string text)
    {
        var escaped = new StringBuilder(text.Length);
        foreach (var letter in text)
        {
            if (letter is '\\' or '[' or ']' or '(' or ')' or '*' or '_' or '`' or '<' or '>' or '#' or '|' or '~' or '!' or '@')
            {
                escaped.Append('\\');
            }

            escaped.Append(letter);
        }

        return escaped.ToString();
    }
}
