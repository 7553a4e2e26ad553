using Microsoft.Extensions.Options;
using Stagedoor.Graph.Model;
using Stagedoor.Plugins;

namespace Stagedoor.Graph.Impact;

/// <summary>
/// Everything that depends on an entity, directly or not. What it consists of is affected with it, and from there on whatever
/// depends on something affected, consumes an API that is, or is an API that something affected provides.
/// </summary>
internal sealed class ImpactAnalysis(ICatalog catalog, IOptions<GraphOptions> options)
{
    /// <summary>From what changes to what is affected.</summary>
    public static readonly IReadOnlyList<string> Relations = ["dependencyOf", "apiConsumedBy", "providesApi"];

    private const string HasPart = "hasPart";

    /// <summary>Every page of an entity tells the number: one that is larger is not worth what it takes to find it.</summary>
    private const int MostCounted = 1_000;

    public static bool AppliesTo(string kind) => kind.ToLowerInvariant() is not ("group" or "user" or "location" or "template");

    public async ValueTask<ImpactResult> Of(EntityRef root, Caller caller, CancellationToken cancellationToken)
    {
        var most = options.Value.MaxImpact + 1;
        var parts = await catalog.Graph(Parts(root, most), caller, cancellationToken);
        var graph = await catalog.Graph(Dependents(parts, most), caller, cancellationToken);
        var steps = new Dictionary<EntityRef, List<ImpactStep>>();
        Learn(steps, parts.Edges, [HasPart]);
        Learn(steps, graph.Edges, options.Value.AllImpactRelations);

        // The shortest way to each: whoever is reached first.
        var reached = new Dictionary<EntityRef, ImpactStep?> { [root] = null };
        var distances = new Dictionary<EntityRef, int> { [root] = 0 };
        var order = new List<EntityRef> { root };
        for (var at = 0; at < order.Count; at++)
        {
            foreach (var step in steps.GetValueOrDefault(order[at]) ?? [])
            {
                if (reached.TryAdd(step.Affected, step))
                {
                    distances[step.Affected] = distances[order[at]] + 1;
                    order.Add(step.Affected);
                }
            }
        }

        var entities = new Dictionary<EntityRef, Entity?>();
        foreach (var node in parts.Nodes.Concat(graph.Nodes))
        {
            entities[node.Ref] = node.Entity;
        }

        return new ImpactResult(
            root,
            [.. order.Skip(1).OrderBy(affected => distances[affected]).ThenBy(affected => affected.ToString(), StringComparer.Ordinal).Select(affected => new Affected(affected, entities.GetValueOrDefault(affected) is { } entity ? EntityFacts.Read(entity.Json.Span) : null, distances[affected], reached[affected]!))],
            reached,
            parts.Truncated || graph.Truncated);
    }

    /// <summary>How many they are, or nothing if there are more than are counted.</summary>
    public async ValueTask<long?> Count(EntityRef root, Caller caller, CancellationToken cancellationToken)
    {
        var most = Math.Min(MostCounted, options.Value.MaxImpact) + 1;
        var parts = await catalog.Graph(Parts(root, most) with { WithEdges = false }, caller, cancellationToken);
        if (parts.Truncated)
        {
            return null;
        }

        var graph = await catalog.Graph(Dependents(parts, most) with { WithEdges = false }, caller, cancellationToken);
        return graph.Truncated ? null : graph.Nodes.Count - 1;
    }

    private static GraphQuery Parts(EntityRef root, int most) => new(root) { Relations = [HasPart], OneWay = true, Depth = int.MaxValue, MaxNodes = most };

    private GraphQuery Dependents(EntityGraph parts, int most) =>
        new([.. parts.Nodes.Select(node => node.Ref)]) { Relations = options.Value.AllImpactRelations, OneWay = true, Depth = int.MaxValue, MaxNodes = most };

    private static void Learn(Dictionary<EntityRef, List<ImpactStep>> steps, IEnumerable<GraphEdge> edges, IReadOnlyCollection<string> types)
    {
        var followed = new HashSet<string>(types, StringComparer.OrdinalIgnoreCase);
        foreach (var edge in edges)
        {
            if (followed.Contains(edge.Type))
            {
                Add(edge.From, edge.To, edge.Inverse);
            }

            if (followed.Contains(edge.Inverse))
            {
                Add(edge.To, edge.From, edge.Type);
            }
        }

        void Add(EntityRef from, EntityRef to, string because)
        {
            if (!steps.TryGetValue(from, out var known))
            {
                steps[from] = known = [];
            }

            known.Add(new ImpactStep(from, to, because));
        }
    }
}

/// <summary>One step of a way.</summary>
/// <param name="Because">What the affected one has to do with the other: <c>dependsOn</c>.</param>
internal sealed record ImpactStep(EntityRef From, EntityRef Affected, string Because);

/// <param name="Distance">How many steps the shortest way has.</param>
/// <param name="Last">The step of that way that leads to it.</param>
internal sealed record Affected(EntityRef Ref, EntityFacts? Facts, int Distance, ImpactStep Last)
{
    public string Title => Facts?.Title ?? EntityFacts.Cut(Ref.Name, 120);

    public string Kind => Facts?.Kind ?? Ref.Kind;
}

/// <param name="Everything">The nearest first.</param>
/// <param name="Truncated">There are more than are looked for.</param>
internal sealed record ImpactResult(EntityRef Root, IReadOnlyList<Affected> Everything, IReadOnlyDictionary<EntityRef, ImpactStep?> Reached, bool Truncated)
{
    /// <summary>From the affected one back to what changes.</summary>
    public IEnumerable<ImpactStep> WayOf(EntityRef affected)
    {
        for (var step = Reached.GetValueOrDefault(affected); step is not null; step = Reached.GetValueOrDefault(step.From))
        {
            yield return step;
        }
    }

    /// <summary>Whoever owns most comes first; what nobody owns comes last.</summary>
    public static IReadOnlyList<IGrouping<EntityRef?, Affected>> ByOwner(IEnumerable<Affected> affected) =>
        [.. affected.GroupBy(one => one.Facts?.Owner).OrderBy(group => group.Key is null).ThenByDescending(group => group.Count()).ThenBy(group => group.Key?.ToString(), StringComparer.Ordinal)];
}
