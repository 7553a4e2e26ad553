using Microsoft.Extensions.Options;
using Stagedoor.Catalog.Engine.Store;
using Stagedoor.Plugins;

namespace Stagedoor.Catalog.Engine.Sources;

/// <summary>
/// Finds what nothing names any more, places that no Location lists and sources that are no longer configured, marks their entities
/// as orphans, and after the time of grace deletes them or keeps them, as configured.
/// </summary>
internal sealed class SweepOrphans(IDatabase database, Removal removal, IOptions<CatalogOptions> options, TimeProvider time) : IScheduledJob
{
    public async Task Run(JobContext job, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var unlisted = await database.Query<Guid>(
            """
            select p.id from catalog_places p join catalog_sources s on s.id = p.source_id
            where p.depth > 0 and p.orphan_since is null and not exists (select 1 from catalog_listings l where l.place_id = p.id)
            """,
            cancellationToken);
        var listedAgain = await database.Query<Guid>(
            """
            select p.id from catalog_places p where p.orphan_since is null
                and exists (select 1 from catalog_entities e where e.place_id = p.id and e.orphan_since is not null)
                and exists (select 1 from catalog_sources s where s.id = p.source_id and s.removed_at is null)
            """,
            cancellationToken);
        var ofRemoved = await database.Query<Guid>(
            """
            select p.id from catalog_places p join catalog_sources s on s.id = p.source_id
            where s.removed_at is not null and p.orphan_since is null
            """,
            cancellationToken);
        IReadOnlyList<Guid> orphaned = [.. unlisted, .. ofRemoved.Except(unlisted)];
        if (orphaned.Count > 0)
        {
            await database.Execute("update catalog_places set orphan_since = @now, due_at = null where id in @orphaned", new { orphaned, now }, cancellationToken);
            await removal.MarkOrphans(orphaned, now, cancellationToken);
        }

        if (listedAgain.Count > 0)
        {
            await removal.MarkOrphans(listedAgain.Except(orphaned).ToList(), since: null, cancellationToken);
        }

        var over = await database.Query<Over>(
            """
            select p.id, case when s.removed_at is null then 0 else 1 end as of_removed from catalog_places p join catalog_sources s on s.id = p.source_id
            where p.orphan_since <= @before
            """,
            new { before = now - options.Value.OrphanGrace },
            cancellationToken);
        var doomed = over
            .Where(place => (place.OfRemoved != 0 ? options.Value.OrphanProviderStrategy : options.Value.OrphanStrategy) == OrphanStrategy.Delete)
            .Select(place => place.Id)
            .ToList();
        var deleted = doomed.Count > 0 ? await removal.DeletePlaces(doomed, by: null, cancellationToken) : 0;
        await database.Execute(
            "delete from catalog_sources where removed_at is not null and not exists (select 1 from catalog_places p where p.source_id = catalog_sources.id)",
            cancellationToken);
        if (orphaned.Count > 0 || deleted > 0)
        {
            job.Summary = $"{orphaned.Count} places orphaned, {deleted} entities deleted";
        }
    }

    private sealed record Over(Guid Id, int OfRemoved);
}
