using System.Text.Json;
using Stagedoor.Catalog.Engine.Refreshing;
using Stagedoor.Catalog.Engine.Store;
using Stagedoor.Catalog.Model;
using Stagedoor.Plugins;

namespace Stagedoor.Catalog.Engine.Sources;

/// <summary>How a source stands, in one look.</summary>
/// <param name="Problems">Files in which something is wrong.</param>
internal sealed record SourceState(SourceRow Source, long Places, long FailingPlaces, long Files, long Problems, long Entities, DateTimeOffset? NextAt);

/// <summary>What declares an entity besides the declaration that has won.</summary>
internal sealed record EntityConflict(string Ref, string Winner, IReadOnlyList<string> Losers);

/// <summary>Something wrong in a file.</summary>
internal sealed record FileProblems(Guid FileId, Guid PlaceId, Guid SourceId, string Target, DateTimeOffset ReadAt, IReadOnlyList<EntityProblem> Problems);

/// <summary>An entity that nothing names any more.</summary>
internal sealed record OrphanEntity(string Ref, DateTimeOffset Since, string Place);

/// <summary>What an administrator asks about sources, places and files.</summary>
internal sealed class SourceBoard(IDatabase database, IWorkQueue queue)
{
    public async Task<IReadOnlyList<SourceState>> All(CancellationToken cancellationToken)
    {
        var sources = await database.Query<SourceRow>("select * from catalog_sources order by rank, type, target", cancellationToken);
        var places = (await database.Query<PlaceCount>(
            "select source_id, count(*) as places, count(error) as failing, min(due_at) as next_at from catalog_places group by source_id", cancellationToken)).ToDictionary(row => row.SourceId);
        var files = (await database.Query<FileCount>(
            "select p.source_id, count(*) as files, count(f.problems) as problems from catalog_files f join catalog_places p on p.id = f.place_id group by p.source_id",
            cancellationToken)).ToDictionary(row => row.SourceId);
        var entities = (await database.Query<EntityCount>("select source_id, count(*) as entities from catalog_entities group by source_id", cancellationToken)).ToDictionary(row => row.SourceId);
        return
        [
            .. sources.Select(source => new SourceState(
                source,
                places.GetValueOrDefault(source.Id)?.Places ?? 0,
                places.GetValueOrDefault(source.Id)?.Failing ?? 0,
                files.GetValueOrDefault(source.Id)?.Files ?? 0,
                files.GetValueOrDefault(source.Id)?.Problems ?? 0,
                entities.GetValueOrDefault(source.Id)?.Entities ?? 0,
                places.GetValueOrDefault(source.Id)?.NextAt)),
        ];
    }

    public async Task<SourceState?> Find(Guid id, CancellationToken cancellationToken) => (await All(cancellationToken)).FirstOrDefault(state => state.Source.Id == id);

    public Task<WorkQueueState> Queue(CancellationToken cancellationToken) => queue.State(RefreshWork.Queue, cancellationToken);

    public Task<IReadOnlyList<GaveUpWork>> GaveUp(CancellationToken cancellationToken) => queue.GaveUp(RefreshWork.Queue, 0, 50, cancellationToken);

    public async Task<IReadOnlyList<EntityConflict>> Conflicts(int limit, CancellationToken cancellationToken)
    {
        var rows = await database.Query<ConflictRow>(
            """
            select c.ref, coalesce(w.target, wp.type || ':' || wp.target) as winner, coalesce(f.target, p.type || ':' || p.target) as loser
            from catalog_contenders c
            left join catalog_files f on f.id = c.file_id
            join catalog_places p on p.id = c.place_id
            left join catalog_entities e on e.ref = c.ref
            left join catalog_files w on w.id = e.file_id
            left join catalog_places wp on wp.id = e.place_id
            order by c.ref, c.rank limit @limit
            """,
            new { limit },
            cancellationToken);
        return [.. rows.GroupBy(row => row.Ref).Select(group => new EntityConflict(group.Key, group.First().Winner ?? "", [.. group.Select(row => row.Loser)]))];
    }

    public async Task<IReadOnlyList<FileProblems>> Problems(Guid? source, int limit, CancellationToken cancellationToken)
    {
        var rows = await database.Query<ProblemRow>(
            """
            select f.id as file_id, f.place_id, p.source_id, f.target, f.read_at, f.problems
            from catalog_files f join catalog_places p on p.id = f.place_id
            where f.problems is not null and (@source is null or p.source_id = @source)
            order by f.target limit @limit
            """,
            new { source, limit },
            cancellationToken);
        return
        [
            .. rows.Select(row => new FileProblems(
                row.FileId, row.PlaceId, row.SourceId, row.Target, row.ReadAt, JsonSerializer.Deserialize<List<EntityProblem>>(row.Problems, SourceSettings.Json) ?? [])),
        ];
    }

    public Task<IReadOnlyList<OrphanEntity>> Orphans(int limit, CancellationToken cancellationToken) =>
        database.Query<OrphanEntity>(
            """
            select e.ref, e.orphan_since as since, p.type || ':' || p.target as place
            from catalog_entities e join catalog_places p on p.id = e.place_id
            where e.orphan_since is not null order by e.ref limit @limit
            """,
            new { limit },
            cancellationToken);

    public Task<IReadOnlyList<PlaceRow>> FailingPlaces(int limit, CancellationToken cancellationToken) =>
        database.Query<PlaceRow>("select * from catalog_places where error is not null order by failures desc, target limit @limit", new { limit }, cancellationToken);

    public Task<IReadOnlyList<PlaceRow>> Places(Guid source, int limit, CancellationToken cancellationToken) =>
        database.Query<PlaceRow>("select * from catalog_places where source_id = @source order by depth, type, target limit @limit", new { source, limit }, cancellationToken);

    private sealed record PlaceCount(Guid SourceId, long Places, long Failing, DateTimeOffset? NextAt);

    private sealed record FileCount(Guid SourceId, long Files, long Problems);

    private sealed record EntityCount(Guid SourceId, long Entities);

    private sealed record ConflictRow(string Ref, string? Winner, string Loser);

    private sealed record ProblemRow(Guid FileId, Guid PlaceId, Guid SourceId, string Target, DateTimeOffset ReadAt, string Problems);
}
