using Stagedoor.Org.Structure;
using Stagedoor.Plugins;

namespace Stagedoor.Org.Explorer;

/// <summary>A group in the tree, with those below it as far as they are shown.</summary>
public sealed class SquadNode(Group group, SquadNode? parent)
{
    public Group Group { get; } = group;

    public SquadNode? Parent { get; } = parent;

    public Squad Squad { get; internal set; } = new(group, 0, 0, 0);

    public IReadOnlyList<SquadNode> Below { get; internal set; } = [];

    /// <summary>It is above itself; the tree ends here.</summary>
    public bool IsAboveItself
    {
        get
        {
            for (var above = Parent; above is not null; above = above.Parent)
            {
                if (above.Group.Ref == Group.Ref)
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
    private const int Plenty = 80;

    private const int Most = 400;
    private const int BelowOne = 30;

    public required IReadOnlyList<SquadNode> Tops { get; init; }

    /// <summary>How many there are on the first level.</summary>
    public required long Total { get; init; }

    public int Shown { get; private set; }

    public static async Task<SquadTree> Load(SquadReading reading, EntityRef? below, int offset, IReadOnlySet<EntityRef> open, Caller caller, CancellationToken cancellationToken)
    {
        var first = await reading.Level(below, caller, cancellationToken);
        var tree = new SquadTree { Tops = [.. first.Skip(offset).Take(PageSize).Select(group => new SquadNode(group, null))], Total = first.Count };
        var all = new List<SquadNode>(tree.Tops);
        for (var level = all; level.Count > 0;)
        {
            tree.Shown = all.Count;
            level = await tree.Next(level, reading, open, caller, cancellationToken);
            all.AddRange(level);
        }

        var squads = await reading.Counted([.. all.Select(node => node.Group)], caller, cancellationToken);
        for (var i = 0; i < all.Count; i++)
        {
            all[i].Squad = squads[i];
        }

        return tree;
    }

    private async Task<List<SquadNode>> Next(List<SquadNode> level, SquadReading reading, IReadOnlySet<EntityRef> open, Caller caller, CancellationToken cancellationToken)
    {
        var counts = await reading.ChildrenOf([.. level.Select(node => node.Group)], caller, cancellationToken);
        var next = new List<SquadNode>();
        foreach (var node in level)
        {
            var wanted = (int)Math.Min(counts.GetValueOrDefault(node.Group.Ref), BelowOne);
            if (wanted == 0 || node.IsAboveItself || Shown + next.Count + wanted > (open.Contains(node.Group.Ref) ? Most : Plenty))
            {
                continue;
            }

            var children = await reading.Level(node.Group.Ref, caller, cancellationToken);
            node.Below = [.. children.Take(BelowOne).Select(child => new SquadNode(child, node))];
            next.AddRange(node.Below);
        }

        return next;
    }
}
