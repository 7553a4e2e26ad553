using System.Globalization;
using Stagedoor.Plugins;

namespace Stagedoor.Catalog.Pages.Detail.Inspect;

internal sealed record AncestryNode(EntityRef Ref, string Title, int X, int Y);

/// <summary>Boxes in columns: what was first at the left, the entity itself at the right.</summary>
internal sealed record AncestryPicture(IReadOnlyList<AncestryNode> Nodes, IReadOnlyList<(AncestryNode From, AncestryNode To)> Lines, int Width, int Height)
{
    public const int BoxWidth = 190;
    public const int BoxHeight = 44;
    private const int Across = 60;
    private const int Down = 14;
    private const int LongestTitle = 22;

    public static readonly AncestryPicture Empty = new([], [], 0, 0);

    public static AncestryPicture Draw(IReadOnlyList<Forebear> items)
    {
        if (items.Count == 0)
        {
            return Empty;
        }

        var columns = items.Max(item => item.Distance) + 1;
        var rows = items.GroupBy(item => item.Distance).Max(column => column.Count());
        var height = (rows * (BoxHeight + Down)) + Down;
        var nodes = new Dictionary<EntityRef, AncestryNode>();
        foreach (var column in items.GroupBy(item => item.Distance))
        {
            var top = (height - ((column.Count() * (BoxHeight + Down)) - Down)) / 2;
            foreach (var (index, item) in column.Index())
            {
                nodes[item.Ref] = new AncestryNode(item.Ref, CutText.To(item.Title, LongestTitle), ((columns - 1 - item.Distance) * (BoxWidth + Across)) + 4, top + (index * (BoxHeight + Down)));
            }
        }

        return new AncestryPicture(
            [.. nodes.Values],
            [.. items.SelectMany(item => item.Parents.Where(nodes.ContainsKey).Select(parent => (nodes[parent], nodes[item.Ref])))],
            (columns * (BoxWidth + Across)) - Across + 8,
            height);
    }

    public static string Path(AncestryNode from, AncestryNode to)
    {
        var (x1, y1, x2, y2) = (from.X + BoxWidth, from.Y + (BoxHeight / 2), to.X, to.Y + (BoxHeight / 2));
        var middle = (x1 + x2) / 2;
        return string.Create(CultureInfo.InvariantCulture, $"M{x1} {y1}C{middle} {y1} {middle} {y2} {x2} {y2}");
    }
}
