using System.Text.Json;
using Stagedoor.Host.Texts;
using Stagedoor.Plugins;

namespace Stagedoor.Host.Operations;

/// <summary>What one may ask and change from outside a run: begin, look, list.</summary>
internal sealed class OperationStore(IDatabase database, TimeProvider time)
{
    public const string Channel = "portal_operations";
    public const string Queue = "operations";
    public const int LongestPage = 500;

    /// <summary>The longest line of a log and the longest message.</summary>
    public const int LongestText = 4000;
    private const int LongestInput = 1024 * 1024;
    private static readonly JsonSerializerOptions InputJson = new(JsonSerializerDefaults.Web);

    public static string Serialise(object input)
    {
        var json = JsonSerializer.Serialize(input, input.GetType(), InputJson);
        return json.Length <= LongestInput
            ? json
            : throw new ArgumentException($"The input of an operation is at most {LongestInput:N0} characters of JSON; this one has {json.Length:N0}. Store it, and hand over where it is.", nameof(input));
    }

    public static T Deserialise<T>(string json) =>
        JsonSerializer.Deserialize<T>(json, InputJson) ?? throw new InvalidOperationException($"The operation has no input of type {typeof(T).Name}.");

    /// <summary>The id of the new operation, or of the unfinished one that has its key.</summary>
    public static async Task<(Guid Id, bool IsNew)> Insert(ITransaction transaction, OperationToInsert operation, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            var inserted = await transaction.Execute(
                """
                insert into portal_operations
                    (id, kind, title, state, started_by, started_by_name, entity, environment, reason, input, key, rate_limit, can_undo, undoes, created_at)
                values
                    (@Id, @Kind, @Title, 'waiting', @StartedBy, @StartedByName, @Entity, @Environment, @Reason, @Input, @Key, @RateLimit, @CanUndo, @Undoes, @At)
                on conflict do nothing
                """,
                operation,
                cancellationToken);
            if (inserted == 1)
            {
                return (operation.Id, true);
            }

            var unfinished = await transaction.Query<IdRow>(
                "select id from portal_operations where key = @Key and ended_at is null", new { operation.Key }, cancellationToken);
            if (unfinished.Count == 1)
            {
                return (unfinished[0].Id, false);
            }

            if (attempt == 3)
            {
                throw new InvalidOperationException($"An operation with the key '{operation.Key}' keeps finishing while another is begun. Try again.");
            }
        }
    }

    public async Task<WatchedOperation?> Find(Guid id, CancellationToken cancellationToken) =>
        (await database.Find<OperationRow>($"select {OperationRow.Columns} from portal_operations o where o.id = @id", new { id }, cancellationToken))?.Watched();

    public async Task<(IReadOnlyList<WatchedOperation> Page, long Total)> List(OperationFilter filter, CancellationToken cancellationToken)
    {
        var conditions = new List<string> { "1 = 1" };
        if (filter.Kind is not null)
        {
            conditions.Add("o.kind = @kind");
        }

        if (filter.States.Count > 0)
        {
            // The words come from an enumeration, so they can stand in the statement itself.
            conditions.Add($"o.state in ({string.Join(", ", filter.States.Distinct().Select(state => $"'{state.Word()}'"))})");
        }

        if (filter.Entity is not null)
        {
            conditions.Add("o.entity = @entity");
        }

        if (filter.StartedBy is not null)
        {
            conditions.Add("o.started_by = @startedBy");
        }

        var where = string.Join(" and ", conditions);
        var args = new
        {
            kind = filter.Kind,
            entity = filter.Entity?.ToString(),
            startedBy = filter.StartedBy?.ToString(),
            offset = Math.Max(0, filter.Offset),
            limit = Math.Clamp(filter.Limit, 0, LongestPage),
        };
        var total = await database.Find<CountRow>($"select count(*) as count from portal_operations o where {where}", args, cancellationToken);
        var page = await database.Query<OperationRow>(
            $"select {OperationRow.Columns} from portal_operations o where {where} order by o.created_at desc, o.id desc limit @limit offset @offset",
            args,
            cancellationToken);
        return ([.. page.Select(row => row.Watched())], total?.Count ?? 0);
    }

    /// <summary>The kinds there are operations of, for a filter.</summary>
    public async Task<IReadOnlyList<string>> Kinds(CancellationToken cancellationToken) =>
        [.. (await database.Query<KindRow>("select distinct kind from portal_operations order by kind", cancellationToken)).Select(row => row.Kind)];

    public async Task<IReadOnlyList<OperationLogLine>> Log(Guid id, long after, int limit, CancellationToken cancellationToken)
    {
        var rows = await database.Query<LogRow>(
            "select sequence, at, level, text from portal_operation_log where operation_id = @id and sequence > @after order by sequence limit @limit",
            new { id, after, limit = Math.Clamp(limit, 0, 10_000) },
            cancellationToken);
        return [.. rows.Select(row => row.ToLine())];
    }

    /// <summary>The last lines, oldest first.</summary>
    public async Task<IReadOnlyList<OperationLogLine>> LastOfLog(Guid id, int limit, CancellationToken cancellationToken)
    {
        var rows = await database.Query<LogRow>(
            "select sequence, at, level, text from portal_operation_log where operation_id = @id order by sequence desc limit @limit",
            new { id, limit },
            cancellationToken);
        return [.. rows.Reverse().Select(row => row.ToLine())];
    }

    public async Task<IReadOnlyList<OperationItem>> Items(Guid id, ItemOutcome? outcome, int offset, int limit, CancellationToken cancellationToken)
    {
        var only = outcome is null ? "" : "and outcome = @outcome";
        var rows = await database.Query<ItemRow>(
            $"select key, outcome, message, at from portal_operation_items where operation_id = @id {only} order by sequence limit @limit offset @offset",
            new { id, outcome = outcome?.Word(), offset = Math.Max(0, offset), limit = Math.Clamp(limit, 0, LongestPage) },
            cancellationToken);
        return [.. rows.Select(row => new OperationItem(row.Key, Words.Read<ItemOutcome>(row.Outcome), row.Message, row.At))];
    }

    public async Task<long> CountItems(Guid id, ItemOutcome? outcome, CancellationToken cancellationToken)
    {
        var only = outcome is null ? "" : "and outcome = @outcome";
        var row = await database.Find<CountRow>(
            $"select count(*) as count from portal_operation_items where operation_id = @id {only}", new { id, outcome = outcome?.Word() }, cancellationToken);
        return row?.Count ?? 0;
    }

    /// <summary>Operations nobody works on and nobody has queued, such as those that waited for a plugin.</summary>
    public async Task<IReadOnlyList<Guid>> Waiting(IReadOnlyCollection<string> kinds, CancellationToken cancellationToken)
    {
        var rows = await database.Query<WaitingRow>(
            "select id, kind from portal_operations where state = 'waiting' order by created_at limit 1000", cancellationToken);
        return [.. rows.Where(row => kinds.Contains(row.Kind)).Select(row => row.Id)];
    }

    /// <summary>Deletes operations that ended before an instant, some at a time. Returns how many.</summary>
    public Task<int> DeleteEndedBefore(DateTimeOffset instant, int limit, CancellationToken cancellationToken) =>
        database.Transaction(
            async transaction =>
            {
                var ended = await transaction.Query<IdRow>(
                    "select id from portal_operations where ended_at < @instant order by ended_at limit @limit", new { instant, limit }, cancellationToken);
                foreach (var row in ended)
                {
                    await transaction.Execute("delete from portal_operation_items where operation_id = @Id", row, cancellationToken);
                    await transaction.Execute("delete from portal_operation_log where operation_id = @Id", row, cancellationToken);
                    await transaction.Execute("delete from portal_operations where id = @Id", row, cancellationToken);
                }

                return ended.Count;
            },
            cancellationToken);

    /// <summary>Writes a line of the portal's own into the log, besides those of the handler.</summary>
    public async Task Note(ITransaction transaction, Guid id, OperationLogLevel level, string text, CancellationToken cancellationToken)
    {
        var row = await transaction.Find<CountRow>(
            "update portal_operations set log_lines = log_lines + 1 where id = @id returning log_lines as count", new { id }, cancellationToken);
        if (row is not null)
        {
            await transaction.Execute(
                "insert into portal_operation_log (operation_id, sequence, at, level, text) values (@id, @sequence, @at, @level, @text)",
                new { id, sequence = row.Count, at = time.GetUtcNow(), level = level.Word(), text = PlainText.Cut(text, OperationStore.LongestText) },
                cancellationToken);
        }
    }
}

/// <summary>The columns of a new operation.</summary>
internal sealed record OperationToInsert(
    Guid Id, string Kind, string Title, string StartedBy, string StartedByName, string? Entity, string? Environment, string? Reason, string Input,
    string? Key, double? RateLimit, int CanUndo, Guid? Undoes, DateTimeOffset At);

internal sealed class IdRow
{
    public Guid Id { get; init; }
}

internal sealed class CountRow
{
    public long Count { get; init; }
}

internal sealed class KindRow
{
    public string Kind { get; init; } = "";
}

internal sealed class WaitingRow
{
    public Guid Id { get; init; }

    public string Kind { get; init; } = "";
}

internal sealed class LogRow
{
    public long Sequence { get; init; }

    public DateTimeOffset At { get; init; }

    public string Level { get; init; } = "";

    public string Text { get; init; } = "";

    public OperationLogLine ToLine() => new(Sequence, At, Words.Read<OperationLogLevel>(Level), Text);
}

internal sealed class ItemRow
{
    public string Key { get; init; } = "";

    public string Outcome { get; init; } = "";

    public string? Message { get; init; }

    public DateTimeOffset At { get; init; }
}
