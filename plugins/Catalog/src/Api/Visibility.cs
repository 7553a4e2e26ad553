using Stagedoor.Plugins;

namespace Stagedoor.Catalog.Api;

/// <summary>Which entities of the change log a caller may hear of: those they may see now; what is gone, only who may see everything.</summary>
internal sealed class Visibility(ICatalog catalog, IReadFilter filter)
{
    public async Task<IReadOnlyList<T>> Only<T>(IReadOnlyList<T> lines, Func<T, EntityRef> entity, Caller caller, CancellationToken cancellationToken)
    {
        if (lines.Count == 0 || await SeesEverything(caller, cancellationToken))
        {
            return lines;
        }

        var refs = lines.Select(entity).Distinct().ToList();
        var found = await catalog.Find(refs, caller, cancellationToken);
        var visible = refs.Where((_, index) => found[index] is not null).ToHashSet();
        return [.. lines.Where(line => visible.Contains(entity(line)))];
    }

    /// <summary>Of entities that were read anew, those that the caller may see, or that nobody can see yet.</summary>
    public async Task<IReadOnlyList<T>> OrNew<T>(IReadOnlyList<T> read, Func<T, EntityRef> entity, Caller caller, CancellationToken cancellationToken)
    {
        if (read.Count == 0 || await SeesEverything(caller, cancellationToken))
        {
            return read;
        }

        var refs = read.Select(entity).ToList();
        var all = await catalog.Find(refs, Caller.Portal, cancellationToken);
        var visible = await catalog.Find(refs, caller, cancellationToken);
        return [.. read.Where((_, index) => all[index] is null || visible[index] is not null)];
    }

    public async Task<bool> Sees(EntityRef entity, Caller caller, CancellationToken cancellationToken) =>
        await SeesEverything(caller, cancellationToken) || await catalog.Find(entity, caller, cancellationToken) is not null;

    private async Task<bool> SeesEverything(Caller caller, CancellationToken cancellationToken) =>
        caller.IsAdministrator || await filter.ScopeOf(caller, cancellationToken) == EntityFilter.Everything;
}
