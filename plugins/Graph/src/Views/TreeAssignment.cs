using Stagedoor.Graph.Model;
using Stagedoor.Plugins;

namespace Stagedoor.Graph.Views;

/// <summary>
/// Keeps the top of a tree and puts what is below it into groups: as many levels stand by themselves as one can take in, and
/// each entity of the last of them holds all that is below.
/// </summary>
internal static class TreeAssignment
{
    /// <summary>More boxes than this are no overview.</summary>
    private const int MostTops = 48;

    /// <summary>So many are drawn rather than one or two boxes that say nothing.</summary>
    private const int MostBelowFew = 150;

    /// <summary>Fewer that belong to no tree need no group of their own.</summary>
    private const int FewAlone = 9;

    /// <summary>Whether most of them belong to trees of their own kind.</summary>
    public static bool Fits(IReadOnlyList<PictureNode> nodes, IReadOnlyList<Arrow> arrows)
    {
        var parents = Parents(nodes, arrows);
        return parents.Count(parent => parent >= 0) * 10 > nodes.Count * 6;
    }

    /// <summary>The groups, and the number of each node's group or -1.</summary>
    public static (IReadOnlyList<PictureGroup> Groups, int[] Of) By(IReadOnlyList<PictureNode> nodes, IReadOnlyList<Arrow> arrows)
    {
        var parents = Parents(nodes, arrows);
        var children = new List<int>[nodes.Count];
        for (var i = 0; i < parents.Length; i++)
        {
            if (parents[i] >= 0)
            {
                (children[parents[i]] ??= []).Add(i);
            }
        }

        var levels = Levels(parents, children);
        var last = LastLevel(levels, parents, children);
        var groups = new List<PictureGroup>();
        var of = new int[nodes.Count];
        Array.Fill(of, -1);
        for (var i = 0; i < nodes.Count; i++)
        {
            if (levels[i] == last && children[i] is not null)
            {
                Fill(of, i, groups.Count, children);
                groups.Add(new PictureGroup(nodes[i].Title, nodes[i].Ref));
            }
        }

        var alone = Enumerable.Range(0, nodes.Count).Where(i => parents[i] < 0 && children[i] is null).ToList();
        if (alone.Count >= FewAlone)
        {
            alone.ForEach(i => of[i] = groups.Count);
            groups.Add(new PictureGroup("In no tree", Ref: null));
        }

        return (groups, of);
    }

    /// <summary>The first that is told to be above each, or -1. What is above itself, by however many steps, begins a tree.</summary>
    private static int[] Parents(IReadOnlyList<PictureNode> nodes, IReadOnlyList<Arrow> arrows)
    {
        var parents = new int[nodes.Count];
        Array.Fill(parents, -1);
        foreach (var (from, to, pair) in arrows)
        {
            if (from != to && parents[to] < 0
                && (pair.Type == RelationPairs.ParentOf || (pair.Type == RelationPairs.Contains && string.Equals(nodes[from].Ref.Kind, nodes[to].Ref.Kind, StringComparison.OrdinalIgnoreCase))))
            {
                parents[to] = from;
            }
        }

        var done = new int[nodes.Count];
        for (var i = 0; i < parents.Length; i++)
        {
            for (var at = i; at >= 0 && done[at] == 0; at = parents[at])
            {
                done[at] = i + 1;
                if (parents[at] >= 0 && done[parents[at]] == i + 1)
                {
                    parents[at] = -1;
                }
            }
        }

        return parents;
    }

    private static int[] Levels(int[] parents, List<int>?[] children)
    {
        var levels = new int[parents.Length];
        var next = new Queue<int>(Enumerable.Range(0, parents.Length).Where(i => parents[i] < 0));
        while (next.TryDequeue(out var at))
        {
            foreach (var child in children[at] ?? [])
            {
                levels[child] = levels[at] + 1;
                next.Enqueue(child);
            }
        }

        return levels;
    }

    private static int LastLevel(int[] levels, int[] parents, List<int>?[] children)
    {
        var counts = new Dictionary<int, int>();
        for (var i = 0; i < levels.Length; i++)
        {
            if (parents[i] >= 0 || children[i] is not null)
            {
                counts[levels[i]] = counts.GetValueOrDefault(levels[i]) + 1;
            }
        }

        var (last, shown) = (0, counts.GetValueOrDefault(0));
        while (counts.TryGetValue(last + 1, out var more) && shown + more <= (shown <= 2 ? MostBelowFew : MostTops))
        {
            shown += more;
            last++;
        }

        return last;
    }

    private static void Fill(int[] of, int top, int group, List<int>?[] children)
    {
        var next = new Stack<int>([top]);
        while (next.TryPop(out var at))
        {
            of[at] = group;
            foreach (var child in children[at] ?? [])
            {
                next.Push(child);
            }
        }
    }
}
