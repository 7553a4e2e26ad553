using Stagedoor.Host.Jobs.Board;
using Stagedoor.Host.Jobs.Records;
using Stagedoor.Plugins;

namespace Stagedoor.Host.Jobs.Api;

/// <summary>A job, as the API tells it.</summary>
/// <param name="State">In words, as on the page of jobs: <c>running</c>, <c>not scheduled</c>, or how it went last.</param>
/// <param name="Schedule">In words: <c>every 5 minutes</c>, or the cron expression.</param>
/// <param name="Scope"><c>cluster</c>: each firing on one replica. <c>replica</c>: on every replica.</param>
/// <param name="Problem">Why it is not scheduled, if it is not.</param>
internal sealed record JobAnswer(
    string Name, string Plugin, string? Description, string State, string Schedule, double TimeoutSeconds, JobScope Scope, bool Paused, string? PausedBy,
    DateTimeOffset? NextRunAt, IReadOnlyList<JobRunAnswer> Running, JobRunAnswer? LastRun, string? Problem)
{
    public static JobAnswer Of(JobState state) => new(
        state.Name,
        state.Job.PluginId,
        state.Job.Description,
        JobTones.Now(state).Text,
        state.Job.When,
        state.Job.Schedule.Timeout.TotalSeconds,
        state.Scope,
        state.IsPaused,
        state.Pause?.PausedByName,
        state.IsPaused ? null : state.NextRunAt,
        [.. state.Running.Select(JobRunAnswer.Of)],
        state.Last is { } last ? JobRunAnswer.Of(last) : null,
        state.Job.Problem);
}

internal sealed record JobRunAnswer(
    Guid Id, JobOutcome Outcome, DateTimeOffset DueAt, DateTimeOffset StartedAt, DateTimeOffset? EndedAt, double? Seconds, string? Summary,
    string? Error, string Replica, bool ByHand, string? PressedBy, bool IgnoresStop)
{
    public static JobRunAnswer Of(JobRun run) => new(
        run.Id, run.Outcome, run.DueAt, run.StartedAt, run.EndedAt, run.Took?.TotalSeconds, run.Summary, run.Error, run.Replica, run.ByHand,
        run.PressedBy, run.IgnoresStop);
}

/// <param name="Message">What happened, in a sentence.</param>
/// <param name="Run">The run that begins, to be found among the job's runs in a moment.</param>
internal sealed record SteeredAnswer(string Message, Guid? Run);
