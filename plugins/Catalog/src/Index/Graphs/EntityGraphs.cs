using System.Text;
using Stagedoor.Catalog.Index.Queries;
using Stagedoor.Plugins;

namespace Stagedoor.Catalog.Index.Graphs;

/// <summary>Answers questions about the relations of a snapshot.</summary>
internal static class EntityGraphs
{
    public static EntityGraph Find(VisibleCatalog visible, GraphQuery query)
    {
        var snapshot = visible.Snapshot;
        var view = new GraphView(visible, query);
        var numbers = new Lazy<Dictionary<EntityRef, int>>(() => snapshot.Missing.Keys.ToDictionary(snapshot.RefOf));
        var roots = query.Roots.Take(query.MaxNodes).Select(Place).ToList();
        var graph = query.To is { } target ? ShortestWays.Find(view, roots, Place(target), query) : Neighbourhood.Find(view, roots, query);
        return query.Roots.Count > roots.Count ? graph with { Truncated = true } : graph;

        GraphPlace Place(EntityRef reference)
        {
            if (snapshot.Find(Encoding.UTF8.GetBytes(reference.ToString())) is { } found)
            {
                return new GraphPlace(reference, found.Segment.RefNumberOf(found.Document));
            }

            return new GraphPlace(reference, numbers.Value.GetValueOrDefault(reference, -1));
        }
    }
}
