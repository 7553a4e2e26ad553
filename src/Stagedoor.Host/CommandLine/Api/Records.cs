namespace Stagedoor.Host.CommandLine.Api;

/// <summary>A list as the portal's API answers it.</summary>
internal sealed record ItemList<T>(IReadOnlyList<T> Items, long? Total);

/// <summary>Of <c>/api/portal/plugins</c>.</summary>
internal sealed record PluginItem(string Id, string Name, string? Version, string State, string? Owner, string? Origin, string? Reason, string? Description);

/// <summary>Of <c>/api/portal/jobs</c>.</summary>
internal sealed record JobItem(
    string Name, string? Description, string? Schedule, string? Scope, bool IsPaused, bool IsRunning, DateTimeOffset? NextRunAt, JobRunItem? LastRun);

internal sealed record JobRunItem(DateTimeOffset StartedAt, DateTimeOffset? EndedAt, string Outcome, string? Summary, string? Error);

/// <summary>Of <c>/api/portal/operations</c>.</summary>
internal sealed record OperationItem(
    Guid Id, string Kind, string Title, string State, string? StartedByName, string? Entity, string? Environment, string? Reason,
    long Done, long Failed, long? Total, string? Message, DateTimeOffset CreatedAt, DateTimeOffset? StartedAt, DateTimeOffset? EndedAt)
{
    public bool IsOver => State.ToLowerInvariant() is "cancelled" or "succeeded" or "failed";

    public string Progress => (Total is null ? $"{Done}" : $"{Done} of {Total}") + (Failed > 0 ? $", {Failed} failed" : "");
}

internal sealed record OperationLogItem(long Sequence, DateTimeOffset At, string Level, string Text);

/// <summary>Of <c>/api/portal/audit</c>.</summary>
internal sealed record AuditItem(
    long Sequence, DateTimeOffset At, string By, string? ByName, string Action, string Subject, string? Entity, string? Environment,
    string? Before, string? After, string? Reason, string? RequestId);

/// <summary>Of <c>/api/portal/audit/verify</c>.</summary>
internal sealed record AuditVerification(bool Intact, long? BrokenAt);
