using Stagedoor.Plugins;

namespace Stagedoor.Data.Queues;

/// <summary>An item as it is added to the table.</summary>
internal sealed record NewRow(string Queue, string Key, string? Payload, int MaxAttempts, DateTimeOffset AddedAt, DateTimeOffset DueAt)
{
    /// <summary>
    /// An item of that key which waits stays as it is, but not later than the new one; one that is claimed remembers that
    /// it is wanted again; one that gave up starts anew.
    /// </summary>
    public static readonly BulkInsert<NewRow> Into = new(
        "data_work",
        [
            BulkColumn<NewRow>.Of("queue", row => row.Queue),
            BulkColumn<NewRow>.Of("key", row => row.Key),
            BulkColumn<NewRow>.Of("payload", row => row.Payload),
            BulkColumn<NewRow>.Of("max_attempts", row => row.MaxAttempts),
            BulkColumn<NewRow>.Of("added_at", row => row.AddedAt),
            BulkColumn<NewRow>.Of("due_at", row => row.DueAt),
        ],
        """
        (queue, key) do update set
            payload = case when data_work.gave_up_at is null then data_work.payload else excluded.payload end,
            max_attempts = case when data_work.gave_up_at is null then data_work.max_attempts else excluded.max_attempts end,
            added_at = case when data_work.gave_up_at is null then data_work.added_at else excluded.added_at end,
            attempt = case when data_work.gave_up_at is null then data_work.attempt else 0 end,
            error = case when data_work.gave_up_at is null then data_work.error else null end,
            due_at = case when data_work.claim is null then excluded.due_at else data_work.due_at end,
            again_at = case
                when data_work.claim is null then null
                when data_work.again_at < excluded.due_at then data_work.again_at
                else excluded.due_at end,
            again_payload = case when data_work.claim is null then null else excluded.payload end,
            gave_up_at = null
        where data_work.gave_up_at is not null or data_work.claim is not null or excluded.due_at < data_work.due_at
        """);

    public static IEnumerable<NewRow> Of(string queue, IReadOnlyCollection<NewWork> items, DateTimeOffset now)
    {
        // One statement cannot settle the same key twice.
        var rows = new Dictionary<string, NewRow>(items.Count, StringComparer.Ordinal);
        foreach (var item in items)
        {
            ArgumentException.ThrowIfNullOrEmpty(item.Key, nameof(items));
            ArgumentOutOfRangeException.ThrowIfNegativeOrZero(item.MaxAttempts, nameof(items));
            var due = item.NotBefore is { } notBefore && notBefore > now ? notBefore : now;
            rows[item.Key] = rows.TryGetValue(item.Key, out var same)
                ? same with { DueAt = same.DueAt < due ? same.DueAt : due }
                : new NewRow(queue, item.Key, item.Payload, item.MaxAttempts, now, due);
        }

        // In one order, so that two replicas that add the same keys never wait for each other crosswise.
        return rows.Values.OrderBy(row => row.Key, StringComparer.Ordinal);
    }
}
