using Stagedoor.Plugins;

namespace Stagedoor.Host.Audit;

/// <summary>A row of <c>portal_audit</c>.</summary>
internal sealed record AuditRow
{
    public const string Columns =
        "sequence, at, actor, actor_name, action, subject, entity, environment, state_before, state_after, reason, request_id, previous_hash, hash";

    public long Sequence { get; init; }

    public DateTimeOffset At { get; init; }

    public string Actor { get; init; } = "";

    public string ActorName { get; init; } = "";

    public string Action { get; init; } = "";

    public string Subject { get; init; } = "";

    public string? Entity { get; init; }

    public string? Environment { get; init; }

    public string? StateBefore { get; init; }

    public string? StateAfter { get; init; }

    public string? Reason { get; init; }

    public string? RequestId { get; init; }

    public string PreviousHash { get; init; } = "";

    public string Hash { get; init; } = "";

    public AuditRecord ToRecord() =>
        new(Sequence, At, Actor, ActorName, Action, Subject, Entity, Environment, StateBefore, StateAfter, Reason, RequestId, Hash);
}
