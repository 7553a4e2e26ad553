using Stagedoor.Org.Structure;
using Stagedoor.Plugins;

namespace Stagedoor.Org.Explorer;

/// <summary>A group in the tree, with those below it as far as they are shown.</summary>
public sealed record SquadNode(Squad Squad, int Depth, SquadNode? Parent)
{
    public List<SquadNode> Below { get; } = [];

    /// <summary>It is above itself; the tree ends here.</summary>
    public bool IsAboveItself
    {
        get
        {
            for (var above = Parent; above is not null; above = above.Parent)
            {
                if (above.Squad.Entity.Ref == Squad.Entity.Ref)
                {
                    return true;
                }
            }

            return false;
        }
    }
}

/// <summary>
/// The part of the tree that a page shows: all of it where it is small; of a large one the first levels, and what the address
/// says is open.
/// </summary>
internal sealed class SquadTree
{
    public const int PageSize = 50;

    /// <summary>So many are shown without being asked for.</summary>
    private const int Plenty = 100;

    private const int Most = 400;
    private const int BelowOne = 30;

    public required IReadOnlyList<SquadNode> Tops { get; init; }

    /// <summary>How many there are on the first level.</summary>
    public required long Total { get; init; }

    public int Shown { get; private set; }

    public static async Task<SquadTree> Load(SquadReading reading, EntityRef? below, int offset, IReadOnlySet<EntityRef> open, Caller caller, CancellationToken cancellationToken)
    {
        var level = await reading.List(reading.Level(below), null, offset, PageSize, caller, cancellationToken);
        var tree = new SquadTree { Tops = [.. level.Squads.Select(squad => new SquadNode(squad, 0, null))], Total = level.Total, Shown = level.Squads.Count };
        var next = new Queue<SquadNode>(tree.Tops);
        while (next.TryDequeue(out var node))
        {
            var wanted = (int)Math.Min(node.Squad.Children, BelowOne);
            var isAsked = open.Contains(node.Squad.Entity.Ref);
            if (wanted == 0 || node.IsAboveItself || tree.Shown + wanted > (isAsked ? Most : Plenty))
            {
                continue;
            }

            var children = await reading.List(reading.Level(node.Squad.Entity.Ref), null, 0, BelowOne, caller, cancellationToken);
            foreach (var child in children.Squads)
            {
                var one = new SquadNode(child, node.Depth + 1, node);
                node.Below.Add(one);
                next.Enqueue(one);
            }

            tree.Shown += children.Squads.Count;
        }

        return tree;
    }
}
