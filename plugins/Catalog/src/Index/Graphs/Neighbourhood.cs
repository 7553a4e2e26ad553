using Stagedoor.Plugins;

namespace Stagedoor.Catalog.Index.Graphs;

/// <summary>What lies within some steps of the roots, with all relations between those.</summary>
internal static class Neighbourhood
{
    public static EntityGraph Find(GraphView view, IReadOnlyList<GraphPlace> roots, GraphQuery query)
    {
        var places = new List<(GraphPlace Place, int Distance)>();
        var refs = new Dictionary<int, EntityRef>();
        var unknown = new HashSet<EntityRef>();
        foreach (var root in roots)
        {
            if (root.Number < 0 ? unknown.Add(root.Ref) : refs.TryAdd(root.Number, root.Ref))
            {
                places.Add((root, 0));
            }
        }

        var truncated = false;
        for (var at = 0; at < places.Count && !truncated; at++)
        {
            var (place, distance) = places[at];
            if (distance >= query.Depth)
            {
                break;
            }

            foreach (var relation in view.RelationsOf(place))
            {
                var other = relation.Relation.Other;
                if (refs.ContainsKey(other) || !view.Leads(relation) || !view.IsShown(other) || !view.IsOfKind(other))
                {
                    continue;
                }

                if (places.Count >= query.MaxNodes)
                {
                    truncated = true;
                    break;
                }

                var next = view.PlaceOf(other);
                refs.Add(other, next.Ref);
                places.Add((next, distance + 1));
            }
        }

        return new EntityGraph(
            [.. places.Select(found => new GraphNode(found.Place.Ref, view.Entity(found.Place) is { } entity ? new Entity(() => entity.Json()) : null, found.Distance))],
            query.WithEdges ? Edges(view, places, refs) : [],
            truncated);
    }

    private static GraphEdge[] Edges(GraphView view, List<(GraphPlace Place, int Distance)> places, Dictionary<int, EntityRef> refs)
    {
        var edges = new HashSet<NumberedEdge>();
        foreach (var (place, _) in places)
        {
            foreach (var relation in view.RelationsOf(place))
            {
                if (refs.ContainsKey(relation.Relation.Other) && view.IsAbout(relation))
                {
                    edges.Add(view.EdgeOf(place.Number, relation));
                }
            }
        }

        return view.Named(edges, refs);
    }
}
