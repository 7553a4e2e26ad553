using System.Numerics;
using Stagedoor.Catalog.Index.Segments;

namespace Stagedoor.Catalog.Index.Queries;

/// <summary>Takes a part of a set in order, from all segments at once.</summary>
internal static class Paging
{
    public static List<Found> Take(Snapshot snapshot, Matches among, PageQuery query)
    {
        var wanted = (int)Math.Min((long)query.Offset + query.Limit, among.Total);
        var page = new List<Found>(Math.Clamp(wanted - query.Offset, 0, 1000));
        if (wanted <= query.Offset)
        {
            return page;
        }

        var walks = new List<Walk>(snapshot.Segments.Length);
        for (var i = 0; i < snapshot.Segments.Length; i++)
        {
            if (among.Counts[i] > 0)
            {
                var walk = new Walk(snapshot.Segments[i].Segment, among.Words[i], among.Counts[i], query, wanted);
                if (walk.Next())
                {
                    walks.Insert(0, walk);
                    PutInOrder(walks);
                }
            }
        }

        for (var taken = 0; taken < wanted && walks.Count > 0; taken++)
        {
            var first = walks[0];
            if (taken >= query.Offset)
            {
                page.Add(new Found(first.Segment, first.Document));
            }

            if (first.Next())
            {
                PutInOrder(walks);
            }
            else
            {
                walks.RemoveAt(0);
            }
        }

        if (query.Backwards)
        {
            page.Reverse();
        }

        return page;
    }

    /// <summary>Puts the first to its place among the others. Mostly that is where it stands: of the largest segment there is most.</summary>
    private static void PutInOrder(List<Walk> walks)
    {
        var first = walks[0];
        var at = 0;
        for (; at + 1 < walks.Count && walks[at + 1].IsBefore(first); at++)
        {
            walks[at] = walks[at + 1];
        }

        walks[at] = first;
    }

    /// <summary>Goes through one segment.</summary>
    private sealed class Walk
    {
        private readonly ulong[] _among;
        private readonly Order? _order;
        private readonly bool _descending;
        private readonly int _step;

        /// <summary>Documents in order; nothing for that of references, which is their own.</summary>
        private readonly int[]? _documents;
        private readonly int _length;
        private int _at;

        public Walk(Segment segment, ulong[] among, int count, PageQuery query, int wanted)
        {
            Segment = segment;
            _among = among;
            _descending = query.Descending;
            _step = query.Backwards ? -1 : 1;
            if (query.OrderBy is not null)
            {
                _order = segment.Answers.Order(query.OrderBy, query.Descending);
                _documents = IsSparse(count, wanted, _order.Documents.Length) ? Sorted(among, count, _order, query.Descending) : _order.Documents;
            }

            _length = _documents?.Length ?? segment.Count;
            var start = query.From is null ? (query.Backwards ? _length : 0) : FirstAfter(query.From, orAt: query.Backwards);
            _at = query.Backwards ? start : start - 1;
        }

        public Segment Segment { get; }

        public int Document { get; private set; }

        public bool Next()
        {
            if (_documents is null && _step > 0)
            {
                return NextBit();
            }

            for (_at += _step; _at >= 0 && _at < _length; _at += _step)
            {
                var document = _documents is null ? _at : _documents[_at];
                if (Bits.Has(_among, document))
                {
                    Document = document;
                    return true;
                }
            }

            return false;
        }

        public bool IsBefore(Walk other)
        {
            var order = 0;
            if (_order is not null)
            {
                order = _order.ValueOf(Document).SequenceCompareTo(other._order!.ValueOf(other.Document));
                order = _descending ? -order : order;
            }

            if (order == 0)
            {
                order = Segment.RefOf(Document).SequenceCompareTo(other.Segment.RefOf(other.Document));
            }

            return order * _step < 0;
        }

        private bool NextBit()
        {
            for (_at++; _at < _length;)
            {
                var rest = _among[_at >> 6] >> (_at & 63);
                if (rest != 0)
                {
                    _at += BitOperations.TrailingZeroCount(rest);
                    Document = _at;
                    return true;
                }

                _at = (_at | 63) + 1;
            }

            return false;
        }

        /// <summary>A few members among many are sooner sorted than met.</summary>
        private static bool IsSparse(int count, int wanted, int all) => (long)count * count < (long)wanted * all;

        private static int[] Sorted(ulong[] among, int count, Order order, bool descending)
        {
            var keys = new long[count];
            var found = 0;
            foreach (var document in Bits.Members(among, count))
            {
                if (order.RankOf(document) is >= 0 and var rank)
                {
                    keys[found++] = ((long)(descending ? ~rank : rank) << 32) | (uint)document;
                }
            }

            Array.Sort(keys, 0, found);
            var documents = new int[found];
            for (var i = 0; i < found; i++)
            {
                documents[i] = (int)keys[i];
            }

            return documents;
        }

        /// <param name="orAt">That place itself, if somebody stands there.</param>
        private int FirstAfter(Position position, bool orAt)
        {
            var (low, high) = (0, _length);
            while (low < high)
            {
                var middle = (low + high) >>> 1;
                var order = Compare(_documents is null ? middle : _documents[middle], position);
                if (order < 0 || (order == 0 && !orAt))
                {
                    low = middle + 1;
                }
                else
                {
                    high = middle;
                }
            }

            return low;
        }

        private int Compare(int document, Position position)
        {
            if (_order is not null)
            {
                var order = _order.ValueOf(document).SequenceCompareTo(position.Value);
                if (order != 0)
                {
                    return _descending ? -order : order;
                }
            }

            return Segment.RefOf(document).SequenceCompareTo(position.Ref);
        }
    }
}
