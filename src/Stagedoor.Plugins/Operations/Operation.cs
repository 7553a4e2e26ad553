namespace Stagedoor.Plugins;

public enum OperationState
{
    /// <summary>Accepted, not begun, or due to go on after an interruption.</summary>
    Waiting,
    Running,

    /// <summary>Told to stop for now, and about to.</summary>
    Pausing,
    Paused,

    /// <summary>Told to stop for good, and about to.</summary>
    Cancelling,
    Cancelled,

    /// <summary>Done. Single items may have failed; see their results.</summary>
    Succeeded,
    Failed,
}

/// <summary>One durable long-running piece of work, as everybody may watch it.</summary>
public sealed record Operation
{
    public required Guid Id { get; init; }

    /// <summary>The name under which its handler is registered: <c>dead-letters.redeliver</c>.</summary>
    public required string Kind { get; init; }

    public required string Title { get; init; }

    public required OperationState State { get; init; }

    public required string StartedBy { get; init; }

    public required string StartedByName { get; init; }

    public string? Entity { get; init; }

    public string? Environment { get; init; }

    public string? Reason { get; init; }

    /// <summary>What the handler works on, as JSON, without secrets.</summary>
    public required string Input { get; init; }

    public long Done { get; init; }

    /// <summary>Of those done.</summary>
    public long Failed { get; init; }

    public long? Total { get; init; }

    /// <summary>Items a second, at most. Nothing: as fast as it goes.</summary>
    public double? RateLimit { get; init; }

    public string? Message { get; init; }

    /// <summary>How often it was begun or taken up again after an interruption.</summary>
    public int Attempt { get; init; }

    public bool CanUndo { get; init; }

    /// <summary>The operation that this one undoes.</summary>
    public Guid? Undoes { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? StartedAt { get; init; }

    public DateTimeOffset? EndedAt { get; init; }

    public bool IsOver => State is OperationState.Cancelled or OperationState.Succeeded or OperationState.Failed;
}

/// <summary>What to begin.</summary>
public sealed record NewOperation(string Kind, string Title, Caller By)
{
    /// <summary>Given to the handler, serialised as JSON. Never a secret: keep that by <see cref="ISecrets"/> and put the handle here.</summary>
    public object Input { get; init; } = new { };

    public EntityRef? Entity { get; init; }

    public string? Environment { get; init; }

    public string? Reason { get; init; }

    public double? RateLimit { get; init; }

    /// <summary>At most one operation of a key is unfinished: beginning it twice returns the first.</summary>
    public string? Key { get; init; }
}

public enum ItemOutcome
{
    Succeeded,
    Failed,
    Skipped,
}

public sealed record OperationItem(string Key, ItemOutcome Outcome, string? Message, DateTimeOffset At);

public enum OperationLogLevel
{
    Info,
    Warning,
    Error,
}

public sealed record OperationLogLine(long Sequence, DateTimeOffset At, OperationLogLevel Level, string Text);

public sealed record OperationFilter
{
    public string? Kind { get; init; }

    public IReadOnlyCollection<OperationState> States { get; init; } = [];

    public EntityRef? Entity { get; init; }

    public EntityRef? StartedBy { get; init; }

    public int Offset { get; init; }

    public int Limit { get; init; } = 50;
}
