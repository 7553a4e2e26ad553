using Stagedoor.DeadLetters.Store;
using Stagedoor.Plugins;

namespace Stagedoor.DeadLetters.Understanding;

/// <summary>Dead letters belong to whoever owns the service now: when the catalog changes, they move.</summary>
internal sealed class OwnerUpdates(IDatabase database, Owners owners)
{
    /// <summary>Looks at every service again. Returns how many have another owner than before.</summary>
    public async Task<int> Refresh(CancellationToken cancellationToken)
    {
        var changed = 0;
        foreach (var service in await database.Query<KnownService>("select id, name, squad from dead_letters_services order by id", cancellationToken))
        {
            var squad = await owners.OwnerOf(service.Name, cancellationToken);
            if (squad != service.Squad)
            {
                changed += await database.Execute(
                    "update dead_letters_services set squad = @squad where id = @id and squad <> @squad", new { id = service.Id, squad }, cancellationToken);
            }
        }

        if (changed > 0)
        {
            await database.Notify(IncomingStore.Changed, "", cancellationToken);
        }

        return changed;
    }

    private sealed record KnownService(long Id, string Name, string Squad);
}

/// <summary>Runs after the catalog has changed.</summary>
internal sealed class FollowOwners(OwnerUpdates updates) : IEventHandler<CatalogChanged>
{
    public async Task Handle(CatalogChanged happened, CancellationToken cancellationToken) => await updates.Refresh(cancellationToken);
}

/// <summary>Runs now and then, for a change that nobody told of.</summary>
internal sealed class RefreshOwners(OwnerUpdates updates) : IScheduledJob
{
    public async Task Run(JobContext job, CancellationToken cancellationToken) =>
        job.Summary = FormattableString.Invariant($"{await updates.Refresh(cancellationToken)} services have another owner");
}
