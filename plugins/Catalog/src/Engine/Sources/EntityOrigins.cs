using Stagedoor.Catalog.Engine.Store;
using Stagedoor.Plugins;

namespace Stagedoor.Catalog.Engine.Sources;

/// <summary>Where an entity comes from.</summary>
/// <param name="Place">What was read, as a location reference.</param>
/// <param name="File">The file in it, as a location reference; nothing for what a plugin tells or a person restored.</param>
/// <param name="Line">Where in the file it begins; 0 if that is not known.</param>
/// <param name="Commit">The commit at which the file said so first.</param>
/// <param name="ReadAt">When the file was read last.</param>
/// <param name="Error">Why its place cannot be read at the moment.</param>
internal sealed record EntityOrigin(
    Guid SourceId, Guid PlaceId, string Place, string? File, int Line, string? Commit, string? Author, DateTimeOffset? ReadAt, DateTimeOffset? ChangedAt, string? Error,
    DateTimeOffset? OrphanSince);

/// <summary>Tells where entities come from, and what else declares them.</summary>
internal sealed class EntityOrigins(IDatabase database)
{
    public async Task<EntityOrigin?> Of(EntityRef entity, CancellationToken cancellationToken)
    {
        var row = await database.Find<OriginRow>(
            """
            select e.source_id, e.place_id, p.type || ':' || p.target as place, f.target as file, e.line, e.commit_sha, e.author,
                f.read_at as file_read_at, p.read_at as place_read_at, e.changed_at, p.error, e.orphan_since
            from catalog_entities e left join catalog_places p on p.id = e.place_id left join catalog_files f on f.id = e.file_id
            where e.ref = @entity
            """,
            new { entity },
            cancellationToken);
        return row?.Origin;
    }

    /// <summary>The declarations that have lost against the one that is shown, the next in line first.</summary>
    public async Task<IReadOnlyList<EntityOrigin>> Others(EntityRef entity, int limit, CancellationToken cancellationToken) =>
    [
        .. (await database.Query<OriginRow>(
            """
            select c.source_id, c.place_id, p.type || ':' || p.target as place, f.target as file, c.line, c.commit_sha, c.author,
                f.read_at as file_read_at, p.read_at as place_read_at, null as changed_at, p.error, null as orphan_since
            from catalog_contenders c left join catalog_places p on p.id = c.place_id left join catalog_files f on f.id = c.file_id
            where c.ref = @entity order by c.rank limit @limit
            """,
            new { entity, limit },
            cancellationToken)).Select(row => row.Origin),
    ];

    public Task<SourceRow?> SourceOf(EntityRef entity, CancellationToken cancellationToken) =>
        database.Find<SourceRow>("select s.* from catalog_sources s join catalog_entities e on e.source_id = s.id where e.ref = @entity", new { entity }, cancellationToken);

    private sealed record OriginRow(
        Guid SourceId, Guid PlaceId, string? Place, string? File, int Line, string? CommitSha, string? Author, DateTimeOffset? FileReadAt, DateTimeOffset? PlaceReadAt,
        DateTimeOffset? ChangedAt, string? Error, DateTimeOffset? OrphanSince)
    {
        public EntityOrigin Origin => new(SourceId, PlaceId, Place ?? "", File, Line, CommitSha, Author, FileReadAt ?? PlaceReadAt, ChangedAt, Error, OrphanSince);
    }
}
