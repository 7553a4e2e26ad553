using System.Runtime.InteropServices;
using Stagedoor.Catalog.Index.Segments;

namespace Stagedoor.Catalog.Index.Changes;

/// <summary>
/// Keeps the segments few: when several are about equally small, or one is mostly dead, they are made into one, beside
/// everything else. Each entity is copied a few times in its life, however many changes there are.
/// </summary>
internal sealed class Merging(CatalogIndex index)
{
    public const int LargestSegment = 32768;

    private const int Together = 6;

    /// <summary>With more of them, whoever changes something merges the smallest first.</summary>
    private const int MostSegments = 32;

    /// <summary>What somebody can wait for.</summary>
    private const int QuicklyMerged = 512;

    private const int LevelFactor = 8;

    private readonly Lock _starting = new();
    private Task _running = Task.CompletedTask;

    /// <summary>What is going on at the moment, and all that follows from it.</summary>
    public Task Running => _running;

    public void Consider()
    {
        while (index.Current is { Segments.Length: > MostSegments } current && Similar(current.Segments.Where(view => view.LiveCount <= QuicklyMerged), QuicklyMerged) is { } pressing)
        {
            Merge(current, pressing);
        }

        lock (_starting)
        {
            if (_running.IsCompleted && Choose(index.Current) is not null)
            {
                _running = Task.Run(MergeAll);
            }
        }
    }

    private void MergeAll()
    {
        while (Choose(index.Current) is { } chosen)
        {
            Merge(index.Current, chosen);
        }
    }

    internal static List<SegmentView>? Choose(Snapshot snapshot)
    {
        var decayed = snapshot.Segments.FirstOrDefault(view => view.LiveCount * 3 < view.Segment.Count * 2 && view.Segment.Count > 256);
        if (decayed is not null)
        {
            return [decayed];
        }

        return Similar(snapshot.Segments.Where(view => view.LiveCount < LargestSegment / 2), LargestSegment);
    }

    /// <summary>Several of about the same size, the smallest first.</summary>
    private static List<SegmentView>? Similar(IEnumerable<SegmentView> views, int most)
    {
        foreach (var level in views.GroupBy(LevelOf).OrderBy(level => level.Key))
        {
            var chosen = new List<SegmentView>();
            var size = 0;
            foreach (var view in level.OrderBy(view => view.LiveCount))
            {
                if (size + view.LiveCount <= most)
                {
                    chosen.Add(view);
                    size += view.LiveCount;
                }
            }

            if (chosen.Count >= Together)
            {
                return chosen;
            }
        }

        return null;
    }

    private static int LevelOf(SegmentView view)
    {
        var level = 0;
        for (var size = view.LiveCount / 32; size > 0; size /= LevelFactor)
        {
            level++;
        }

        return level;
    }

    private void Merge(Snapshot snapshot, List<SegmentView> chosen)
    {
        var origins = new List<(int View, int Document)>();
        for (var number = 0; number < chosen.Count; number++)
        {
            for (var document = 0; document < chosen[number].Segment.Count; document++)
            {
                if (chosen[number].IsLive(document))
                {
                    origins.Add((number, document));
                }
            }
        }

        origins.Sort((a, b) => chosen[a.View].Segment.RefOf(a.Document).SequenceCompareTo(chosen[b.View].Segment.RefOf(b.Document)));
        var builder = new SegmentBuilder(snapshot.Refs, snapshot.Types, origins.Count);
        foreach (var (view, document) in CollectionsMarshal.AsSpan(origins))
        {
            var segment = chosen[view].Segment;
            builder.Add(segment, document);
            builder.Complete(segment.RelationsOf(document), segment.StatusOf(document));
        }

        var merged = builder.Build();
        index.Replace([.. chosen.Select(view => view.Segment)], now => StillLive(merged, origins, chosen, now));
    }

    /// <summary>What has died while it was being merged is dead in the new segment too.</summary>
    private static SegmentView? StillLive(Segment merged, List<(int View, int Document)> origins, List<SegmentView> chosen, IReadOnlyList<SegmentView> now)
    {
        var byNumber = chosen.Select(view => now.First(current => current.Segment == view.Segment)).ToArray();
        var dead = new List<int>();
        for (var document = 0; document < origins.Count; document++)
        {
            if (!byNumber[origins[document].View].IsLive(origins[document].Document))
            {
                dead.Add(document);
            }
        }

        var view = dead.Count == 0 ? new SegmentView(merged) : new SegmentView(merged).Without(dead);
        return view.LiveCount == 0 ? null : view;
    }
}
