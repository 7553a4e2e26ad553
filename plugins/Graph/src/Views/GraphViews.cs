using Microsoft.Extensions.Options;
using Stagedoor.Graph.Model;
using Stagedoor.Plugins;

namespace Stagedoor.Graph.Views;

/// <summary>Makes the picture that an address asks for, out of what the caller may see.</summary>
internal sealed class GraphViews(ICatalog catalog, IOptions<GraphOptions> options)
{
    private const int TreeAbove = 100;

    public async ValueTask<GraphPicture> Make(GraphRequest request, Caller caller, CancellationToken cancellationToken)
    {
        var limits = options.Value;
        if (request.IsEmpty)
        {
            return new GraphPicture(request, [], []);
        }

        var read = new Dictionary<EntityRef, EntityFacts>();
        var roots = request.Roots;
        long matching = roots.Count;
        if (request.Roots.Count == 0)
        {
            var filter = GraphFilter.Of(request.Filter);
            var page = await catalog.List(new EntityQuery { Filter = filter, Limit = limits.MaxNodes }, caller, cancellationToken);
            foreach (var facts in page.Items.Select(entity => EntityFacts.Read(entity.Json.Span)))
            {
                read[facts.Ref] = facts;
            }

            roots = [.. read.Keys];
            matching = page.Total;
        }

        var graph = await catalog.Graph(
            new GraphQuery(roots) { Depth = request.Depth, Kinds = request.Kinds, Relations = request.Relations, MaxNodes = limits.MaxNodes }, caller, cancellationToken);
        var nodes = graph.Nodes
            .Select(node => new PictureNode(node.Ref, read.GetValueOrDefault(node.Ref) ?? (node.Entity is { } entity ? EntityFacts.Read(entity.Json.Span) : null), node.Distance, Group: -1))
            .ToList();
        var arrows = Arrows(graph, nodes);
        var all = arrows.Count;
        if (request.Simplified)
        {
            arrows = Simplification.Of(arrows);
        }

        var group = request.Group == Grouping.Fitting ? Fitting(request, nodes, arrows, limits) : request.Group;
        IReadOnlyList<PictureGroup> groups = [];
        if (group != Grouping.None)
        {
            (groups, var of) = group == Grouping.Tree ? TreeAssignment.By(nodes, arrows) : await new GroupAssignment(catalog, caller).By(group, nodes, cancellationToken);
            nodes = [.. nodes.Select((node, i) => node with { Group = of[i] })];
            if (request.Simplified && group != Grouping.Tree)
            {
                // That it belongs to its group is told by its place.
                arrows.RemoveAll(arrow => nodes[arrow.From].Group >= 0 && nodes[arrow.From].Group == nodes[arrow.To].Group && groups[nodes[arrow.From].Group].Ref == nodes[arrow.From].Ref);
            }
        }

        var implied = all - arrows.Count;
        var every = Edges(arrows, request.Merged);
        var leftOut = Math.Max(0, every.Count - limits.MaxEdges);

        // The nearest come first: in the list, and when not all fit.
        List<PictureEdge> edges = [.. every.OrderBy(edge => Math.Min(nodes[edge.From].Distance, nodes[edge.To].Distance)).Take(limits.MaxEdges)];

        return new GraphPicture(request, nodes, edges)
        {
            Groups = groups,
            GroupedBy = group,
            GroupedUnasked = group != Grouping.None && request.Group == Grouping.Fitting,
            Matching = matching,
            NodesLeftOut = graph.Truncated || matching > roots.Count,
            EdgesLeftOut = leftOut,
            EdgesImplied = implied,
            UnknownRoots = request.Roots.Count == 0 ? [] : [.. nodes.Where(node => node is { Distance: 0, Facts: null }).Select(node => node.Ref)],
        };
    }

    /// <summary>A tree shows its top sooner than others are grouped: there is nothing to see in all of its leaves.</summary>
    private static Grouping Fitting(GraphRequest request, List<PictureNode> nodes, List<Arrow> arrows, GraphOptions limits) =>
        nodes.Count > Math.Min(TreeAbove, limits.GroupAbove) && request.Roots.Count == 0 && TreeAssignment.Fits(nodes, arrows) ? Grouping.Tree
        : nodes.Count > limits.GroupAbove ? GroupAssignment.Fitting(nodes)
        : Grouping.None;

    private List<Arrow> Arrows(EntityGraph graph, List<PictureNode> nodes)
    {
        var numbers = new Dictionary<EntityRef, int>(nodes.Count);
        foreach (var (number, node) in nodes.Index())
        {
            numbers[node.Ref] = number;
        }

        var pairs = new RelationPairs(catalog.Model);
        var seen = new HashSet<(int, int, string)>();
        var arrows = new List<Arrow>(graph.Edges.Count);
        foreach (var edge in graph.Edges)
        {
            var (pair, forward) = pairs.Of(edge.Type, edge.Inverse);
            var (from, to) = forward ? (edge.From, edge.To) : (edge.To, edge.From);
            var arrow = new Arrow(numbers[from], numbers[to], pair);
            if (seen.Add((arrow.From, arrow.To, pair.Type)))
            {
                arrows.Add(arrow);
            }
        }

        return arrows;
    }

    private static List<PictureEdge> Edges(List<Arrow> arrows, bool merged)
    {
        if (!merged)
        {
            return [.. arrows.Select(arrow => new PictureEdge(arrow.From, arrow.To, [arrow.Pair]))];
        }

        var together = new Dictionary<(int, int), List<RelationPair>>(arrows.Count);
        var edges = new List<PictureEdge>(arrows.Count);
        foreach (var arrow in arrows)
        {
            if (together.TryGetValue((arrow.From, arrow.To), out var known))
            {
                known.Add(arrow.Pair);
            }
            else
            {
                together[(arrow.From, arrow.To)] = known = [arrow.Pair];
                edges.Add(new PictureEdge(arrow.From, arrow.To, known));
            }
        }

        return edges;
    }
}
