using Stagedoor.Org.Structure;
using Stagedoor.Plugins;

namespace Stagedoor.Org.Picture;

/// <summary>A group in the picture, and where it stands.</summary>
public sealed class ChartNode(Group group, int column)
{
    public Group Group { get; } = group;

    public Squad Squad { get; internal set; } = new(group, 0, 0, 0);

    public int Column { get; } = column;

    /// <summary>The middle of its box, from above.</summary>
    public double Y { get; set; }

    public List<ChartNode> Below { get; } = [];

    /// <summary>It was folded by the reader, and unfolds.</summary>
    public bool IsFolded { get; set; }
}

/// <summary>
/// The tree of groups as a picture from left to right: level by level as long as they fit, so that a large organisation shows
/// its first levels, and each box leads into its own picture.
/// </summary>
internal sealed class OrgChart
{
    public const int Most = 150;
    public const int BoxWidth = 216;
    public const int BoxHeight = 46;

    private const int Across = 62;
    private const int Down = 12;
    private const int Margin = 8;

    public required IReadOnlyList<ChartNode> Tops { get; init; }

    /// <summary>How many there are on the first level.</summary>
    public required long Total { get; init; }

    public int Width { get; private set; }

    public int Height { get; private set; }

    public int Shown { get; private set; }

    /// <summary>Some boxes are not opened because all would not fit.</summary>
    public bool IsCut { get; private set; }

    public bool TooMany => Total > Most;

    public static int X(int column) => Margin + (column * (BoxWidth + Across));

    public static async Task<OrgChart> Load(
        SquadReading reading, Group? top, IReadOnlySet<EntityRef> folded, Caller caller, CancellationToken cancellationToken)
    {
        var first = top is null ? await reading.Level(null, caller, cancellationToken) : [top];
        if (first.Count > Most)
        {
            return new OrgChart { Tops = [], Total = first.Count };
        }

        var level = first.Select(group => new ChartNode(group, 0)).ToList();
        var chart = new OrgChart { Tops = level, Total = first.Count };
        var all = new List<ChartNode>(level);
        var placed = first.Select(group => group.Ref).ToHashSet();
        while (level.Count > 0)
        {
            chart.Shown = all.Count;
            level = await chart.Next(level, reading, folded, placed, caller, cancellationToken);
            all.AddRange(level);
        }

        var squads = await reading.Counted([.. all.Select(node => node.Group)], caller, cancellationToken);
        for (var i = 0; i < all.Count; i++)
        {
            all[i].Squad = squads[i];
        }

        chart.Place();
        return chart;
    }

    /// <summary>The boxes of the next column: what is below those of this one that are open and fit.</summary>
    private async Task<List<ChartNode>> Next(
        List<ChartNode> level, SquadReading reading, IReadOnlySet<EntityRef> folded, HashSet<EntityRef> placed, Caller caller, CancellationToken cancellationToken)
    {
        var counts = await reading.ChildrenOf([.. level.Select(node => node.Group)], caller, cancellationToken);
        var next = new List<ChartNode>();
        foreach (var node in level)
        {
            var below = counts.GetValueOrDefault(node.Group.Ref);
            node.IsFolded = below > 0 && folded.Contains(node.Group.Ref);
            if (below == 0 || node.IsFolded)
            {
                continue;
            }

            if (Shown + next.Count + below > Most)
            {
                IsCut = true;
                continue;
            }

            // A group with two parents stands below the first; one that is above itself stands where it came first.
            var children = await reading.Level(node.Group.Ref, caller, cancellationToken);
            node.Below.AddRange(children.Where(child => placed.Add(child.Ref)).Select(child => new ChartNode(child, node.Column + 1)));
            next.AddRange(node.Below);
        }

        return next;
    }

    private void Place()
    {
        double y = Margin + (BoxHeight / 2.0);
        var columns = 0;
        foreach (var top in Tops)
        {
            Place(top, ref y, ref columns);
        }

        Height = (int)(y - (BoxHeight / 2.0) - Down + Margin);
        Width = X(columns) + BoxWidth + 34;
    }

    private static void Place(ChartNode node, ref double y, ref int columns)
    {
        columns = Math.Max(columns, node.Column);
        if (node.Below.Count == 0)
        {
            node.Y = y;
            y += BoxHeight + Down;
            return;
        }

        foreach (var child in node.Below)
        {
            Place(child, ref y, ref columns);
        }

        // Beside its first, so that what is at the top is seen at the top.
        node.Y = node.Below[0].Y;
    }
}
