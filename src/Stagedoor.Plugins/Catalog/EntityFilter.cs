namespace Stagedoor.Plugins;

/// <summary>
/// A set of entities, described so that an index can compute it without looking at each. A path is dotted, such as
/// <c>metadata.tags</c> or <c>relations.ownedBy</c>. Paths and values compare without regard to case.
/// </summary>
public abstract record EntityFilter
{
    private EntityFilter()
    {
    }

    public static readonly EntityFilter Everything = new AllOf([]);

    public static readonly EntityFilter Nothing = new AnyOf([]);

    /// <summary>Entities that have one of the values at a path.</summary>
    public sealed record Has(string Path, params IReadOnlyCollection<string> Values) : EntityFilter;

    /// <summary>Entities that have anything at a path.</summary>
    public sealed record Exists(string Path) : EntityFilter;

    /// <summary>Entities that have a value at a path which starts so.</summary>
    public sealed record StartsWith(string Path, string Prefix) : EntityFilter;

    /// <summary>These entities, as far as they exist.</summary>
    public sealed record Among(params IReadOnlyCollection<EntityRef> Entities) : EntityFilter;

    /// <summary>What is a part of one of these, and what is a part of a system that is: a component is in the domain of its system.</summary>
    public sealed record Within(params IReadOnlyCollection<EntityRef> Wholes) : EntityFilter;

    /// <summary>Entities that are in all of the sets; with none, every entity.</summary>
    public sealed record AllOf(params IReadOnlyCollection<EntityFilter> Filters) : EntityFilter;

    /// <summary>Entities that are in any of the sets; with none, no entity.</summary>
    public sealed record AnyOf(params IReadOnlyCollection<EntityFilter> Filters) : EntityFilter;

    public sealed record Not(EntityFilter Filter) : EntityFilter;

    public static EntityFilter OfKind(string kind) => new Has("kind", kind);

    /// <summary>What any of these owns.</summary>
    public static EntityFilter OwnedBy(params IEnumerable<EntityRef> owners) => new Has("relations.ownedBy", [.. owners.Select(owner => owner.ToString())]);
}
