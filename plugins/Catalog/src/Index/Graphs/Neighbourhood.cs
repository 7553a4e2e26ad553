using Stagedoor.Plugins;

namespace Stagedoor.Catalog.Index.Graphs;

/// <summary>What lies within some steps of the roots, with all relations between those.</summary>
internal static class Neighbourhood
{
    public static EntityGraph Find(GraphView view, IReadOnlyList<GraphPlace> roots, GraphQuery query)
    {
        var distances = new Dictionary<EntityRef, int>();
        var places = new List<GraphPlace>();
        var truncated = false;
        foreach (var root in roots)
        {
            if (distances.TryAdd(root.Ref, 0))
            {
                places.Add(root);
            }
        }

        for (var at = 0; at < places.Count && !truncated; at++)
        {
            var distance = distances[places[at].Ref];
            if (distance >= query.Depth)
            {
                break;
            }

            foreach (var relation in view.RelationsOf(places[at]))
            {
                if (!view.Leads(relation) || !view.IsShown(relation.Relation.Other))
                {
                    continue;
                }

                var next = view.PlaceOf(relation.Relation.Other);
                if (distances.ContainsKey(next.Ref) || !view.IsOfKind(next))
                {
                    continue;
                }

                if (places.Count >= query.MaxNodes)
                {
                    truncated = true;
                    break;
                }

                distances[next.Ref] = distance + 1;
                places.Add(next);
            }
        }

        return new EntityGraph(
            [.. places.Select(place => new GraphNode(place.Ref, view.Entity(place) is { } found ? new Entity(found.Json()) : null, distances[place.Ref]))],
            Edges(view, places),
            truncated);
    }

    private static GraphEdge[] Edges(GraphView view, List<GraphPlace> places)
    {
        var edges = new HashSet<GraphEdge>();
        var numbers = places.Select(place => place.Number).ToHashSet();
        foreach (var place in places)
        {
            foreach (var relation in view.RelationsOf(place))
            {
                if (numbers.Contains(relation.Relation.Other) && view.IsAbout(relation))
                {
                    edges.Add(view.Edge(place, relation));
                }
            }
        }

        return GraphOrder.Sort(edges);
    }
}
