namespace Stagedoor.Host.Operations.Running;

/// <summary>
/// The runner's rhythm and bounds. Whoever dies is missed after a lease at the latest, and another looks for work at every poll:
/// together less than the 15 seconds in which an interrupted operation is taken up again.
/// </summary>
internal sealed record RunnerLimits
{
    public TimeSpan Lease { get; init; } = TimeSpan.FromSeconds(10);

    public TimeSpan Heartbeat { get; init; } = TimeSpan.FromSeconds(3);

    public TimeSpan Poll { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>How long results and log lines may wait to be written together.</summary>
    public TimeSpan Flush { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>How many lines a handler may write into the log of one operation.</summary>
    public int MostLogLines { get; init; } = 10_000;

    /// <summary>How often operations that nobody has queued are looked for.</summary>
    public TimeSpan Sweep { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long items in hand may take when the portal stops, before their token ends them.</summary>
    public TimeSpan ItemGrace { get; init; } = TimeSpan.FromSeconds(3);
}
