using System.Text;
using Stagedoor.Catalog.Index.Segments;
using Stagedoor.Plugins;

namespace Stagedoor.Catalog.Index.Queries;

/// <summary>
/// The domains that systems are part of, and the systems of domains. What is in a system is in its domain; nobody writes that
/// down, so lists by domain go this way. Read from the relations at once, without looking at an entity.
/// </summary>
internal sealed class SystemDomains
{
    private readonly Dictionary<string, string[]> _domains = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<string>> _systems = new(StringComparer.Ordinal);

    public static SystemDomains Of(Snapshot snapshot)
    {
        var found = new SystemDomains();
        foreach (var view in snapshot.Segments)
        {
            // What has a system as its part, and is a domain.
            if (view.Segment.Answers.Column("relations.haspart") is { } column)
            {
                found.Read(view, column);
            }
        }

        return found;
    }

    /// <param name="system">A reference in lower case.</param>
    public IReadOnlyList<string> Of(string system) => _domains.GetValueOrDefault(system) ?? [];

    /// <param name="domain">A reference in lower case.</param>
    public IReadOnlyList<string> In(string domain) => _systems.GetValueOrDefault(domain) ?? [];

    /// <summary>A filter in words that each segment understands by itself: the systems of a domain may be in any.</summary>
    /// <param name="isSeen">Whoever does not see a domain learns nothing of its systems.</param>
    public EntityFilter Resolve(EntityFilter filter, Func<EntityRef, bool> isSeen) => filter switch
    {
        EntityFilter.Within within => new EntityFilter.Has(
            "relations.partOf", [.. within.Wholes.SelectMany(whole => (IEnumerable<string>)[whole.ToString(), .. isSeen(whole) ? In(whole.ToString()) : []])]),
        EntityFilter.Not not => new EntityFilter.Not(Resolve(not.Filter, isSeen)),
        EntityFilter.AllOf all => new EntityFilter.AllOf([.. all.Filters.Select(part => Resolve(part, isSeen))]),
        EntityFilter.AnyOf any => new EntityFilter.AnyOf([.. any.Filters.Select(part => Resolve(part, isSeen))]),
        _ => filter,
    };

    public static bool IsNeeded(EntityFilter filter) => filter switch
    {
        EntityFilter.Within => true,
        EntityFilter.Not not => IsNeeded(not.Filter),
        EntityFilter.AllOf all => all.Filters.Any(IsNeeded),
        EntityFilter.AnyOf any => any.Filters.Any(IsNeeded),
        _ => false,
    };

    private void Read(SegmentView view, Column column)
    {
        var names = new Dictionary<int, string>();
        var (from, to) = column.FindPrefix("system:"u8);
        for (var value = from; value < to; value++)
        {
            string? system = null;
            foreach (var document in column.DocumentsOf(value))
            {
                if (!view.IsLive(document) || !view.Segment.RefOf(document).StartsWith("domain:"u8))
                {
                    continue;
                }

                if (!names.TryGetValue(document, out var domain))
                {
                    names[document] = domain = Encoding.UTF8.GetString(view.Segment.RefOf(document));
                }

                system ??= Encoding.UTF8.GetString(column.Lower(value));
                _domains[system] = _domains.TryGetValue(system, out var others) ? [.. others, domain] : [domain];
                if (!_systems.TryGetValue(domain, out var systems))
                {
                    _systems[domain] = systems = [];
                }

                systems.Add(system);
            }
        }
    }
}
