using Stagedoor.Plugins;

namespace Stagedoor.Data.Tests.Documentation;

internal enum ReleaseState
{
    Running,
    Done,
}

internal sealed record Release(Guid Id, EntityRef Component, string Version, ReleaseState State, DateTimeOffset StartedAt, string? Notes);

/// <summary>All SQL of the plugin, in methods named as questions.</summary>
internal sealed class ReleaseStore(IDatabase database, TimeProvider time)
{
    private static readonly BulkInsert<Release> Insert = new(
        "releases_release",
        [
            BulkColumn<Release>.Of("id", release => release.Id),
            BulkColumn<Release>.Of("component", release => release.Component),
            BulkColumn<Release>.Of("version", release => release.Version),
            BulkColumn<Release>.Of("state", release => release.State),
            BulkColumn<Release>.Of("started_at", release => release.StartedAt),
            BulkColumn<Release>.Of("notes", release => release.Notes) with { IsJson = true },
        ],
        OnConflict: "(id) do update set state = excluded.state, notes = excluded.notes");

    public Task<IReadOnlyList<Release>> Latest(IReadOnlyCollection<EntityRef> components, ReleaseState? state, int limit, CancellationToken cancellationToken) =>
        database.Query<Release>(
            """
            select id, component, version, state, started_at, notes from releases_release
            where component in @components and (@state is null or state = @state)
            order by started_at desc limit @limit
            """,
            new { components, state, limit },
            cancellationToken);

    public Task<Release?> Find(Guid id, CancellationToken cancellationToken) =>
        database.Find<Release>("select * from releases_release where id = @id", new { id }, cancellationToken);

    public Task<int> CountOlderThan(TimeSpan age, CancellationToken cancellationToken) =>
        database.Find<int>("select count(*) from releases_release where started_at < @before", new { before = time.GetUtcNow() - age }, cancellationToken);

    public Task Keep(IReadOnlyCollection<Release> releases, CancellationToken cancellationToken) =>
        database.Transaction(
            async transaction =>
            {
                await transaction.Insert(Insert, releases, cancellationToken);
                await transaction.Notify("releases.changed", "", cancellationToken);
            },
            cancellationToken);

    public Task<IReadOnlyList<string>> Authors(CancellationToken cancellationToken) =>
        database.Query<string>(
            Sql.For(
                sqlite: "select distinct json_extract(notes, '$.author') from releases_release where notes is not null",
                postgres: "select distinct notes ->> 'author' from releases_release where notes is not null"),
            cancellationToken);
}
