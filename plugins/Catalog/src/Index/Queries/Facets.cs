using System.Runtime.InteropServices;
using Stagedoor.Catalog.Index.Segments;
using Stagedoor.Plugins;

namespace Stagedoor.Catalog.Index.Queries;

/// <summary>Counts how many entities of a set have each value at a path.</summary>
internal static class Facets
{
    public static FacetValue[] Count(Snapshot snapshot, string path, Matches among)
    {
        var counts = new Dictionary<string, long>(StringComparer.Ordinal);
        for (var i = 0; i < snapshot.Segments.Length; i++)
        {
            var segment = snapshot.Segments[i].Segment;
            if (among.Counts[i] > 0 && segment.Answers.Column(path) is { } column)
            {
                Count(column, among.Words[i], among.Counts[i] == segment.Count, counts);
            }
        }

        var values = new FacetValue[counts.Count];
        var at = 0;
        foreach (var (value, count) in counts)
        {
            values[at++] = new FacetValue(value, count);
        }

        Array.Sort(values, (a, b) => string.CompareOrdinal(a.Value, b.Value));
        return values;
    }

    private static void Count(Column column, ulong[] among, bool isAll, Dictionary<string, long> counts)
    {
        for (var value = 0; value < column.Count; value++)
        {
            var documents = column.DocumentsOf(value);
            var count = documents.Length;
            if (!isAll)
            {
                count = 0;
                foreach (var document in documents)
                {
                    count += (int)(among[document >> 6] >> (document & 63)) & 1;
                }
            }

            if (count > 0)
            {
                CollectionsMarshal.GetValueRefOrAddDefault(counts, column.Text(value), out _) += count;
            }
        }
    }
}
