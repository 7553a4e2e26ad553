using Stagedoor.Org.Structure;
using Stagedoor.Plugins;

namespace Stagedoor.Org.Picture;

/// <summary>A group in the picture, and where it stands.</summary>
public sealed class ChartNode(Squad squad, int column)
{
    public Squad Squad { get; } = squad;

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
    public const int BoxWidth = 196;
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

    public static async Task<OrgChart> Load(SquadReading reading, ICatalog catalog, EntityRef? top, IReadOnlySet<EntityRef> folded, Caller caller, CancellationToken cancellationToken)
    {
        var first = top is { } group ? new EntityFilter.AllOf(SquadReading.Groups, new EntityFilter.Among(group)) : reading.Level(null);
        var total = await catalog.Count(first, caller, cancellationToken);
        if (total > Most)
        {
            return new OrgChart { Tops = [], Total = total };
        }

        var level = (await reading.List(first, null, 0, Most, caller, cancellationToken)).Squads.Select(squad => new ChartNode(squad, 0)).ToList();
        var chart = new OrgChart { Tops = level, Total = total, Shown = level.Count };
        var placed = level.Select(node => node.Squad.Entity.Ref).ToHashSet();
        for (var column = 1; level.Count > 0; column++)
        {
            level = await chart.Next(level, column, reading, folded, placed, caller, cancellationToken);
        }

        chart.Place();
        return chart;
    }

    /// <summary>The boxes of the next column: what is below those of this one that are open and fit.</summary>
    private async Task<List<ChartNode>> Next(
        List<ChartNode> level, int column, SquadReading reading, IReadOnlySet<EntityRef> folded, HashSet<EntityRef> placed, Caller caller, CancellationToken cancellationToken)
    {
        var next = new List<ChartNode>();
        foreach (var node in level.Where(node => node.Squad.Children > 0))
        {
            if (folded.Contains(node.Squad.Entity.Ref))
            {
                node.IsFolded = true;
                continue;
            }

            if (Shown + node.Squad.Children > Most)
            {
                IsCut = true;
                continue;
            }

            var children = await reading.List(reading.Level(node.Squad.Entity.Ref), null, 0, Most, caller, cancellationToken);

            // A group with two parents stands below the first; one that is above itself stands where it came first.
            node.Below.AddRange(children.Squads.Where(child => placed.Add(child.Entity.Ref)).Select(child => new ChartNode(child, column)));
            Shown += node.Below.Count;
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

        node.Y = (node.Below[0].Y + node.Below[^1].Y) / 2;
    }
}
