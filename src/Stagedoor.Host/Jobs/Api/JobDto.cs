using Stagedoor.Host.Jobs.Board;
using Stagedoor.Host.Jobs.Records;

namespace Stagedoor.Host.Jobs.Api;

/// <summary>A job, as the API tells it.</summary>
/// <param name="Schedule">In words: <c>every 5 minutes</c>, or the cron expression.</param>
/// <param name="Scope"><c>cluster</c>: each firing on one replica. <c>replica</c>: on every replica.</param>
/// <param name="Problem">Why it is not scheduled, if it is not.</param>
internal sealed record JobDto(
    string Name, string Plugin, string? Description, string Schedule, double TimeoutSeconds, string Scope, bool Paused, string? PausedBy,
    DateTimeOffset? NextRunAt, IReadOnlyList<JobRunDto> Running, JobRunDto? LastRun, string? Problem)
{
    public static JobDto Of(JobState state) => new(
        state.Name,
        state.Job.PluginId,
        state.Job.Description,
        state.Job.When,
        state.Job.Schedule.Timeout.TotalSeconds,
        state.Scope == Stagedoor.Plugins.JobScope.Cluster ? "cluster" : "replica",
        state.IsPaused,
        state.Pause?.PausedByName,
        state.IsPaused ? null : state.NextRunAt,
        [.. state.Running.Select(JobRunDto.Of)],
        state.Last is { } last ? JobRunDto.Of(last) : null,
        state.Job.Problem);
}

internal sealed record JobRunDto(
    Guid Id, JobOutcome Outcome, DateTimeOffset DueAt, DateTimeOffset StartedAt, DateTimeOffset? EndedAt, double? Seconds, string? Summary,
    string? Error, string Replica, bool ByHand, string? PressedBy, bool IgnoresStop)
{
    public static JobRunDto Of(JobRun run) => new(
        run.Id, run.Outcome, run.DueAt, run.StartedAt, run.EndedAt, run.Took?.TotalSeconds, run.Summary, run.Error, run.Replica, run.ByHand,
        run.PressedBy, run.IgnoresStop);
}

internal sealed record JobListDto(IReadOnlyList<JobDto> Items, long Total);

internal sealed record JobRunListDto(IReadOnlyList<JobRunDto> Items, long Total);

/// <param name="Message">What happened, in a sentence.</param>
/// <param name="Run">The run that begins, to be found among the job's runs in a moment.</param>
internal sealed record SteeredDto(string Message, Guid? Run);
