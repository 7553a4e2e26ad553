using Stagedoor.Host.Texts;
using Stagedoor.Plugins;

namespace Stagedoor.Host.Operations;

/// <summary>A row of <c>portal_operations</c> as everybody may see it, with the pace that the contract leaves out.</summary>
internal sealed class OperationRow
{
    public const string Columns = """
        o.id, o.kind, o.title, o.state, o.started_by, o.started_by_name, o.entity, o.environment, o.reason, o.input, o.done, o.failed, o.total,
        o.rate_limit, o.pace, o.message, o.attempt, o.undoes, o.created_at, o.started_at, o.ended_at,
        case when o.can_undo = 1 and o.ended_at is not null and o.undoes is null
                  and not exists (select 1 from portal_operations u where u.undoes = o.id and u.state not in ('failed', 'cancelled'))
             then 1 else 0 end as can_undo
        """;

    public Guid Id { get; init; }

    public string Kind { get; init; } = "";

    public string Title { get; init; } = "";

    public string State { get; init; } = "";

    public string StartedBy { get; init; } = "";

    public string StartedByName { get; init; } = "";

    public string? Entity { get; init; }

    public string? Environment { get; init; }

    public string? Reason { get; init; }

    public string Input { get; init; } = "";

    public long Done { get; init; }

    public long Failed { get; init; }

    public long? Total { get; init; }

    public double? RateLimit { get; init; }

    public double? Pace { get; init; }

    public string? Message { get; init; }

    public long Attempt { get; init; }

    public long CanUndo { get; init; }

    public Guid? Undoes { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? StartedAt { get; init; }

    public DateTimeOffset? EndedAt { get; init; }

    public WatchedOperation Watched() => new(ToOperation(), Pace);

    public Operation ToOperation() => new()
    {
        Id = Id,
        Kind = Kind,
        Title = Title,
        State = Words.Read<OperationState>(State),
        StartedBy = StartedBy,
        StartedByName = StartedByName,
        Entity = Entity,
        Environment = Environment,
        Reason = Reason,
        Input = Input,
        Done = Done,
        Failed = Failed,
        Total = Total,
        RateLimit = RateLimit,
        Message = Message,
        Attempt = (int)Attempt,
        CanUndo = CanUndo == 1,
        Undoes = Undoes,
        CreatedAt = CreatedAt,
        StartedAt = StartedAt,
        EndedAt = EndedAt,
    };
}

/// <summary>An operation with how fast it goes at the moment.</summary>
internal sealed record WatchedOperation(Operation Operation, double? Pace)
{
    /// <summary>Items a second, while it runs.</summary>
    public double? ItemsPerSecond => Operation.State is OperationState.Running or OperationState.Pausing or OperationState.Cancelling && Pace > 0 ? Pace : null;

    public TimeSpan? TimeLeft =>
        Operation is { State: OperationState.Running, Total: { } total } && ItemsPerSecond is { } pace && total > Operation.Done
            ? TimeSpan.FromSeconds(Math.Min((total - Operation.Done) / pace, TimeSpan.FromDays(365).TotalSeconds))
            : null;
}
