using Stagedoor.Plugins;

namespace Stagedoor.Catalog.Index.Graphs;

/// <summary>The order of edges: the same graph is always told in the same way.</summary>
internal static class GraphOrder
{
    public static GraphEdge[] Sort(IEnumerable<GraphEdge> edges) =>
        [.. edges.OrderBy(edge => edge.From.ToString(), StringComparer.Ordinal).ThenBy(edge => edge.Type, StringComparer.Ordinal).ThenBy(edge => edge.To.ToString(), StringComparer.Ordinal)];
}
