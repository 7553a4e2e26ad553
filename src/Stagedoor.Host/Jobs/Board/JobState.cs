using Stagedoor.Host.Jobs.Planning;
using Stagedoor.Host.Jobs.Records;
using Stagedoor.Host.Jobs.Steering;
using Stagedoor.Plugins;

namespace Stagedoor.Host.Jobs.Board;

/// <summary>A job and how it is doing, on all replicas.</summary>
internal sealed record JobState(PlannedJob Job)
{
    public string Name => Job.Name;

    public JobScope Scope => Job.Schedule.Scope;

    public DateTimeOffset? NextRunAt { get; init; }

    /// <summary>Who paused it, unless the configuration did.</summary>
    public JobPause? Pause { get; init; }

    public bool IsPaused => Pause is not null || Job.PausedByConfiguration;

    /// <summary>What runs now; of a job that each replica does for itself there may be several.</summary>
    public IReadOnlyList<JobRun> Running { get; init; } = [];

    /// <summary>The last few that have ended, newest first.</summary>
    public IReadOnlyList<JobRun> Ended { get; init; } = [];

    public JobRun? Last => Ended is [var last, ..] ? last : null;
}
