using Stagedoor.Host.Loading;
using Stagedoor.Host.Texts;
using Stagedoor.Plugins;

namespace Stagedoor.Host.Operations;

/// <summary>Begins and steers operations by their rows; the runners of all replicas follow.</summary>
internal sealed class PortalOperations(
    IDatabase database, IWorkQueue queue, IAudit audit, OperationStore store, OperationKinds kinds, TimeProvider time) : IOperations
{
    private const int LongestTitle = 300;
    private const int LongestReason = 2000;
    private const int LongestKey = 200;

    public Task<Guid> Start(NewOperation operation, CancellationToken cancellationToken) =>
        database.Transaction(transaction => Start(transaction, operation, cancellationToken), cancellationToken);

    public async Task<Guid> Start(ITransaction transaction, NewOperation operation, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(transaction);
        ArgumentNullException.ThrowIfNull(operation);
        var handler = kinds.Find(operation.Kind)
            ?? throw new ArgumentException($"No active plugin handles operations of the kind '{operation.Kind}'. Register a handler with plugin.Operation<THandler>(name).", nameof(operation));
        if (string.IsNullOrWhiteSpace(operation.Title))
        {
            throw new ArgumentException("An operation needs a title that says what it does.", nameof(operation));
        }

        if (operation.Key?.Length > LongestKey)
        {
            throw new ArgumentException($"The key of an operation has at most {LongestKey} characters.", nameof(operation));
        }

        CheckRate(operation.RateLimit);
        var (id, _) = await Insert(
            transaction,
            new OperationToInsert(
                Guid.CreateVersion7(time.GetUtcNow()),
                operation.Kind,
                PlainText.Cut(operation.Title, LongestTitle),
                operation.By.Ref.ToString(),
                PlainText.Cut(operation.By.Name, LongestTitle),
                operation.Entity?.ToString(),
                operation.Environment,
                PlainText.CutOrNull(operation.Reason, LongestReason),
                OperationStore.Serialise(operation.Input),
                operation.Key,
                operation.RateLimit,
                handler.CanUndo ? 1 : 0,
                Undoes: null,
                time.GetUtcNow()),
            cancellationToken);
        return id;
    }

    public async Task<Operation?> Find(Guid id, CancellationToken cancellationToken) => (await store.Find(id, cancellationToken))?.Operation;

    public async Task<(IReadOnlyList<Operation> Page, long Total)> List(OperationFilter filter, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(filter);
        var (page, total) = await store.List(filter, cancellationToken);
        return ([.. page.Select(watched => watched.Operation)], total);
    }

    public Task<IReadOnlyList<OperationLogLine>> Log(Guid id, long after, int limit, CancellationToken cancellationToken) =>
        store.Log(id, after, limit, cancellationToken);

    public Task<IReadOnlyList<OperationItem>> Items(Guid id, ItemOutcome? outcome, int offset, int limit, CancellationToken cancellationToken) =>
        store.Items(id, outcome, offset, limit, cancellationToken);

    public Task<SteeringResult> Pause(Guid id, Caller by, CancellationToken cancellationToken) =>
        Steer(
            id,
            by,
            "operations.paused",
            "Paused",
            """
            update portal_operations
            set state = case state when 'waiting' then 'paused' else 'pausing' end, claim = case state when 'waiting' then null else claim end
            where id = @id and state in ('waiting', 'running')
            returning id, title, entity, environment
            """,
            enqueue: false,
            cancellationToken);

    public Task<SteeringResult> Resume(Guid id, Caller by, CancellationToken cancellationToken) =>
        Steer(
            id,
            by,
            "operations.resumed",
            "Resumed",
            """
            update portal_operations
            set state = case state when 'paused' then 'waiting' else 'running' end, idle_attempts = 0, message = case state when 'paused' then null else message end
            where id = @id and state in ('paused', 'pausing')
            returning id, title, entity, environment
            """,
            enqueue: true,
            cancellationToken);

    public Task<SteeringResult> Cancel(Guid id, Caller by, CancellationToken cancellationToken) =>
        Steer(
            id,
            by,
            "operations.cancelled",
            "Cancelled",
            """
            update portal_operations
            set state = case when state in ('waiting', 'paused') then 'cancelled' else 'cancelling' end,
                ended_at = case when state in ('waiting', 'paused') then @now else ended_at end,
                claim = case when state in ('waiting', 'paused') then null else claim end
            where id = @id and state in ('waiting', 'paused', 'running', 'pausing')
            returning id, title, entity, environment
            """,
            enqueue: false,
            cancellationToken);

    /// <summary>Changes how fast an unfinished operation may go. Nothing: as fast as it can.</summary>
    public Task<SteeringResult> ChangeRate(Guid id, double? itemsPerSecond, Caller by, CancellationToken cancellationToken)
    {
        CheckRate(itemsPerSecond);
        return Steer(
            id,
            by,
            "operations.rate-changed",
            itemsPerSecond is { } rate ? $"Limited to {rate:0.###} items a second" : "Limit of items a second lifted",
            "update portal_operations set rate_limit = @rate where id = @id and ended_at is null returning id, title, entity, environment",
            enqueue: false,
            cancellationToken,
            itemsPerSecond);
    }

    public async Task<(SteeringResult Result, Guid? Operation)> Undo(Guid id, Caller by, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(by);
        return await database.Transaction(
            async transaction =>
            {
                var original = await transaction.Find<OperationRow>(
                    $"select {OperationRow.Columns} from portal_operations o where o.id = @id", new { id }, cancellationToken);
                if (original is null)
                {
                    return (SteeringResult.NotFound, (Guid?)null);
                }

                if (original.CanUndo != 1 || kinds.Find(original.Kind) is not { CanUndo: true })
                {
                    return (SteeringResult.NotPossible, null);
                }

                var (undo, isNew) = await Insert(
                    transaction,
                    new OperationToInsert(
                        Guid.CreateVersion7(time.GetUtcNow()),
                        original.Kind,
                        PlainText.Cut($"Undo: {original.Title}", LongestTitle),
                        by.Ref.ToString(),
                        PlainText.Cut(by.Name, LongestTitle),
                        original.Entity,
                        original.Environment,
                        Reason: null,
                        original.Input,
                        $"undo:{id:N}",
                        original.RateLimit,
                        CanUndo: 0,
                        Undoes: id,
                        time.GetUtcNow()),
                    cancellationToken);
                if (!isNew)
                {
                    return (SteeringResult.NotPossible, null);
                }

                await store.Note(transaction, id, OperationLogLevel.Info, $"{by.Name} began to undo it, as operation {undo}.", cancellationToken);
                await audit.Record(
                    transaction,
                    new AuditEntry(by, "operations.undone", original.Title) { Entity = EntityOf(original.Entity), Environment = original.Environment },
                    cancellationToken);
                return (SteeringResult.Done, (Guid?)undo);
            },
            cancellationToken);
    }

    private static EntityRef? EntityOf(string? text) => EntityRef.TryParse(text, provider: null, out var entity) ? entity : null;

    private static void CheckRate(double? itemsPerSecond)
    {
        if (itemsPerSecond is { } rate && !(rate is > 0 and <= 1_000_000))
        {
            throw new ArgumentOutOfRangeException(nameof(itemsPerSecond), rate, "A limit is more than 0 and at most 1,000,000 items a second.");
        }
    }

    private async Task<(Guid Id, bool IsNew)> Insert(ITransaction transaction, OperationToInsert operation, CancellationToken cancellationToken)
    {
        var (id, isNew) = await OperationStore.Insert(transaction, operation, cancellationToken);
        if (isNew)
        {
            await Enqueue(transaction, id, cancellationToken);
        }

        return (id, isNew);
    }

    private Task Enqueue(ITransaction transaction, Guid id, CancellationToken cancellationToken) =>
        queue.Add(transaction, OperationStore.Queue, [OperationQueue.ItemFor(id)], cancellationToken);

    private async Task<SteeringResult> Steer(
        Guid id, Caller by, string action, string said, Sql change, bool enqueue, CancellationToken cancellationToken, double? rate = null)
    {
        ArgumentNullException.ThrowIfNull(by);
        return await database.Transaction(
            async transaction =>
            {
                var steered = await transaction.Find<SteeredRow>(change, new { id, now = time.GetUtcNow(), rate }, cancellationToken);
                if (steered is null)
                {
                    var exists = await transaction.Find<CountRow>("select count(*) as count from portal_operations where id = @id", new { id }, cancellationToken);
                    return exists is { Count: > 0 } ? SteeringResult.NotPossible : SteeringResult.NotFound;
                }

                if (enqueue)
                {
                    await Enqueue(transaction, id, cancellationToken);
                }

                await store.Note(transaction, id, OperationLogLevel.Info, $"{said} by {by.Name}.", cancellationToken);
                await transaction.Notify(OperationStore.Channel, id.ToString("N"), cancellationToken);
                await audit.Record(
                    transaction,
                    new AuditEntry(by, action, steered.Title) { Entity = EntityOf(steered.Entity), Environment = steered.Environment },
                    cancellationToken);
                return SteeringResult.Done;
            },
            cancellationToken);
    }
}

