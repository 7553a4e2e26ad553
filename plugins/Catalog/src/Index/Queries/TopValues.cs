using System.Text;
using Stagedoor.Catalog.Index.Segments;
using Stagedoor.Plugins;

namespace Stagedoor.Catalog.Index.Queries;

/// <summary>
/// The most frequent values at a path among a set, for a list that shows a few of many: counts all of them and makes texts only
/// of those. What differs in upper and lower case only is one value here, as it is for filters.
/// </summary>
internal static class TopValues
{
    /// <param name="path">In lower case.</param>
    /// <param name="prefix">Only values that begin so, in lower case; of references those to one kind.</param>
    public static FacetTop Count(Snapshot snapshot, string path, string prefix, Matches among, int most)
    {
        var walks = new List<Walk>(snapshot.Segments.Length);
        var beginning = Encoding.UTF8.GetBytes(prefix);
        for (var i = 0; i < snapshot.Segments.Length; i++)
        {
            var segment = snapshot.Segments[i].Segment;
            if (among.Counts[i] > 0 && segment.Answers.Column(path) is { } column)
            {
                var (from, to) = beginning.Length == 0 ? (0, column.Count) : column.FindPrefix(beginning);
                if (from < to)
                {
                    walks.Add(new Walk(column, from, to, among.Words[i], among.Counts[i] == segment.Count));
                }
            }
        }

        return Count(walks, most);
    }

    private static FacetTop Count(List<Walk> walks, int most)
    {
        var best = new PriorityQueue<(Column Column, int Value, long Count, int Order), (long Count, int Order)>();
        var values = 0;
        while (walks.Count > 0)
        {
            var first = walks[0];
            for (var i = 1; i < walks.Count; i++)
            {
                if (walks[i].Value.SequenceCompareTo(first.Value) < 0)
                {
                    first = walks[i];
                }
            }

            // All walks that stand at this value go on, however it is written.
            var value = first.Value;
            var (count, mostOfOne, column, at) = (0L, -1L, first.Column, first.At);
            for (var i = walks.Count - 1; i >= 0; i--)
            {
                var walk = walks[i];
                while (walk.IsAt(value))
                {
                    var own = walk.Count();
                    count += own;
                    if (own > mostOfOne)
                    {
                        (mostOfOne, column, at) = (own, walk.Column, walk.At);
                    }

                    walk.Next();
                }

                if (walk.IsDone)
                {
                    walks.RemoveAt(i);
                }
            }

            if (count > 0)
            {
                best.Enqueue((column, at, count, values), (count, -values));
                values++;
                if (best.Count > most)
                {
                    best.Dequeue();
                }
            }
        }

        var top = new FacetValue[best.Count];
        while (best.TryDequeue(out var kept, out _))
        {
            top[best.Count] = new FacetValue(kept.Column.Text(kept.Value), kept.Count);
        }

        return new FacetTop(top, values);
    }

    /// <summary>Goes through the values of one segment.</summary>
    private sealed class Walk(Column column, int from, int to, ulong[] among, bool isAll)
    {
        public Column Column => column;

        public int At { get; private set; } = from;

        public bool IsDone => At >= to;

        public ReadOnlySpan<byte> Value => column.Lower(At);

        public bool IsAt(ReadOnlySpan<byte> value) => At < to && Value.SequenceEqual(value);

        public void Next() => At++;

        public long Count()
        {
            var documents = column.DocumentsOf(At);
            if (isAll)
            {
                return documents.Length;
            }

            var count = 0;
            foreach (var document in documents)
            {
                count += (int)(among[document >> 6] >> (document & 63)) & 1;
            }

            return count;
        }
    }
}

/// <param name="Values">The most frequent first.</param>
/// <param name="Different">How many different values there are.</param>
internal sealed record FacetTop(IReadOnlyList<FacetValue> Values, int Different);
