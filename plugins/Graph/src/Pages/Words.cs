using System.Globalization;
using Stagedoor.Graph.Views;

namespace Stagedoor.Graph.Pages;

/// <summary>A picture in a sentence.</summary>
internal static class Words
{
    public static string Count(long count, string one, string many) => string.Create(CultureInfo.InvariantCulture, $"{count:#,0} {(count == 1 ? one : many)}");

    public static string Of(GraphPicture picture) =>
        $"{Count(picture.Nodes.Count, "entity", "entities")} and {Count(picture.Edges.Count, "relation", "relations")}{Steps(picture)}.";

    private static string Steps(GraphPicture picture) => picture.Request.Depth switch
    {
        0 => "",
        GraphRequest.Endless => ", as far as they lead",
        var depth => $", up to {Count(depth, "step", "steps")} away",
    };
}
