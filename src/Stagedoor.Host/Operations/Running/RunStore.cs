using Stagedoor.Host.Texts;
using Stagedoor.Plugins;

namespace Stagedoor.Host.Operations.Running;

/// <summary>
/// What a run writes. Every write names the run's claim and does nothing once another run has taken the operation up;
/// that is what keeps a replica that was away for a while from writing over the one that took its place.
/// </summary>
internal sealed class RunStore(IDatabase database, TimeProvider time)
{
    public const int LongestKey = 500;
    private const int LongestCheckpoint = 1024 * 1024;

    /// <summary>So many runs in a row that end in an interruption without having got any further, and it is given up.</summary>
    private const int MostIdleAttempts = 10;

    public async Task<string?> FindKind(Guid id, CancellationToken cancellationToken) =>
        (await database.Find<KindRow>("select kind from portal_operations where id = @id", new { id }, cancellationToken))?.Kind;

    public Task WaitFor(Guid id, string message, CancellationToken cancellationToken) =>
        database.Execute(
            """
            update portal_operations set state = 'waiting', message = @message
            where id = @id and state in ('waiting', 'running') and (message is null or message <> @message)
            """,
            new { id, message },
            cancellationToken);

    /// <summary>Makes the operation this claim's. Nothing when there is nothing to run.</summary>
    public Task<TakenUp?> TakeUp(Guid id, Guid claim, CancellationToken cancellationToken) =>
        database.Transaction<TakenUp?>(
            async transaction =>
            {
                var row = await transaction.Find<TakeUpRow>(
                    Sql.For(
                        sqlite: "select state, claim, idle_attempts, log_lines, undoes from portal_operations where id = @id",
                        postgres: "select state, claim, idle_attempts, log_lines, undoes from portal_operations where id = @id for update"),
                    new { id },
                    cancellationToken);
                if (row is not { State: "waiting" or "running" or "pausing" or "cancelling" })
                {
                    return null;
                }

                if (row.State is "pausing" or "cancelling")
                {
                    // Its runner died before it could obey. There is nothing left to stop.
                    await transaction.Execute(
                        """
                        update portal_operations
                        set state = case state when 'pausing' then 'paused' else 'cancelled' end, claim = null, pace = null,
                            ended_at = case state when 'cancelling' then @now else null end
                        where id = @id
                        """,
                        new { id, now = time.GetUtcNow() },
                        cancellationToken);
                    return null;
                }

                var interrupted = row.Claim is not null;
                if (interrupted && row.IdleAttempts >= MostIdleAttempts)
                {
                    await transaction.Execute(
                        "update portal_operations set state = 'failed', claim = null, pace = null, ended_at = @now, message = @message where id = @id",
                        new { id, now = time.GetUtcNow(), message = $"Given up: it was interrupted {MostIdleAttempts} times in a row without getting any further. Look at the portal's log for what ended it." },
                        cancellationToken);
                    return null;
                }

                await transaction.Execute(
                    """
                    update portal_operations
                    set state = 'running', claim = @claim, started_at = coalesce(started_at, @now), message = null, pace = null,
                        attempt = attempt + case when claim is not null or started_at is null then 1 else 0 end, idle_attempts = idle_attempts + 1
                    where id = @id
                    """,
                    new { id, claim, now = time.GetUtcNow() },
                    cancellationToken);
                var columns = $"select {OperationRow.Columns} from portal_operations o where o.id = @id";
                var own = await transaction.Find<OperationRow>(columns, new { id }, cancellationToken);
                var original = row.Undoes is { } undoes ? await transaction.Find<OperationRow>(columns, new { id = undoes }, cancellationToken) : own;
                return new TakenUp(own!.ToOperation(), original?.ToOperation() ?? own.ToOperation(), interrupted, row.LogLines);
            },
            cancellationToken);

    /// <summary>Looks at what is wanted of a run. Nothing when it is no longer this claim's.</summary>
    public async Task<Sight?> Look(Guid id, Guid claim, CancellationToken cancellationToken) =>
        (await database.Find<SightRow>("select state, rate_limit from portal_operations where id = @id and claim = @claim", new { id, claim }, cancellationToken))?.Sight;

