namespace Stagedoor.Host.Jobs.Steering;

internal enum SteerOutcome
{
    Done,
    NoSuchJob,

    /// <summary>It is not in the state that this needs: already running, already paused, not running.</summary>
    Refused,
}

/// <summary>What became of an attempt to steer a job, in a sentence for whoever tried.</summary>
/// <param name="Run">The run that begins, when one was asked for and it is known.</param>
internal sealed record Steered(SteerOutcome Outcome, string Says, Guid? Run = null)
{
    public bool IsDone => Outcome == SteerOutcome.Done;

    public static Steered Done(string says, Guid? run = null) => new(SteerOutcome.Done, says, run);

    public static Steered Refused(string says) => new(SteerOutcome.Refused, says);

    public static Steered NoSuchJob(string name) =>
        new(SteerOutcome.NoSuchJob, $"There is no job named {name}. It may belong to a plugin that is not active; the page of jobs lists all.");
}
