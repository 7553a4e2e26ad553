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

    /// <summary>Deletes places with their files, and withdraws what they declared. Tells how many entities went.</summary>
    public async Task<int> DeletePlaces(IReadOnlyCollection<Guid> places, string? by, CancellationToken cancellationToken)
    {
        var deleted = 0;
        var files = await database.Query<Guid>(
            "select id from catalog_files where place_id in @places union select file_id from catalog_entities where place_id in @places union select file_id from catalog_contenders where place_id in @places",
            new { places },
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

        await database.Transaction(
            async transaction =>
            {
                await transaction.Execute("delete from catalog_listings where place_id in @places", new { places }, cancellationToken);
                await transaction.Execute("delete from catalog_places where id in @places", new { places }, cancellationToken);
            },
            cancellationToken);
        return deleted;
    }

    /// <summary>Unregisters a source: it goes with all that only it declares.</summary>
    public async Task<int> DeleteSource(Guid source, string? by, CancellationToken cancellationToken)
    {
        var places = await database.Query<Guid>("select id from catalog_places where source_id = @source", new { source }, cancellationToken);
        await database.Execute("update catalog_sources set removed_at = created_at where id = @source", new { source }, cancellationToken);
        var deleted = places.Count > 0 ? await DeletePlaces(places, by, cancellationToken) : 0;
        await database.Execute("delete from catalog_sources where id = @source", new { source }, cancellationToken);
        return deleted;
    }

    /// <summary>Deletes one entity. Whatever still declares it is read again, and it comes back with a new uid.</summary>
    public async Task<Guid?> DeleteEntity(string entity, string? by, CancellationToken cancellationToken)
    {
        Guid? place = null;
        await log.Commit(
            [entity],
            [],
            by,
            async (decision, transaction, _) =>
            {
                if (decision.Find(entity) is { } row)
                {
                    place = row.PlaceId;
                    decision.Remove(entity);
                    await transaction.Execute("update catalog_files set hash = '' where id = @FileId", new { row.FileId }, cancellationToken);
                    await transaction.Execute("update catalog_places set version = null where id = @PlaceId", new { row.PlaceId }, cancellationToken);
                }
            },
            cancellationToken);
        return place;
    }

    private Task<IReadOnlyList<string>> RefsOf(IReadOnlyCollection<Guid> places, CancellationToken cancellationToken) =>
        database.Query<string>("select ref from catalog_entities where place_id in @places", new { places }, cancellationToken);
}