    public async IAsyncEnumerable<string> RecordedKeys(Guid id, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var row in database.Stream<KeyRow>("select key from portal_operation_items where operation_id = @id", new { id }, cancellationToken))
        {
            yield return row.Key;
        }
    }

    public async Task<string?> LoadCheckpoint(Guid id, CancellationToken cancellationToken) =>
        (await database.Find<CheckpointRow>("select checkpoint from portal_operations where id = @id", new { id }, cancellationToken))?.Checkpoint;

    public async Task<Sight?> SaveCheckpoint(Guid id, Guid claim, string checkpoint, CancellationToken cancellationToken)
    {
        if (checkpoint.Length > LongestCheckpoint)
        {
            throw new ArgumentException($"A checkpoint is at most {LongestCheckpoint:N0} characters of JSON; this one has {checkpoint.Length:N0}.", nameof(checkpoint));
        }

        return await database.Transaction(
            async transaction => (await transaction.Find<SightRow>(
                "update portal_operations set checkpoint = @checkpoint, idle_attempts = 0 where id = @id and claim = @claim returning state, rate_limit",
                new { id, claim, checkpoint },
                cancellationToken))?.Sight,
            cancellationToken);
    }

    /// <summary>Writes what has piled up, all or nothing.</summary>
    public Task<Sight?> Write(Guid id, Guid claim, Pile pile, CancellationToken cancellationToken) =>
        database.Transaction<Sight?>(
            async transaction =>
            {
                var moved = pile.Items.Count > 0 || pile.Progress is not null;
                var row = await transaction.Find<SightRow>(
                    """
                    update portal_operations
                    set done = done + @items, failed = failed + @failed, log_lines = log_lines + @lines,
                        pace = case when @moved = 1 then @pace else pace end, idle_attempts = case when @moved = 1 then 0 else idle_attempts end
                    where id = @id and claim = @claim
                    returning state, rate_limit, log_lines
                    """,
                    new
                    {
                        id,
                        claim,
                        items = (long)pile.Items.Count,
                        failed = pile.Items.LongCount(item => item.Outcome == ItemOutcome.Failed),
                        lines = (long)pile.Lines.Count,
                        moved = moved ? 1 : 0,
                        pace = pile.Pace,
                    },
                    cancellationToken);
                if (row is null)
                {
                    return null;
                }

                if (pile.Progress is { } progress)
                {
                    await transaction.Execute(
                        """
                        update portal_operations
                        set done = coalesce(@Done, done), total = coalesce(@Total, total), message = coalesce(@Message, message)
                        where id = @id
                        """,
                        new { id, progress.Done, progress.Total, progress.Message },
                        cancellationToken);
                }

                if (pile.Items.Count > 0)
                {
                    await transaction.Insert(ItemsOf(id), pile.Items, cancellationToken);
                }

                if (pile.Lines.Count > 0)
                {
                    var first = row.LogLines - pile.Lines.Count + 1;
                    await transaction.Insert(LinesOf(id), pile.Lines.Select((line, i) => line with { Sequence = first + i }), cancellationToken);
                }

                return row.Sight;
            },
            cancellationToken);

    /// <summary>Ends the operation for good.</summary>
    public Task<bool> End(Guid id, Guid claim, OperationState state, string? message, CancellationToken cancellationToken) =>
        database.Transaction(
            async transaction => await transaction.Execute(
                """
                update portal_operations set state = @state, message = coalesce(@message, message), claim = null, pace = null, ended_at = @now
                where id = @id and claim = @claim
                """,
                new { id, claim, state = state.Word(), message, now = time.GetUtcNow() },
                cancellationToken) == 1,
            cancellationToken);

    /// <summary>
    /// Ends a run but not, unless somebody asked for that, the operation. Returns the state it is left in: told to pause it is
    /// paused, told to cancel cancelled, otherwise as <paramref name="state"/> says. Nothing when it is no longer this claim's.
    /// </summary>
    /// <param name="wasIdle">The run was cut short by the portal, not by the operation's own doing, and does not count.</param>
    public Task<OperationState?> Settle(
        Guid id, Guid claim, OperationState state, string? message, bool interrupted, bool wasIdle, CancellationToken cancellationToken) =>
        database.Transaction<OperationState?>(
            async transaction =>
            {
                var row = await transaction.Find<SightRow>(
                    """
                    update portal_operations
                    set state = case state when 'pausing' then 'paused' when 'cancelling' then 'cancelled' else @state end,
                        ended_at = case state when 'cancelling' then @now else null end,
                        claim = case when @interrupted = 1 and state = 'running' then claim else null end,
                        message = coalesce(@message, message), pace = null,
                        idle_attempts = case when @wasIdle = 1 and idle_attempts > 0 then idle_attempts - 1 else idle_attempts end
                    where id = @id and claim = @claim
                    returning state, rate_limit
                    """,
                    new { id, claim, state = state.Word(), message, interrupted = interrupted ? 1 : 0, wasIdle = wasIdle ? 1 : 0, now = time.GetUtcNow() },
                    cancellationToken);
                return row is null ? (OperationState?)null : Words.Read<OperationState>(row.State);
            },
            cancellationToken);

    private static BulkInsert<OperationItem> ItemsOf(Guid id) => new(
        "portal_operation_items",
        [
            BulkColumn<OperationItem>.Of("operation_id", _ => id),
            BulkColumn<OperationItem>.Of("key", item => item.Key),
            BulkColumn<OperationItem>.Of("outcome", item => item.Outcome.Word()),
            BulkColumn<OperationItem>.Of("message", item => item.Message),
            BulkColumn<OperationItem>.Of("at", item => item.At),
        ]);

    private static BulkInsert<OperationLogLine> LinesOf(Guid id) => new(
        "portal_operation_log",
        [
            BulkColumn<OperationLogLine>.Of("operation_id", _ => id),
            BulkColumn<OperationLogLine>.Of("sequence", line => line.Sequence),
            BulkColumn<OperationLogLine>.Of("at", line => line.At),
            BulkColumn<OperationLogLine>.Of("level", line => line.Level.Word()),
            BulkColumn<OperationLogLine>.Of("text", line => line.Text),
        ]);

    private sealed class TakeUpRow
    {
        public string State { get; init; } = "";

        public Guid? Claim { get; init; }

        public long IdleAttempts { get; init; }

        public long LogLines { get; init; }

        public Guid? Undoes { get; init; }
    }

    private sealed class SightRow
    {
        public string State { get; init; } = "";

        public double? RateLimit { get; init; }

        public long LogLines { get; init; }

        public Sight Sight => new(Words.Read<OperationState>(State), RateLimit);
    }

    private sealed class KeyRow
    {
        public string Key { get; init; } = "";
    }

    private sealed class CheckpointRow
    {
        public string? Checkpoint { get; init; }
    }
}

/// <summary>An operation in the hands of a run.</summary>
/// <param name="Own">The operation that runs.</param>
/// <param name="Subject">What its handler is shown: the operation itself, or the one it undoes.</param>
internal sealed record TakenUp(Operation Own, Operation Subject, bool Interrupted, long LogLines)
{
    public bool IsUndo => Own.Undoes is not null;
}

/// <summary>What a run sees when it looks up: what is wanted of it, and how fast it may go.</summary>
internal readonly record struct Sight(OperationState State, double? RateLimit);

/// <summary>What has piled up since the last write.</summary>
internal sealed record Pile(IReadOnlyList<OperationItem> Items, IReadOnlyList<OperationLogLine> Lines, PileProgress? Progress, double? Pace)
{
    public bool IsEmpty => Items.Count == 0 && Lines.Count == 0 && Progress is null;
}

internal sealed record PileProgress(long? Done, long? Total, string? Message);
