using System.Text.Json;
using Stagedoor.Catalog.Engine.Refreshing;
using Stagedoor.Plugins;

namespace Stagedoor.Catalog.Engine.Store;

/// <summary>Sources, places and files: all their SQL.</summary>
internal sealed class PlaceStore(IDatabase database, TimeProvider time)
{
    public Task<IReadOnlyList<SourceRow>> Sources(CancellationToken cancellationToken) =>
        database.Query<SourceRow>("select * from catalog_sources order by rank, type, target", cancellationToken);

    public Task<SourceRow?> Source(Guid id, CancellationToken cancellationToken) =>
        database.Find<SourceRow>("select * from catalog_sources where id = @id", new { id }, cancellationToken);

    public Task<PlaceRow?> Place(Guid id, CancellationToken cancellationToken) =>
        database.Find<PlaceRow>("select * from catalog_places where id = @id", new { id }, cancellationToken);

    public Task<Guid?> PlaceOf(string entity, CancellationToken cancellationToken) =>
        database.Find<Guid?>("select place_id from catalog_entities where ref = @entity", new { entity }, cancellationToken);

    public Task<IReadOnlyList<PlaceRow>> Places(CancellationToken cancellationToken) =>
        database.Query<PlaceRow>("select * from catalog_places", cancellationToken);

    public Task<IReadOnlyList<PlaceRow>> PlacesOf(Guid source, CancellationToken cancellationToken) =>
        database.Query<PlaceRow>("select * from catalog_places where source_id = @source order by depth, type, target", new { source }, cancellationToken);

    /// <summary>The places of a source that somebody names.</summary>
    public async Task<IReadOnlyList<Guid>> ReadablePlacesOf(Guid source, CancellationToken cancellationToken) =>
        [.. (await PlacesOf(source, cancellationToken)).Where(place => place.OrphanSince is null).Select(place => place.Id)];

    public Task<IReadOnlyList<Guid>> DuePlaces(CancellationToken cancellationToken) =>
        database.Query<Guid>(
            """
            select p.id from catalog_places p join catalog_sources s on s.id = p.source_id
            where p.due_at <= @now and s.paused_at is null and s.removed_at is null order by p.due_at limit 10000
            """,
            new { now = time.GetUtcNow() }, cancellationToken);

    public Task<IReadOnlyList<FileRow>> Files(Guid place, CancellationToken cancellationToken) =>
        database.Query<FileRow>("select * from catalog_files where place_id = @place", new { place }, cancellationToken);

    /// <summary>Deletions that no person asked for.</summary>
    public Task<int> CountDeletionsSince(Guid source, DateTimeOffset since, CancellationToken cancellationToken) =>
        database.Find<int>(
            "select count(*) from catalog_changes where source_id = @source and change = 'Deleted' and by_ref is null and at > @since", new { source, since }, cancellationToken);

    public Task<int> CountEntities(Guid source, CancellationToken cancellationToken) =>
        database.Find<int>("select count(*) from catalog_entities where source_id = @source", new { source }, cancellationToken);

    /// <summary>Adds a source with its first place, or brings it up to date.</summary>
    public static async Task Put(ITransaction transaction, SourceRow source, CancellationToken cancellationToken)
    {
        await transaction.Execute(
            """
            insert into catalog_sources (id, origin, rank, type, target, title, location_ref, settings, created_at, created_by)
            values (@Id, @Origin, @Rank, @Type, @Target, @Title, @LocationRef, @Settings, @CreatedAt, @CreatedBy)
            on conflict (id) do update set rank = excluded.rank, type = excluded.type, target = excluded.target, title = excluded.title,
                location_ref = excluded.location_ref, settings = excluded.settings, removed_at = null
            """,
            source,
            cancellationToken);
        var place = Ids.OfPlace(source.Id, source.Type, source.Target);
        await transaction.Execute(
            """
            insert into catalog_places (id, source_id, type, target, depth, due_at) values (@place, @Id, @Type, @Target, 0, @CreatedAt)
            on conflict (id) do update set depth = 0, orphan_since = null, due_at = excluded.due_at
            """,
            new { place, source.Id, source.Type, source.Target, source.CreatedAt },
            cancellationToken);

        // What became an orphan with its source comes back with it.
        await transaction.Execute(
            """
            update catalog_places set orphan_since = null, due_at = @CreatedAt
            where source_id = @Id and orphan_since is not null and exists (select 1 from catalog_listings l where l.place_id = catalog_places.id)
            """,
            new { source.Id, source.CreatedAt },
            cancellationToken);
    }

