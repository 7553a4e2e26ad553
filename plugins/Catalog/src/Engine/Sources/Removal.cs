using Stagedoor.Catalog.Engine.Store;
using Stagedoor.Plugins;

namespace Stagedoor.Catalog.Engine.Sources;

/// <summary>Takes entities, places and sources out of the catalog. What another source declares as well takes the place of what goes.</summary>
internal sealed class Removal(IDatabase database, ChangeLog log)
{
    /// <summary>Few enough for one transaction to be short.</summary>
    private const int AtOnce = 2000;

    public async Task MarkOrphans(IReadOnlyCollection<Guid> places, DateTimeOffset? since, CancellationToken cancellationToken)
    {
        foreach (var refs in (await RefsOf(places, cancellationToken)).Chunk(AtOnce))
        {
            await log.Commit(
                refs,
                [],
                by: null,
                (decision, _, _) =>
                {
                    foreach (var name in refs)
                    {
                        if (decision.Find(name) is { } row && places.Contains(row.PlaceId))
                        {
                            decision.Orphan(name, since);
                        }
                    }

                    return Task.CompletedTask;
                },
                cancellationToken);
        }
    }

    /// <summary>Deletes orphaned places with their files, and withdraws what they declared. Tells how many entities went.</summary>
    public async Task<int> DeletePlaces(IReadOnlyCollection<Guid> places, string? by, CancellationToken cancellationToken)
    {
        // The places go first, so that no reading that is under way commits any more; one that was named again meanwhile stays.
        IReadOnlyList<Guid> going = [];
        await log.Commit(
            [],
            [],
            by,
            async (_, transaction, _) =>
            {
                going = await transaction.Query<Guid>(
                    """
                    select p.id from catalog_places p join catalog_sources s on s.id = p.source_id
                    where p.id in @places and (p.orphan_since is not null or s.removed_at is not null)
                    """,
                    new { places },
                    cancellationToken);
                if (going.Count > 0)
                {
                    await transaction.Execute("delete from catalog_listings where place_id in @going", new { going }, cancellationToken);
                    await transaction.Execute("delete from catalog_places where id in @going", new { going }, cancellationToken);
                }
            },
            cancellationToken);
        if (going.Count == 0)
        {
            return 0;
        }

        var deleted = 0;
        var files = await database.Query<Guid>(
            "select id from catalog_files where place_id in @going union select file_id from catalog_entities where place_id in @going union select file_id from catalog_contenders where place_id in @going",
            new { going },
            cancellationToken);
        foreach (var some in files.Chunk(AtOnce / 4))
        {
            var writes = await log.Commit(
                [],
                some,
                by,
                async (decision, transaction, _) =>
                {
                    foreach (var file in some)
                    {
                        foreach (var (name, document) in decision.Of(file).ToList())
                        {
                            decision.Withdraw(name, file, document);
                        }
                    }

                    await transaction.Execute("delete from catalog_files where id in @some", new { some }, cancellationToken);
                    await transaction.Execute("delete from catalog_listings where file_id in @some", new { some }, cancellationToken);
                },
                cancellationToken);
            deleted += writes.Gone.Count;
        }

        return deleted;
    }

    /// <summary>Unregisters a source: it goes with all that only it declares.</summary>
    public async Task<int> DeleteSource(Guid source, string? by, CancellationToken cancellationToken)
    {
        IReadOnlyList<Guid> places = [];
        await log.Commit(
            [],
            [],
            by,
            async (_, transaction, at) =>
            {
                await transaction.Execute("update catalog_sources set removed_at = @at where id = @source", new { source, at }, cancellationToken);
                places = await transaction.Query<Guid>("select id from catalog_places where source_id = @source", new { source }, cancellationToken);
            },
            cancellationToken);
        var deleted = places.Count > 0 ? await DeletePlaces(places, by, cancellationToken) : 0;
        await database.Execute("delete from catalog_sources where id = @source", new { source }, cancellationToken);
        return deleted;
    }

    /// <summary>Deletes one entity. The places that declare it are to be read again, and it comes back with a new uid if they still do.</summary>
    public async Task<IReadOnlyList<Guid>> DeleteEntity(string entity, string? by, CancellationToken cancellationToken)
    {
        var places = new HashSet<Guid>();
        await log.Commit(
            [entity],
            [],
            by,
            async (decision, transaction, _) =>
            {
                if (decision.Find(entity) is { } row)
                {
                    places.Add(row.PlaceId);
                    places.UnionWith(await transaction.Query<Guid>("select place_id from catalog_contenders where ref = @entity", new { entity }, cancellationToken));
                    decision.Remove(entity);
                }
            },
            cancellationToken);
        return [.. places];
    }

    private Task<IReadOnlyList<string>> RefsOf(IReadOnlyCollection<Guid> places, CancellationToken cancellationToken) =>
        database.Query<string>("select ref from catalog_entities where place_id in @places", new { places }, cancellationToken);
}
