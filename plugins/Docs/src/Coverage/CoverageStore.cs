using Stagedoor.Plugins;

namespace Stagedoor.Docs.Coverage;

/// <summary>Keeps what is known of all documentation.</summary>
internal sealed class CoverageStore(IDatabase database)
{
    public Task<CoverageRow?> Find(EntityRef entity, CancellationToken cancellationToken) =>
        database.Find<CoverageRow>("select * from docs_coverage where ref = @entity", new { entity = KeyOf(entity) }, cancellationToken);

    public Task<IReadOnlyList<CoverageRow>> All(CancellationToken cancellationToken) => database.Query<CoverageRow>("select * from docs_coverage", null, cancellationToken);

    public Task Put(CoverageRow row, CancellationToken cancellationToken) => database.Execute(
        """
        insert into docs_coverage (ref, version, pages, broken, changed_at, trouble, checked_at)
        values (@Ref, @Version, @Pages, @Broken, @ChangedAt, @Trouble, @CheckedAt)
        on conflict (ref) do update set version = excluded.version, pages = excluded.pages, broken = excluded.broken,
            changed_at = excluded.changed_at, trouble = excluded.trouble, checked_at = excluded.checked_at
        """,
        row,
        cancellationToken);

    /// <summary>Those that were not looked at since: their entities are gone, or have no documentation any more.</summary>
    public Task Forget(DateTimeOffset since, CancellationToken cancellationToken) =>
        database.Execute("delete from docs_coverage where checked_at < @since", new { since }, cancellationToken);

    public static string KeyOf(EntityRef entity) => entity.ToString().ToLowerInvariant();
}
