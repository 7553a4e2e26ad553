using Stagedoor.Plugins;
using Stagedoor.UI;

namespace Stagedoor.Host.Operations;

/// <summary>How states and outcomes look and read on pages.</summary>
internal static class OperationTones
{
    public static (Tone Tone, string Text) Of(Operation operation) => operation.State switch
    {
        OperationState.Waiting => (Tone.Neutral, "waiting"),
        OperationState.Running => (Tone.Info, "running"),
        OperationState.Pausing => (Tone.Warn, "about to pause"),
        OperationState.Paused => (Tone.Warn, "paused"),
        OperationState.Cancelling => (Tone.Warn, "about to cancel"),
        OperationState.Cancelled => (Tone.Neutral, "cancelled"),
        OperationState.Succeeded when operation.Failed > 0 => (Tone.Warn, "done, some failed"),
        OperationState.Succeeded => (Tone.Ok, "succeeded"),
        _ => (Tone.Bad, "failed"),
    };

    public static Tone Of(ItemOutcome outcome) => outcome switch
    {
        ItemOutcome.Succeeded => Tone.Ok,
        ItemOutcome.Failed => Tone.Bad,
        _ => Tone.Neutral,
    };

    public static Tone Of(OperationLogLevel level) => level switch
    {
        OperationLogLevel.Warning => Tone.Warn,
        OperationLogLevel.Error => Tone.Bad,
        _ => Tone.Neutral,
    };

    /// <summary>"12.5 a second", "3 a minute".</summary>
    public static string? Rate(double? itemsPerSecond) => itemsPerSecond switch
    {
        null => null,
        >= 10 => $"{itemsPerSecond:#,0} a second",
        >= 1 => $"{itemsPerSecond:0.#} a second",
        _ => $"{itemsPerSecond * 60:0.#} a minute",
    };

    /// <summary>What stands beside a bar of progress: how fast it goes, or what went wrong.</summary>
    public static string Label(WatchedOperation watched) => Rate(watched.ItemsPerSecond) ?? watched.Operation switch
    {
        { Failed: 1 } => "1 failed",
        { Failed: > 1 and var failed } => $"{failed:#,0} failed",
        { State: OperationState.Succeeded } => "All done",
        { IsOver: true } => "Ended early",
        _ => "Done so far",
    };

    public static TimeSpan? Took(Operation operation, DateTimeOffset now) =>
        operation.StartedAt is { } started ? (operation.EndedAt ?? now) - started : null;

    public static EntityRef Starter(Operation operation) =>
        EntityRef.TryParse(operation.StartedBy, provider: null, out var starter) ? starter : EntityRef.User("unknown");
}
