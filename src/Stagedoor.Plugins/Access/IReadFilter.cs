namespace Stagedoor.Plugins;

/// <summary>
/// Which entities, and documents about them, a caller may see. Lists, counts, facets, search and graph all go
/// through it. The host's own lets everybody with an identity see everything.
/// </summary>
public interface IReadFilter
{
    ValueTask<ReadScope> ScopeOf(Caller caller, CancellationToken cancellationToken);
}

/// <summary>A set of entities, described so that an index can compute it without looking at each.</summary>
public abstract record ReadScope
{
    private ReadScope()
    {
    }

    public static readonly ReadScope Everything = new EverythingScope();

    public static readonly ReadScope Nothing = new AnyOf([]);

    /// <summary>Entities that have one of the values at a path of the entity, such as <c>metadata.tags</c> or <c>relations.ownedBy</c>.</summary>
    public sealed record Has(string Path, IReadOnlyCollection<string> Values) : ReadScope;

    public sealed record AllOf(IReadOnlyCollection<ReadScope> Scopes) : ReadScope;

    public sealed record AnyOf(IReadOnlyCollection<ReadScope> Scopes) : ReadScope;

    public sealed record Not(ReadScope Scope) : ReadScope;

    private sealed record EverythingScope : ReadScope;
}
