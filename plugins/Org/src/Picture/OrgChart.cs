using Stagedoor.Org.Structure;
using Stagedoor.Plugins;

namespace Stagedoor.Org.Picture;

/// <summary>A group in the picture, and those below it.</summary>
public sealed class ChartNode(Group group)
{
    public Group Group { get; } = group;

    public Squad Squad { get; internal set; } = new(group, 0, 0, 0);

    public List<ChartNode> Below { get; } = [];

    /// <summary>It was folded by the reader, and unfolds.</summary>
    public bool IsFolded { get; set; }

    /// <summary>It was opened by the reader, below the levels that are open by themselves.</summary>
    public bool IsOpened { get; set; }
}

/// <summary>
/// The tree of groups as a picture from left to right: as many whole levels as one can take in, so that a large organisation
/// shows its first, and what is below opens by a click, here or in a picture of its own.
/// </summary>
internal sealed class OrgChart
{
    public const int Most = 150;
    /// <summary>With more, a level is not opened by itself.</summary>
    private const int MostByItself = 60;

    public required IReadOnlyList<ChartNode> Tops { get; init; }

    /// <summary>How many there are on the first level.</summary>
    public required long Total { get; init; }

    public int Shown { get; private set; }

    /// <summary>Some boxes are not opened because it would be too many.</summary>
    public bool IsCut { get; private set; }

    public bool TooMany => Total > Most;

    public static async Task<OrgChart> Load(
        SquadReading reading, Group? top, ChartWishes wishes, Caller caller, CancellationToken cancellationToken)
    {
        var first = top is null ? await reading.Level(null, caller, cancellationToken) : [top];
        if (first.Count > Most)
        {
            return new OrgChart { Tops = [], Total = first.Count };
        }

        var level = first.Select(group => new ChartNode(group)).ToList();
        var chart = new OrgChart { Tops = level, Total = first.Count };
        var all = new List<ChartNode>(level);
        var placed = first.Select(group => group.Ref).ToHashSet();
        while (level.Count > 0)
        {
            chart.Shown = all.Count;
            level = await chart.Next(level, reading, wishes, placed, caller, cancellationToken);
            all.AddRange(level);
        }

        var squads = await reading.Counted([.. all.Select(node => node.Group)], caller, cancellationToken);
        for (var i = 0; i < all.Count; i++)
        {
            all[i].Squad = squads[i];
        }

        return chart;
    }

    /// <summary>The boxes of the next column: what is below those of this one that are open and fit.</summary>
    private async Task<List<ChartNode>> Next(
        List<ChartNode> level, SquadReading reading, ChartWishes wishes, HashSet<EntityRef> placed, Caller caller, CancellationToken cancellationToken)
    {
        var counts = await reading.ChildrenOf([.. level.Select(node => node.Group)], caller, cancellationToken);
        var next = new List<ChartNode>();

        // One or two boxes are no picture: what is below those is shown as long as there is room at all.
        var all = level.Where(node => !wishes.Folded.Contains(node.Group.Ref)).Sum(node => counts.GetValueOrDefault(node.Group.Ref));
        var byItself = wishes.Everything || Shown <= 2 || Shown + all <= MostByItself;
        foreach (var node in level)
        {
            var below = counts.GetValueOrDefault(node.Group.Ref);
            node.IsFolded = below > 0 && wishes.Folded.Contains(node.Group.Ref);
            if (below == 0 || node.IsFolded)
            {
                continue;
            }

            node.IsOpened = !byItself && wishes.Opened.Contains(node.Group.Ref);
            if ((!byItself && !node.IsOpened) || Shown + next.Count + below > Most)
            {
                node.IsOpened = false;
                IsCut = true;
                continue;
            }

            // A group with two parents stands below the first; one that is above itself stands where it came first.
            var children = await reading.Level(node.Group.Ref, caller, cancellationToken);
            node.Below.AddRange(children.Where(child => placed.Add(child.Ref)).Select(child => new ChartNode(child)));
            next.AddRange(node.Below);
        }

        return next;
    }
}

/// <summary>What the reader has folded, and opened below the levels that are open by themselves.</summary>
/// <param name="Everything">All levels, as far as there is room.</param>
internal sealed record ChartWishes(IReadOnlySet<EntityRef> Folded, IReadOnlySet<EntityRef> Opened, bool Everything);
