using System.Globalization;
using Stagedoor.Graph.Views;

namespace Stagedoor.Graph.Pages;

/// <summary>A picture in a sentence.</summary>
internal static class InWords
{
    public static string Count(long count, string one, string many) => string.Create(CultureInfo.InvariantCulture, $"{count:#,0} {(count == 1 ? one : many)}");

    /// <summary>How much is shown, and of how much if that is not all.</summary>
    public static string Of(GraphPicture picture) => $"{Entities(picture)} and {Relations(picture)}{Steps(picture)}.";

    private static string Entities(GraphPicture picture) =>
        !picture.NodesLeftOut ? Count(picture.Nodes.Count, "entity", "entities")
        : picture.Matching > picture.Nodes.Count ? string.Create(CultureInfo.InvariantCulture, $"{picture.Nodes.Count:#,0} of {Count(picture.Matching, "entity", "entities")} shown")
        : $"The nearest {Count(picture.Nodes.Count, "entity", "entities")} shown of more";

    private static string Relations(GraphPicture picture) =>
        picture.EdgesLeftOut == 0
            ? Count(picture.Edges.Count, "relation", "relations")
            : string.Create(CultureInfo.InvariantCulture, $"{picture.Edges.Count:#,0} of {Count(picture.Edges.Count + picture.EdgesLeftOut, "relation", "relations")}");

    private static string Steps(GraphPicture picture) => picture.Request.Depth switch
    {
        0 => "",
        GraphRequest.Endless => ", as far as they lead",
        var depth => $", up to {Count(depth, "step", "steps")} away",
    };
}
