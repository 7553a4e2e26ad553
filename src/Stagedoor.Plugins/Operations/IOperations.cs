namespace Stagedoor.Plugins;

/// <summary>Begins and steers operations. Every replica sees all of them; whichever is free works on one.</summary>
public interface IOperations
{
    Task<Guid> Start(NewOperation operation, CancellationToken cancellationToken);

    /// <summary>Begins when the transaction commits.</summary>
    Task<Guid> Start(ITransaction transaction, NewOperation operation, CancellationToken cancellationToken);

    Task<Operation?> Find(Guid id, CancellationToken cancellationToken);

    /// <summary>Newest first, with the number of all that match.</summary>
    Task<(IReadOnlyList<Operation> Page, long Total)> List(OperationFilter filter, CancellationToken cancellationToken);

    /// <summary>The log after a line, oldest first.</summary>
    Task<IReadOnlyList<OperationLogLine>> Log(Guid id, long after, int limit, CancellationToken cancellationToken);

    /// <summary>Results by item. No outcome named: all.</summary>
    Task<IReadOnlyList<OperationItem>> Items(Guid id, ItemOutcome? outcome, int offset, int limit, CancellationToken cancellationToken);

    Task<SteeringResult> Pause(Guid id, Caller by, CancellationToken cancellationToken);

    Task<SteeringResult> Resume(Guid id, Caller by, CancellationToken cancellationToken);

    Task<SteeringResult> Cancel(Guid id, Caller by, CancellationToken cancellationToken);

    /// <summary>Begins an operation that takes back what this one did, where its handler can.</summary>
    Task<(SteeringResult Result, Guid? Operation)> Undo(Guid id, Caller by, CancellationToken cancellationToken);
}

public enum SteeringResult
{
    Done,
    NotFound,

    /// <summary>Not possible in the state it is in: resuming what runs, pausing what is over.</summary>
    NotPossible,
}

/// <summary>
/// Does the work of one kind of operation; registered by <see cref="PluginBuilder.Operation{THandler}"/>.
/// It may be interrupted at any moment, even by a power cut, and is then run again from the start with all that it has
/// recorded: what is done must be recognised as done. <see cref="OperationContext.Each{T}"/> sees to that for items.
/// </summary>
public interface IOperationHandler
{
    Task Run(OperationContext operation, CancellationToken cancellationToken);
}

/// <summary>A handler that can take back what it did.</summary>
public interface IUndoableOperationHandler : IOperationHandler
{
    Task Undo(OperationContext operation, CancellationToken cancellationToken);
}

/// <summary>A running operation, as its handler sees it.</summary>
public abstract class OperationContext
{
    /// <summary>The operation at the beginning of this run. When undoing: the one that is to be taken back.</summary>
    public abstract Operation Operation { get; }

    /// <summary>The input it was begun with.</summary>
    public abstract T Input<T>();

    /// <summary>What this operation last saved, in this run or in one before an interruption.</summary>
    public abstract Task<T?> LoadCheckpoint<T>(CancellationToken cancellationToken);

    public abstract Task SaveCheckpoint<T>(T checkpoint, CancellationToken cancellationToken);

    public abstract Task Log(OperationLogLevel level, string text, CancellationToken cancellationToken);

    public Task Log(string text, CancellationToken cancellationToken) => Log(OperationLogLevel.Info, text, cancellationToken);

    /// <summary>Says how far it is, for work that is not made of items.</summary>
    public abstract Task Progress(long done, long? total, string? message, CancellationToken cancellationToken);

    /// <summary>
    /// Handles items one by one, or several at once: those with a result from before an interruption are passed over,
    /// the rate limit is kept, pause and cancel are obeyed between items, and each result is recorded. A handler that throws
    /// makes that item fail, not the operation.
    /// </summary>
    public abstract Task Each<T>(
        IReadOnlyList<T> items, Func<T, string> key, Func<T, CancellationToken, Task<ItemResult>> handle, EachOptions? options, CancellationToken cancellationToken);
}

/// <summary>What became of one item.</summary>
public readonly record struct ItemResult(ItemOutcome Outcome, string? Message)
{
    public static ItemResult Succeeded(string? message = null) => new(ItemOutcome.Succeeded, message);

    public static ItemResult Failed(string message) => new(ItemOutcome.Failed, message);

    public static ItemResult Skipped(string message) => new(ItemOutcome.Skipped, message);
}

public sealed record EachOptions
{
    /// <summary>How many items are handled at the same time.</summary>
    public int InFlight { get; init; } = 1;

    /// <summary>Pauses the operation after so many failures in a row, for a person to look at.</summary>
    public int? PauseAfterFailuresInARow { get; init; }
}
