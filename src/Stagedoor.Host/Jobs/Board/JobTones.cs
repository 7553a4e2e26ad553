using Stagedoor.Host.Jobs.Records;
using Stagedoor.UI;

namespace Stagedoor.Host.Jobs.Board;

/// <summary>States and outcomes of jobs as words and tones.</summary>
internal static class JobTones
{
    public static (Tone Tone, string Text) Now(JobState state) => state switch
    {
        { Job.Problem: not null } => (Tone.Bad, "not scheduled"),
        { Running: [{ IgnoresStop: true }, ..] } => (Tone.Bad, "does not stop"),
        { Running: [{ CancelAskedBy: not null }, ..] } => (Tone.Warn, "stopping"),
        { Running.Count: > 0 } => (Tone.Info, "running"),
        { IsPaused: true } => (Tone.Warn, "paused"),
        { Last: null } => (Tone.Neutral, "waiting"),
        { Last: { } last } => Of(last.Outcome),
    };

    public static (Tone Tone, string Text) Of(JobOutcome outcome) => outcome switch
    {
        JobOutcome.Running => (Tone.Info, "running"),
        JobOutcome.Succeeded => (Tone.Ok, "succeeded"),
        JobOutcome.Failed => (Tone.Bad, "failed"),
        JobOutcome.TimedOut => (Tone.Bad, "timed out"),
        JobOutcome.Interrupted => (Tone.Warn, "interrupted"),
        _ => (Tone.Neutral, "cancelled"),
    };
}
