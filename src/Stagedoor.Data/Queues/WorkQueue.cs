using Microsoft.Extensions.Logging;
using Stagedoor.Plugins;

namespace Stagedoor.Data.Queues;

/// <summary>
/// The work queue in the table <c>data_work</c>. Claims on PostgreSQL pass over what others are claiming; on SQLite the one
/// writer settles it. Leases are measured by the replicas' clocks, which must agree to within a second or two.
/// </summary>
public sealed class WorkQueue(IDatabase database, TimeProvider time, ILogger<WorkQueue> logger) : IWorkQueue
{
    private const int MaxErrorLength = 4_000;
    private const string StoppedWithoutAWord = "Whoever worked on it stopped without a word, and its lease ran out, on the last attempt.";

    public Task Add(string queue, IReadOnlyCollection<NewWork> items, CancellationToken cancellationToken) =>
        items.Count == 0 ? Task.CompletedTask : database.Transaction(transaction => Add(transaction, queue, items, cancellationToken), cancellationToken);

    public async Task Add(ITransaction transaction, string queue, IReadOnlyCollection<NewWork> items, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(transaction);
        ArgumentException.ThrowIfNullOrEmpty(queue);
        if (items.Count == 0)
        {
            return;
        }

        await transaction.Insert(NewRow.Into, NewRow.Of(queue, items, time.GetUtcNow()), cancellationToken);
        await transaction.Notify(Channel(queue), "", cancellationToken);
    }

    public async Task<IReadOnlyList<Plugins.Work>> Claim(string queue, int max, TimeSpan lease, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(max);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(lease, TimeSpan.Zero);
        var now = time.GetUtcNow();
        var args = new { queue, max, now, until = now + lease, claim = Guid.NewGuid() };

        // Whoever finds nothing has not disturbed the writers.
        if (!await database.Find<bool>("select exists (select 1 from data_work where queue = @queue and gave_up_at is null and due_at <= @now)", args, cancellationToken))
        {
            return [];
        }

        var rows = await database.Transaction(
            async transaction =>
            {
                await GiveUpAbandoned(transaction, queue, now, cancellationToken);
                return await transaction.Query<ClaimedRow>(QueueSql.Claim, args, cancellationToken);
            },
            cancellationToken);
        Telemetry.WorkClaimed.Add(rows.Count, new KeyValuePair<string, object?>("queue", queue));
        return [.. rows.OrderBy(row => row.AddedAt).Select(row => new Plugins.Work(queue, row.Key, row.Payload, row.Attempt, args.claim, row.AddedAt))];
    }

    public async Task<bool> Renew(Plugins.Work work, TimeSpan lease, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(work);
        return await database.Execute(
            "update data_work set due_at = @until where queue = @Queue and key = @Key and claim = @Claim",
            new { work.Queue, work.Key, work.Claim, until = time.GetUtcNow() + lease },
            cancellationToken) > 0;
    }

    public Task Complete(IReadOnlyCollection<Plugins.Work> work, CancellationToken cancellationToken) =>
        ForEachClaim(work, QueueSql.Complete, QueueSql.CompleteAgain, cancellationToken);

    public Task Release(IReadOnlyCollection<Plugins.Work> work, CancellationToken cancellationToken) =>
        ForEachClaim(work, QueueSql.Release, then: null, cancellationToken);

    public async Task Fail(Plugins.Work work, string error, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(work);
        ArgumentNullException.ThrowIfNull(error);
        var now = time.GetUtcNow();
        var args = new
        {
            work.Queue,
            work.Key,
            work.Claim,
            now,
            due = now + Backoff.After(work.Attempt),
            error = CutText.Start(error.Replace("\0", "", StringComparison.Ordinal), MaxErrorLength),
        };
        Telemetry.WorkFailed.Add(1, new KeyValuePair<string, object?>("queue", work.Queue));
        if (await database.Execute(QueueSql.Fail, args, cancellationToken) == 0)
        {
            logger.LogInformation("{Key} in {Queue} failed, but its lease was lost before: someone else has it. {Error}", work.Key, work.Queue, error);
        }
    }

    public async Task<WorkQueueState> State(string queue, CancellationToken cancellationToken) =>
        (await database.Find<WorkQueueState>(QueueSql.State, new { queue, now = time.GetUtcNow() }, cancellationToken))!;

    public Task<IReadOnlyList<GaveUpWork>> GaveUp(string queue, int offset, int limit, CancellationToken cancellationToken) =>
        database.Query<GaveUpWork>(
            """
            select key, payload, attempt as attempts, coalesce(error, '') as error, added_at, gave_up_at
            from data_work where queue = @queue and gave_up_at is not null
            order by gave_up_at desc, key limit @limit offset @offset
            """,
            new { queue, offset, limit },
            cancellationToken);

    public Task<int> Retry(string queue, IReadOnlyCollection<string> keys, CancellationToken cancellationToken) =>
        database.Transaction(
            async transaction =>
            {
                var count = await transaction.Execute(QueueSql.Retry, new { queue, keys, now = time.GetUtcNow() }, cancellationToken);
                await transaction.Notify(Channel(queue), "", cancellationToken);
                return count;
            },
            cancellationToken);

    public IDisposable WhenAdded(string queue, Func<CancellationToken, Task> heard) => database.Listen(Channel(queue), (_, stop) => heard(stop));

    private static string Channel(string queue) => "data.work:" + queue;

    // An item that takes the process down with it never fails; without this it would be tried for ever.
    private static Task<int> GiveUpAbandoned(ITransaction transaction, string queue, DateTimeOffset now, CancellationToken cancellationToken) =>
        transaction.Execute(QueueSql.GiveUpAbandoned, new { queue, now, error = StoppedWithoutAWord }, cancellationToken);

    private async Task ForEachClaim(IReadOnlyCollection<Plugins.Work> work, Sql first, Sql? then, CancellationToken cancellationToken)
    {
        if (work.Count == 0)
        {
            return;
        }

        var now = time.GetUtcNow();
        await database.Transaction(
            async transaction =>
            {
                foreach (var claim in work.GroupBy(item => (item.Queue, item.Claim)))
                {
                    var args = new { claim.Key.Queue, claim.Key.Claim, keys = claim.Select(item => item.Key).ToList(), now };
                    if (transaction.Dialect == Dialect.Postgres)
                    {
                        await transaction.Query<string>(QueueSql.LockInOrder, args, cancellationToken);
                    }

                    var done = await transaction.Execute(first, args, cancellationToken);
                    if (then is { } second && done < args.keys.Count)
                    {
                        done = await transaction.Execute(second, args, cancellationToken);
                    }

                    if (then is null || done > 0)
                    {
                        await transaction.Notify(Channel(claim.Key.Queue), "", cancellationToken);
                    }
                }
            },
            cancellationToken);
    }

    private sealed record ClaimedRow(string Key, string? Payload, int Attempt, DateTimeOffset AddedAt);
}
