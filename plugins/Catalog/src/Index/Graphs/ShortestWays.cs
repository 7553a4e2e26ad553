using Stagedoor.Plugins;

namespace Stagedoor.Catalog.Index.Graphs;

/// <summary>All shortest ways from the roots to one entity, as one graph.</summary>
internal static class ShortestWays
{
    /// <summary>A way that is not found among so many is not looked for any further.</summary>
    private const int MostVisited = 100_000;

    public static EntityGraph Find(GraphView view, IReadOnlyList<GraphPlace> roots, GraphPlace target, GraphQuery query)
    {
        var visited = new Dictionary<EntityRef, Visit>();
        var layer = new List<GraphPlace>();
        foreach (var root in roots)
        {
            if (visited.TryAdd(root.Ref, new Visit(root, 0)))
            {
                layer.Add(root);
            }
        }

        var truncated = false;
        for (var distance = 1; layer.Count > 0 && !visited.ContainsKey(target.Ref) && !truncated; distance++)
        {
            var next = new List<GraphPlace>();
            foreach (var place in layer)
            {
                foreach (var relation in view.RelationsOf(place))
                {
                    if (!view.Leads(relation) || !view.IsShown(relation.Relation.Other))
                    {
                        continue;
                    }

                    var other = view.PlaceOf(relation.Relation.Other);
                    if (!visited.TryGetValue(other.Ref, out var visit))
                    {
                        if ((other.Ref != target.Ref && !view.IsOfKind(other.Number)) || (truncated |= visited.Count >= MostVisited))
                        {
                            continue;
                        }

                        visited[other.Ref] = visit = new Visit(other, distance);
                        next.Add(other);
                    }

                    if (visit.Distance == distance)
                    {
                        visit.From.Add((place.Ref, view.Edge(place, relation)));
                    }
                }
            }

            layer = next;
        }

        return Trace(view, visited, roots, target, query, truncated);
    }

    private static EntityGraph Trace(
        GraphView view, Dictionary<EntityRef, Visit> visited, IReadOnlyList<GraphPlace> roots, GraphPlace target, GraphQuery query, bool truncated)
    {
        var nodes = new Dictionary<EntityRef, Visit>();
        var edges = new HashSet<GraphEdge>();
        foreach (var root in roots)
        {
            nodes[root.Ref] = visited[root.Ref];
        }

        if (visited.TryGetValue(target.Ref, out var found))
        {
            nodes[target.Ref] = found;
            var open = new Queue<Visit>([found]);
            while (open.TryDequeue(out var visit))
            {
                foreach (var (from, edge) in visit.From)
                {
                    if (!nodes.ContainsKey(from))
                    {
                        if (nodes.Count >= query.MaxNodes)
                        {
                            truncated = true;
                            continue;
                        }

                        nodes[from] = visited[from];
                        open.Enqueue(visited[from]);
                    }

                    edges.Add(edge);
                }
            }
        }

        return new EntityGraph(
            [.. nodes.Values.OrderBy(visit => visit.Distance).ThenBy(visit => visit.Place.Ref.ToString(), StringComparer.Ordinal)
                .Select(visit => new GraphNode(visit.Place.Ref, view.Entity(visit.Place) is { } entity ? new Entity(() => entity.Json()) : null, visit.Distance))],
            GraphOrder.Sort(edges),
            truncated);
    }

    private sealed record Visit(GraphPlace Place, int Distance)
    {
        public List<(EntityRef From, GraphEdge Edge)> From { get; } = [];
    }
}
