namespace Stagedoor.Plugins;

/// <summary>
/// The catalog, to read. Every question is asked for a caller and answers only what that caller may see; work in the
/// background asks for <see cref="Caller.Portal"/>. Answers come from memory, within microseconds to milliseconds.
/// </summary>
public interface ICatalog
{
    /// <summary>The kinds, relations and fields that the catalog knows.</summary>
    CatalogModel Model { get; }

    ValueTask<Entity?> Find(EntityRef entity, Caller caller, CancellationToken cancellationToken);

    /// <summary>Several at once: an answer for each, in the order of the question.</summary>
    ValueTask<IReadOnlyList<Entity?>> Find(IReadOnlyList<EntityRef> entities, Caller caller, CancellationToken cancellationToken);

    ValueTask<EntityPage> List(EntityQuery query, Caller caller, CancellationToken cancellationToken);

    ValueTask<long> Count(EntityFilter filter, Caller caller, CancellationToken cancellationToken);

    /// <summary>The values at a path and how many entities have each, by value.</summary>
    ValueTask<IReadOnlyList<FacetValue>> Facet(string path, EntityFilter filter, Caller caller, CancellationToken cancellationToken);

    /// <summary>The values at a path among those that a list would hold, its text included; order and page do not matter.</summary>
    ValueTask<IReadOnlyList<FacetValue>> Facet(string path, EntityQuery query, Caller caller, CancellationToken cancellationToken);

    ValueTask<EntityGraph> Graph(GraphQuery query, Caller caller, CancellationToken cancellationToken);
}

/// <summary>Which entities, in which order, and which part of them.</summary>
public sealed record EntityQuery
{
    public EntityFilter Filter { get; init; } = EntityFilter.Everything;

    /// <summary>Only those that have this text somewhere in one of the <see cref="TextFields"/>.</summary>
    public string? Text { get; init; }

    public IReadOnlyList<string> TextFields { get; init; } = ["metadata.name", "metadata.title", "spec.profile.displayName"];

    /// <summary>The path to sort by. Entities without it come last.</summary>
    public string? OrderBy { get; init; }

    public bool Descending { get; init; }

    public int Offset { get; init; }

    public int Limit { get; init; } = 20;
}

/// <param name="Total">How many there are on all pages.</param>
public sealed record EntityPage(IReadOnlyList<Entity> Items, long Total);

public sealed record FacetValue(string Value, long Count);

/// <summary>The neighbourhood of some entities, or the ways between two.</summary>
public sealed record GraphQuery(params IReadOnlyList<EntityRef> Roots)
{
    /// <summary>Find the shortest ways from the roots to this entity instead of a neighbourhood.</summary>
    public EntityRef? To { get; init; }

    public int Depth { get; init; } = 1;

    /// <summary>Only these kinds; empty for all. Roots are always there.</summary>
    public IReadOnlyCollection<string> Kinds { get; init; } = [];

    /// <summary>Only these types of relation; empty for all. Naming one of a pair is enough.</summary>
    public IReadOnlyCollection<string> Relations { get; init; } = [];

    public GraphDirection Direction { get; init; } = GraphDirection.Both;

    /// <summary>
    /// Go along the named relations only in the direction of their names, whoever declares them: <c>dependencyOf</c> leads
    /// from what is needed to what needs it, and not back.
    /// </summary>
    public bool OneWay { get; init; }

    /// <summary>Whether the relations between what is found are told as well; a neighbourhood without them is found much quicker.</summary>
    public bool WithEdges { get; init; } = true;

    public int MaxNodes { get; init; } = 500;
}

/// <summary>Which relations to follow: those an entity declares towards others, those others declare towards it, or both.</summary>
public enum GraphDirection
{
    Both,
    Outgoing,
    Incoming,
}

/// <param name="Truncated">There was more than fitted.</param>
public sealed record EntityGraph(IReadOnlyList<GraphNode> Nodes, IReadOnlyList<GraphEdge> Edges, bool Truncated);

/// <param name="Entity">Nothing, if relations lead to it but it does not exist.</param>
/// <param name="Distance">Steps from the nearest root.</param>
public sealed record GraphNode(EntityRef Ref, Entity? Entity, int Distance);

/// <summary>A relation and its inverse, as one edge from the entity that <paramref name="Type"/> speaks of.</summary>
public sealed record GraphEdge(EntityRef From, EntityRef To, string Type, string Inverse);
