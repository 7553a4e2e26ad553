namespace Stagedoor.Host.Jobs;

/// <summary>How patient the jobs are with each other, with a lost replica and with a shutdown.</summary>
internal sealed record JobTimings
{
    /// <summary>How often a replica says that it is alive.</summary>
    public TimeSpan CheckIn { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>How long past a missed check-in the others wait before they take over what a replica was running.</summary>
    public TimeSpan CheckInPatience { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How late a firing may be before it counts as missed, and the plan goes on from now.</summary>
    public TimeSpan Lateness { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How often a replica looks after what notices may have missed: dead runs, cancels, pauses.</summary>
    public TimeSpan Watch { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long a run may go on after its token is cancelled before it is reported as not stopping.</summary>
    public TimeSpan StopPatience { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long running jobs may finish when the portal stops, before their tokens are cancelled.</summary>
    public TimeSpan ShutdownGrace { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long jobs may take to stop after that.</summary>
    public TimeSpan ShutdownPatience { get; init; } = TimeSpan.FromSeconds(4);

    /// <summary>How long a run's record may take to write before it is put aside and written later.</summary>
    public TimeSpan RecordPatience { get; init; } = TimeSpan.FromSeconds(5);
}
