namespace Stagedoor.Plugins;

/// <summary>
/// Which entities, and documents about them, a caller may see. Lists, counts, facets, search and graph all go
/// through it. The host's own lets everybody with an identity see everything.
/// </summary>
public interface IReadFilter
{
    ValueTask<EntityFilter> ScopeOf(Caller caller, CancellationToken cancellationToken);
}
