using Stagedoor.Plugins;

namespace Stagedoor.Data.Queues;

/// <summary>The statements of the work queue.</summary>
internal static class QueueSql
{
    /// <summary>SQLite's writer is alone; PostgreSQL locks what it takes and passes over what others have locked.</summary>
    public static readonly Sql Claim = Sql.For(
        sqlite: Claiming("limit @max"), postgres: Claiming("limit @max for update skip locked"));

    /// <summary>An item that was wanted again meanwhile gets another chance instead.</summary>
    public static readonly Sql GiveUpAbandoned = Sql.For(sqlite: Abandoned(""), postgres: Abandoned("for update skip locked"));

    /// <summary>On PostgreSQL the rows are locked in the order in which they are added, or two replicas could wait for each other crosswise.</summary>
    public const string LockInOrder =
        """
        select key from data_work where queue = @Queue and claim = @Claim and key in @keys order by key collate "C" for update
        """;

    public static readonly Sql Complete =
        "delete from data_work where queue = @Queue and claim = @Claim and key in @keys and again_at is null";

    public static readonly Sql CompleteAgain =
        """
        update data_work set claim = null, payload = again_payload, attempt = 0, error = null, added_at = @now,
            due_at = case when again_at < @now then @now else again_at end, again_at = null, again_payload = null
        where queue = @Queue and claim = @Claim and key in @keys
        """;

    public static readonly Sql Release =
        """
        update data_work set claim = null, due_at = @now,
            payload = case when again_at is null then payload else again_payload end,
            attempt = case when again_at is null then attempt - 1 else 0 end,
            again_at = null, again_payload = null
        where queue = @Queue and claim = @Claim and key in @keys
        """;

    /// <summary>An item that was wanted again begins to count anew, but waits as long as a failed one.</summary>
    public static readonly Sql Fail =
        """
        update data_work set claim = null, error = @error,
            payload = case when again_at is null then payload else again_payload end,
            attempt = case when again_at is null then attempt else 0 end,
            due_at = case when again_at > @due then again_at else @due end,
            gave_up_at = case when again_at is null and attempt >= max_attempts then @now else null end,
            again_at = null, again_payload = null
        where queue = @Queue and key = @Key and claim = @Claim
        """;

    public static readonly Sql State =
        """
        select
            count(case when gave_up_at is null and due_at <= @now then 1 end) as due,
            count(case when gave_up_at is null and claim is null and due_at > @now then 1 end) as later,
            count(case when gave_up_at is null and claim is not null and due_at > @now then 1 end) as claimed,
            count(gave_up_at) as gave_up,
            min(case when gave_up_at is null and due_at <= @now then due_at end) as oldest_due
        from data_work where queue = @queue
        """;

    public static readonly Sql Retry =
        """
        update data_work set gave_up_at = null, attempt = 0, error = null, due_at = @now
        where queue = @queue and key in @keys and gave_up_at is not null
        """;

    private static string Claiming(string limit) =>
        $"""
        update data_work set claim = @claim, due_at = @until,
            attempt = case when again_at is null then attempt + 1 else 1 end,
            payload = case when again_at is null then payload else again_payload end,
            again_at = null, again_payload = null
        where queue = @queue and key in (
            select key from data_work where queue = @queue and gave_up_at is null and due_at <= @now order by due_at, added_at, key {limit})
        returning key, payload, attempt, added_at
        """;

    private static string Abandoned(string locking) =>
        $"""
        update data_work set claim = null, gave_up_at = @now, error = @error
        where queue = @queue and key in (
            select key from data_work where queue = @queue and gave_up_at is null and due_at <= @now
                and claim is not null and attempt >= max_attempts and again_at is null {locking})
        """;
}
