namespace Stagedoor.Host.CommandLine.Api;

// What the command line reads of the portal's answers. The portal may be older or newer than it: what may be missing is
// nullable, and words are text, so that a state it does not know is shown and not a mistake.

/// <summary>Of <c>/api/portal/plugins</c>.</summary>
internal sealed record PluginAnswer(string Id, string Name, string? Description, string? Version, string? Owner, string? Origin, string State, string? Reason);

/// <summary>Of <c>/api/portal/jobs</c>.</summary>
internal sealed record JobAnswer(
    string Name, string? Plugin, string? Description, string? State, string? Schedule, string? Scope, bool Paused, string? PausedBy, DateTimeOffset? NextRunAt,
    IReadOnlyList<JobRunAnswer>? Running, JobRunAnswer? LastRun, string? Problem);

internal sealed record JobRunAnswer(DateTimeOffset StartedAt, DateTimeOffset? EndedAt, string Outcome, string? Summary, string? Error)
{
    public TimeSpan? Took => EndedAt - StartedAt;
}

/// <summary>What the portal says after steering a job.</summary>
internal sealed record SteeredAnswer(string? Message, Guid? Run);

/// <summary>Of <c>/api/portal/operations</c>.</summary>
internal sealed record OperationAnswer(
    Guid Id, string Kind, string Title, string State, bool IsOver, string? StartedByName, string? Entity, string? Environment, string? Reason,
    long Done, long Failed, long? Total, string? Message, DateTimeOffset CreatedAt, DateTimeOffset? StartedAt, DateTimeOffset? EndedAt)
{
    public string Progress => (Total is null ? $"{Done}" : $"{Done} of {Total}") + (Failed > 0 ? $", {Failed} failed" : "");
}

/// <summary>Of <c>/api/portal/operations/{id}/log</c>.</summary>
internal sealed record LogAnswer(IReadOnlyList<LogLineAnswer> Lines, long Next);

internal sealed record LogLineAnswer(long Sequence, DateTimeOffset At, string Level, string Text);

/// <summary>Of <c>/api/portal/operations/{id}/items</c>.</summary>
internal sealed record OperationItemAnswer(string Key, string Outcome, string? Message, DateTimeOffset At);

/// <summary>Of <c>/api/portal/audit</c>.</summary>
internal sealed record AuditPageAnswer(IReadOnlyList<AuditRecordAnswer> Items, long? Next);

internal sealed record AuditRecordAnswer(
    long Sequence, DateTimeOffset At, string By, string? ByName, string Action, string Subject, string? Entity, string? Environment,
    string? Before, string? After, string? Reason, string? RequestId);

/// <summary>Of <c>/api/portal/audit/verify</c>.</summary>
/// <param name="Intact">How many entries, from the first, fit the one before them.</param>
internal sealed record AuditVerdictAnswer(long Intact, long? BrokenAt);