    /// <exception cref="SupersededException">What is being read has been unregistered, paused or deleted meanwhile.</exception>
    public static async Task StillWanted(ITransaction transaction, PlaceRun run, CancellationToken cancellationToken)
    {
        if (!run.IsDryRun && await transaction.Find<int>(
            """
            select count(*) from catalog_places p join catalog_sources s on s.id = p.source_id
            where p.id = @Id and s.paused_at is null and s.removed_at is null
            """,
            new { run.Place.Id },
            cancellationToken) == 0)
        {
            throw new SupersededException($"{run.Place.ToPlace()} is not to be read any more.");
        }
    }

    /// <summary>Which place names which: for each listing the place of the file it stands in.</summary>
    public static Task<IReadOnlyList<PlaceLink>> Links(ITransaction transaction, Guid source, CancellationToken cancellationToken) =>
        transaction.Query<PlaceLink>(
            """
            select l.place_id, l.file_id, l.listed_by, f.place_id as from_place_id from catalog_listings l
            join catalog_files f on f.id = l.file_id join catalog_places p on p.id = l.place_id
            where p.source_id = @source
            """,
            new { source },
            cancellationToken);

    public static Task<int> AddPlace(ITransaction transaction, PlaceRow place, CancellationToken cancellationToken) =>
        transaction.Execute(
            """
            insert into catalog_places (id, source_id, type, target, depth, due_at) values (@Id, @SourceId, @Type, @Target, @Depth, @DueAt)
            on conflict (id) do update set orphan_since = null,
                due_at = case when catalog_places.orphan_since is null then catalog_places.due_at else excluded.due_at end
            """,
            place,
            cancellationToken);

    public Task PlaceRead(Guid id, string? version, string? error, int failures, DateTimeOffset? dueAt, CancellationToken cancellationToken) =>
        database.Execute(
            """
            update catalog_places set read_at = @now, due_at = @dueAt, error = @error, failures = @failures,
                version = case when @error is null then @version else version end, ok_at = case when @error is null then @now else ok_at end
            where id = @id
            """,
            new { id, version, error, failures, dueAt, now = time.GetUtcNow() },
            cancellationToken);

    public Task SourceRead(Guid id, string? error, long created, long updated, long deleted, TimeSpan took, CancellationToken cancellationToken) =>
        database.Execute(
            """
            update catalog_sources set read_at = @now, error = @error, ok_at = case when @error is null then @now else ok_at end,
                created = @created, updated = @updated, deleted = @deleted, took_ms = @took
            where id = @id
            """,
            new { id, error, created, updated, deleted, took, now = time.GetUtcNow() },
            cancellationToken);

    /// <summary>Holds back the deletion of these entities of a place; with none, of none of them.</summary>
    public Task Hold(Guid source, Guid place, IReadOnlyList<string> refs, CancellationToken cancellationToken) =>
        database.Transaction(
            async transaction =>
            {
                var row = await transaction.Find<SourceRow>(
                    Sql.For("select * from catalog_sources where id = @source", "select * from catalog_sources where id = @source for update"), new { source }, cancellationToken);
                var held = SourceRow.ReadHeld(row?.Held);
                held.Remove(place);
                if (refs.Count > 0)
                {
                    held[place] = refs;
                }

                var text = held.Count == 0 ? null : JsonSerializer.Serialize(held);
                await transaction.Execute(
                    "update catalog_sources set held = @text, held_at = case when @isHeld then coalesce(held_at, @now) else null end where id = @source",
                    new { source, text, isHeld = text is not null, now = time.GetUtcNow() },
                    cancellationToken);
            },
            cancellationToken);

    public Task Pause(Guid id, string? why, CancellationToken cancellationToken) =>
        database.Execute(
            "update catalog_sources set paused_why = @why, paused_at = case when @why is null then null else @now end where id = @id",
            new { id, why, now = time.GetUtcNow() },
            cancellationToken);

    public async Task<bool> HasListings(IReadOnlyCollection<Guid> files, CancellationToken cancellationToken) =>
        files.Count > 0 && await database.Find<int>("select count(*) from catalog_listings where file_id in @files", new { files }, cancellationToken) > 0;

    /// <summary>Files of which there are entities, as after a restoring, and no record.</summary>
    public Task<IReadOnlyList<Guid>> ForgottenFiles(Guid place, CancellationToken cancellationToken) =>
        database.Query<Guid>(
            """
            select distinct e.file_id from catalog_entities e
            where e.place_id = @place and not exists (select 1 from catalog_files f where f.id = e.file_id)
            """,
            new { place },
            cancellationToken);
}

/// <summary>A place that is named by a file of another.</summary>
internal sealed record PlaceLink(Guid PlaceId, Guid FileId, string ListedBy, Guid FromPlaceId);

/// <summary>A reading ends because nobody wants it any more.</summary>
internal sealed class SupersededException(string message) : Exception(message);
