using System.Text;
using Stagedoor.Catalog.Index.Segments;
using Stagedoor.Plugins;

namespace Stagedoor.Catalog.Index.Queries;

/// <summary>
/// How many entities of a set are in each domain: those that name it, and those that name a system of it. One that names both, or
/// several systems of it, counts once.
/// </summary>
internal static class DomainCounts
{
    private const string Path = "relations.partof";

    public static FacetTop Count(Snapshot snapshot, SystemDomains systems, Matches among)
    {
        var counts = new Dictionary<string, long>(StringComparer.Ordinal);
        for (var i = 0; i < snapshot.Segments.Length; i++)
        {
            var segment = snapshot.Segments[i].Segment;
            if (among.Counts[i] > 0 && segment.Answers.Column(Path) is { } column)
            {
                Count(column, segment.Count, systems, among.Words[i], counts);
            }
        }

        return new FacetTop(
            [.. counts.Select(domain => new FacetValue(domain.Key, domain.Value)).OrderByDescending(domain => domain.Count).ThenBy(domain => domain.Value, StringComparer.Ordinal)], counts.Count);
    }

    private static void Count(Column column, int documents, SystemDomains systems, ulong[] among, Dictionary<string, long> counts)
    {
        // For each document the last domain it was counted for.
        var counted = new int[documents];
        var number = 0;
        foreach (var (domain, wholes) in WholesOf(column, systems))
        {
            number++;
            var count = 0L;
            foreach (var whole in wholes)
            {
                foreach (var document in column.DocumentsOf(whole))
                {
                    if (Bits.Has(among, document) && counted[document] != number)
                    {
                        counted[document] = number;
                        count++;
                    }
                }
            }

            if (count > 0)
            {
                counts[domain] = counts.GetValueOrDefault(domain) + count;
            }
        }
    }

    /// <summary>The values that mean each domain: itself, and its systems.</summary>
    private static Dictionary<string, List<int>> WholesOf(Column column, SystemDomains systems)
    {
        var wholes = new Dictionary<string, List<int>>(StringComparer.Ordinal);
        var (from, to) = column.FindPrefix("domain:"u8);
        for (var value = from; value < to; value++)
        {
            Add(TextOf(value), value);
        }

        (from, to) = column.FindPrefix("system:"u8);
        for (var value = from; value < to; value++)
        {
            foreach (var domain in systems.Of(TextOf(value)))
            {
                Add(domain, value);
            }
        }

        return wholes;

        string TextOf(int value) => Encoding.UTF8.GetString(column.Lower(value));

        void Add(string domain, int value)
        {
            if (!wholes.TryGetValue(domain, out var values))
            {
                wholes[domain] = values = [];
            }

            values.Add(value);
        }
    }
}
