using System.Text.Json.Serialization;

namespace Stagedoor.Host.Jobs.Records;

internal enum JobOutcome
{
    Running,
    Succeeded,
    Failed,

    [JsonStringEnumMemberName("timed_out")]
    TimedOut,

    /// <summary>The portal stopped, or the replica died.</summary>
    Interrupted,

    /// <summary>Somebody ended it.</summary>
    Cancelled,
}

internal static class JobOutcomes
{
    /// <summary>As it stands in the table.</summary>
    public static string Stored(this JobOutcome outcome) => outcome switch
    {
        JobOutcome.Running => "running",
        JobOutcome.Succeeded => "succeeded",
        JobOutcome.Failed => "failed",
        JobOutcome.TimedOut => "timed_out",
        JobOutcome.Interrupted => "interrupted",
        JobOutcome.Cancelled => "cancelled",
        _ => throw new ArgumentOutOfRangeException(nameof(outcome), outcome, "There is no such outcome."),
    };

    public static JobOutcome Read(string stored) => stored switch
    {
        "running" => JobOutcome.Running,
        "succeeded" => JobOutcome.Succeeded,
        "failed" => JobOutcome.Failed,
        "timed_out" => JobOutcome.TimedOut,
        "interrupted" => JobOutcome.Interrupted,
        "cancelled" => JobOutcome.Cancelled,
        _ => throw new ArgumentOutOfRangeException(nameof(stored), stored, "There is no such outcome."),
    };
}

/// <summary>One run of a job, as it is remembered.</summary>
internal sealed record JobRun
{
    public required Guid Id { get; init; }

    public required string Job { get; init; }

    public required DateTimeOffset DueAt { get; init; }

    public required DateTimeOffset StartedAt { get; init; }

    public DateTimeOffset? EndedAt { get; init; }

    public JobOutcome Outcome { get; init; }

    /// <summary>What the job said of its outcome.</summary>
    public string? Summary { get; init; }

    /// <summary>The exception's type and first line. The stack is in the log.</summary>
    public string? Error { get; init; }

    public required string Replica { get; init; }

    public bool ByHand { get; init; }

    public string? PressedBy { get; init; }

    public string? PressedByName { get; init; }

    /// <summary>It was asked to stop and went on.</summary>
    public bool IgnoresStop { get; init; }

    public string? CancelAskedBy { get; init; }

    public bool IsRunning => Outcome == JobOutcome.Running;

    public TimeSpan? Took => EndedAt - StartedAt;
}
