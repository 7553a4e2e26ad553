using Stagedoor.Catalog.Engine.Declaring;
using Stagedoor.Plugins;

namespace Stagedoor.Catalog.Engine.Store;

/// <summary>
/// Commits decisions: the rows of entities and their lines in the change log, as one. One commit runs at a time among all
/// replicas, so that the log's order is the order in which it becomes visible, without gaps.
/// </summary>
internal sealed class ChangeLog(IDatabase database, TellingWork telling, TimeProvider time)
{
    public const string Channel = "catalog";

    private static readonly Sql Lock = Sql.For(
        sqlite: "select 1", postgres: "select 1 from (select pg_advisory_xact_lock(4918320071)) as locked");

    /// <param name="refs">The entities that may be decided on.</param>
    /// <param name="files">The files whose entities may be decided on.</param>
    /// <param name="decide">Decides, and may write rows of its own in the same transaction.</param>
    public async Task<Writes> Commit(
        IReadOnlyCollection<string> refs, IReadOnlyCollection<Guid> files, string? by, Func<Decision, ITransaction, DateTimeOffset, Task> decide, CancellationToken cancellationToken)
    {
        var subscribed = await telling.Subscribed(cancellationToken);
        return await database.Transaction(
            async transaction =>
            {
                await Alone(transaction, cancellationToken);
                var last = await transaction.Find<Last>("select seq, at from catalog_changes order by seq desc limit 1", args: null, cancellationToken);

                // A clock that was set back must not tear the order of the log.
                var now = time.GetUtcNow();
                var at = last is not null && last.At > now ? last.At : now;
                var rows = refs.Count == 0 ? [] : await transaction.Query<EntityRow>("select * from catalog_entities where ref in @refs", new { refs }, cancellationToken);
                var contenders = refs.Count == 0 ? [] : await transaction.Query<ContenderRow>("select * from catalog_contenders where ref in @refs", new { refs }, cancellationToken);
                if (files.Count > 0)
                {
                    rows = [.. rows.Concat(await transaction.Query<EntityRow>("select * from catalog_entities where file_id in @files", new { files }, cancellationToken)).DistinctBy(row => row.Ref)];
                    var ofFiles = rows.Select(row => row.Ref).Except(refs, StringComparer.Ordinal).ToList();
                    contenders =
                    [
                        .. contenders,
                        .. await transaction.Query<ContenderRow>("select * from catalog_contenders where file_id in @files and ref not in @refs and ref not in @ofFiles", new { files, refs, ofFiles }, cancellationToken),
                        .. ofFiles.Count == 0 ? [] : await transaction.Query<ContenderRow>("select * from catalog_contenders where ref in @ofFiles", new { ofFiles }, cancellationToken),
                    ];
                }

                var decision = new Decision(rows, contenders, last?.Seq ?? 0, at, by);
                await decide(decision, transaction, at);
                var writes = decision.Conclude();
                await Write(transaction, writes, cancellationToken);
                await telling.Add(transaction, writes.Changes, subscribed, cancellationToken);
                return writes;
            },
            cancellationToken);
    }

    /// <summary>Waits until no other replica commits, and keeps others from it until the transaction ends.</summary>
    public static Task Alone(ITransaction transaction, CancellationToken cancellationToken) => transaction.Query<int>(Lock, args: null, cancellationToken);

    private static async Task Write(ITransaction transaction, Writes writes, CancellationToken cancellationToken)
    {
        if (writes.Gone.Count > 0)
        {
            await transaction.Execute("delete from catalog_entities where ref in @Gone", new { writes.Gone }, cancellationToken);
        }

        foreach (var (entity, file, document) in writes.ContendersGone)
        {
            await transaction.Execute(
                "delete from catalog_contenders where ref = @entity and file_id = @file and document = @document", new { entity, file, document }, cancellationToken);
        }

        await Insert(transaction, EntityRow.New, writes.New, cancellationToken);
        await Insert(transaction, EntityRow.Changed, writes.Changed, cancellationToken);
        await Insert(transaction, ContenderRow.Into, writes.Contenders, cancellationToken);
        await Insert(transaction, VersionRow.Into, writes.Versions, cancellationToken);
        await Insert(transaction, PastRelationRow.Into, writes.PastRelations, cancellationToken);
        await Insert(transaction, ChangeRow.Into, writes.Changes, cancellationToken);
        if (writes.Changes.Count > 0)
        {
            await transaction.Notify(Channel, $"{writes.Changes[^1].Seq}", cancellationToken);
        }
    }

    private static async Task Insert<T>(ITransaction transaction, BulkInsert<T> into, List<T> rows, CancellationToken cancellationToken)
    {
        if (rows.Count > 0)
        {
            await transaction.Insert(into, rows, cancellationToken);
        }
    }

    private sealed record Last(long Seq, DateTimeOffset At);
}
