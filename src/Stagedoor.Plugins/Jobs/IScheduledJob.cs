namespace Stagedoor.Plugins;

/// <summary>Work on a schedule. Created anew, in a scope of its own, for each run.</summary>
public interface IScheduledJob
{
    /// <summary>
    /// Does the work once. Throwing marks the run as failed; the next one comes as planned. The token ends the
    /// run on its timeout, on a cancel, and when the portal stops.
    /// </summary>
    Task Run(JobContext job, CancellationToken cancellationToken);
}

/// <summary>What a run may know and say.</summary>
public sealed class JobContext(string name, DateTimeOffset dueAt, bool byHand)
{
    public string Name { get; } = name;

    public DateTimeOffset DueAt { get; } = dueAt;

    /// <summary>Somebody pressed "run now".</summary>
    public bool ByHand { get; } = byHand;

    /// <summary>One line about the outcome, shown beside the run: "12 new, 3 gone".</summary>
    public string? Summary { get; set; }
}

/// <summary>Where a firing of a job runs.</summary>
public enum JobScope
{
    /// <summary>Each firing on one replica.</summary>
    Cluster,

    /// <summary>Each firing on every replica: for what a replica does for itself, such as pruning its cache.</summary>
    Replica,
}

/// <summary>When and how a job runs. Its times can be overridden in the configuration, below <c>jobs</c>.</summary>
public sealed record JobSchedule
{
    /// <summary>The time between two starts. Exactly one of this and <see cref="Cron"/>.</summary>
    public TimeSpan? Every { get; init; }

    /// <summary>A cron expression of six fields (seconds first), in UTC.</summary>
    public string? Cron { get; init; }

    public TimeSpan Timeout { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Each start is delayed by a random part of this, so that jobs of many replicas do not all start together.</summary>
    public TimeSpan Jitter { get; init; }

    /// <summary>How long after the portal's start the first run comes.</summary>
    public TimeSpan InitialDelay { get; init; } = TimeSpan.FromSeconds(5);

    public JobScope Scope { get; init; } = JobScope.Cluster;
}
