using Stagedoor.Catalog.Index.Segments;

namespace Stagedoor.Catalog.Index.Queries;

/// <summary>Sorts a whole set by several paths; in each, entities without a value come last. For questions that are rarely asked.</summary>
internal static class SeveralOrders
{
    public static List<Found> Sort(Snapshot snapshot, Matches among, IReadOnlyList<(string Path, bool Descending)> orders)
    {
        var all = new List<(int View, int Document)>(among.Total);
        var bySegment = new Order[snapshot.Segments.Length][];
        for (var view = 0; view < snapshot.Segments.Length; view++)
        {
            if (among.Counts[view] == 0)
            {
                continue;
            }

            bySegment[view] = [.. orders.Select(order => snapshot.Segments[view].Segment.Answers.Order(order.Path, order.Descending))];
            foreach (var document in Bits.Members(among.Words[view], among.Counts[view]))
            {
                all.Add((view, document));
            }
        }

        all.Sort((a, b) =>
        {
            for (var i = 0; i < orders.Count; i++)
            {
                var (x, y) = (bySegment[a.View][i], bySegment[b.View][i]);
                var (hasX, hasY) = (x.RankOf(a.Document) >= 0, y.RankOf(b.Document) >= 0);
                if (hasX != hasY)
                {
                    return hasX ? -1 : 1;
                }

                var order = !hasX ? 0 : a.View == b.View
                    ? x.RankOf(a.Document).CompareTo(y.RankOf(b.Document))
                    : x.ValueOf(a.Document).SequenceCompareTo(y.ValueOf(b.Document));
                if (order != 0)
                {
                    return orders[i].Descending ? -order : order;
                }
            }

            return snapshot.Segments[a.View].Segment.RefOf(a.Document).SequenceCompareTo(snapshot.Segments[b.View].Segment.RefOf(b.Document));
        });
        return [.. all.Select(place => new Found(snapshot.Segments[place.View].Segment, place.Document))];
    }
}
