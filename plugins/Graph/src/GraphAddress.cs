using Microsoft.AspNetCore.WebUtilities;
using Stagedoor.Plugins;

namespace Stagedoor.Graph;

/// <summary>Where the graph is.</summary>
internal static class GraphAddress
{
    /// <summary>The address that Backstage uses.</summary>
    public const string Page = "/catalog-graph";

    public const string View = "/api/graph/view";

    public const string ImpactTab = "impact";

    public static string Around(EntityRef entity, int? depth = null)
    {
        var address = QueryHelpers.AddQueryString(Page, "root", entity.ToString());
        return depth is { } steps ? QueryHelpers.AddQueryString(address, "depth", Views.GraphRequest.DepthText(steps)) : address;
    }

    public static string Impact(EntityRef entity) => EntityPages.Of(entity, ImpactTab);

    public static string ImpactCsv(EntityRef entity) => QueryHelpers.AddQueryString("/api/graph/impact.csv", "root", entity.ToString());
}
