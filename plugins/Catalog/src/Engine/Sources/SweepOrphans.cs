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
        var unlisted = await Unreachable(cancellationToken);
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
            select p.id, case when s.removed_at is null then 0 when s.origin = 'Registered' then 2 else 1 end as of_removed from catalog_places p join catalog_sources s on s.id = p.source_id
            where p.orphan_since <= @before
            """,
            new { before = now - options.Value.OrphanGrace },
            cancellationToken);
        var doomed = over
            .Where(place => Strategy(place) == OrphanStrategy.Delete)
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

    /// <summary>Places that one cannot come to from the first one of their source, and that are not marked yet.</summary>
    private async Task<IReadOnlyList<Guid>> Unreachable(CancellationToken cancellationToken)
    {
        var places = await database.Query<Known>("select id, depth, case when orphan_since is null then 0 else 1 end as is_marked from catalog_places", cancellationToken);
        if (places.All(place => place.Depth == 0))
        {
            return [];
        }

        var links = await database.Query<PlaceLink>(
            "select l.place_id, l.file_id, l.listed_by, f.place_id as from_place_id from catalog_listings l join catalog_files f on f.id = l.file_id", cancellationToken);
        var reached = Reach.From(places.Where(place => place.Depth == 0).Select(place => place.Id), links);
        return [.. places.Where(place => place.IsMarked == 0 && !reached.Contains(place.Id)).Select(place => place.Id)];
    }

    /// <summary>What was being unregistered when the portal was ended goes in any case.</summary>
    private OrphanStrategy Strategy(Over place) => place.OfRemoved switch
    {
        0 => options.Value.OrphanStrategy,
        1 => options.Value.OrphanProviderStrategy,
        _ => OrphanStrategy.Delete,
    };

    private sealed record Known(Guid Id, int Depth, int IsMarked);

    private sealed record Over(Guid Id, int OfRemoved);
}