internal sealed class SteeredRow
{
    public Guid Id { get; init; }

    public string Title { get; init; } = "";

    public string? Entity { get; init; }

    public string? Environment { get; init; }
}

/// <summary>How an operation stands in the work queue.</summary>
internal static class OperationQueue
{
    // Runs are counted by the operation itself, which knows whether it got any further; the queue need never give up.
    private const int NeverGiveUp = 1_000_000;

    public static NewWork ItemFor(Guid id) => new(id.ToString("N")) { MaxAttempts = NeverGiveUp };
}

/// <summary>The kinds of operations that this replica can run: those of its active plugins.</summary>
internal sealed class OperationKinds(PluginRegistry plugins)
{
    private Dictionary<string, OperationKind> Active =>
        plugins.Active
            .SelectMany(plugin => plugin.Contributions.Operations)
            .ToDictionary(contribution => contribution.Kind, contribution => new OperationKind(contribution.Kind, contribution.Handler));

    public OperationKind? Find(string kind) => Active.GetValueOrDefault(kind);

    public IReadOnlyCollection<string> Names => Active.Keys;

    /// <summary>The name of the plugin a kind belongs to, as well as it is known.</summary>
    public string PluginOf(string kind)
    {
        var id = kind.Split('.', 2)[0];
        return plugins.Find(id)?.Info.Name ?? id;
    }
}

internal sealed record OperationKind(string Name, Type Handler)
{
    public bool CanUndo => typeof(IUndoableOperationHandler).IsAssignableFrom(Handler);
}
