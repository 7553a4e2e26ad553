namespace Stagedoor.Host.CommandLine.Api;

/// <summary>A list as the portal's API answers it.</summary>
internal sealed record ItemList<T>(IReadOnlyList<T> Items, long? Total);

/// <summary>Of <c>/api/portal/plugins</c>.</summary>
internal sealed record PluginItem(string Id, string Name, string? Description, string? Version, string? Owner, string? Origin, string State, string? Reason);

/// <summary>Of <c>/api/portal/jobs</c>.</summary>
internal sealed record JobItem(
    string Name, string? Plugin, string? Description, string? Schedule, string? Scope, bool Paused, string? PausedBy, DateTimeOffset? NextRunAt,
    IReadOnlyList<JobRunItem>? Running, JobRunItem? LastRun, string? Problem)
{
    public string State => Problem is not null ? "not planned" : Running is { Count: > 0 } ? "running" : Paused ? "paused" : "waiting";
}

internal sealed record JobRunItem(DateTimeOffset StartedAt, DateTimeOffset? EndedAt, string Outcome, string? Summary, string? Error)
{
    public TimeSpan? Took => EndedAt - StartedAt;
}

/// <summary>What the portal says after steering a job.</summary>
internal sealed record Steered(string? Message, Guid? Run);

/// <summary>Of <c>/api/portal/operations</c>.</summary>
internal sealed record OperationItem(
    Guid Id, string Kind, string Title, string State, string? StartedByName, string? Entity, string? Environment, string? Reason,
    long Done, long Failed, long? Total, string? Message, DateTimeOffset CreatedAt, DateTimeOffset? StartedAt, DateTimeOffset? EndedAt)
{
    public bool IsOver => State.ToLowerInvariant() is "cancelled" or "succeeded" or "failed";

    public string Progress => (Total is null ? $"{Done}" : $"{Done} of {Total}") + (Failed > 0 ? $", {Failed} failed" : "");
}

/// <summary>Of <c>/api/portal/operations/{id}/log</c>.</summary>
internal sealed record OperationLogPage(IReadOnlyList<OperationLogItem> Lines, long Next);

internal sealed record OperationLogItem(long Sequence, DateTimeOffset At, string Level, string Text);

/// <summary>Of <c>/api/portal/audit</c>.</summary>
internal sealed record AuditPage(IReadOnlyList<AuditItem> Items, long? Next);

internal sealed record AuditItem(
    long Sequence, DateTimeOffset At, string By, string? ByName, string Action, string Subject, string? Entity, string? Environment,
    string? Before, string? After, string? Reason, string? RequestId);

/// <summary>Of <c>/api/portal/audit/verify</c>.</summary>
/// <param name="Intact">How many entries, from the first, fit the one before them.</param>
internal sealed record AuditVerdict(long Intact, long? BrokenAt);
