using Stagedoor.Plugins;

namespace Stagedoor.Host.Operations.Api;

/// <summary>An operation as the API tells it.</summary>
/// <param name="ItemsPerSecond">How fast it goes at the moment.</param>
/// <param name="SecondsLeft">At this pace.</param>
internal sealed record OperationAnswer(
    Guid Id, string Kind, string Title, OperationState State, bool IsOver, string StartedBy, string StartedByName, string? Entity, string? Environment, string? Reason,
    long Done, long Failed, long? Total, double? RateLimit, double? ItemsPerSecond, double? SecondsLeft, string? Message, int Attempt, bool CanUndo, Guid? Undoes,
    DateTimeOffset CreatedAt, DateTimeOffset? StartedAt, DateTimeOffset? EndedAt)
{
    public static OperationAnswer Of(WatchedOperation watched)
    {
        var operation = watched.Operation;
        return new(
            operation.Id, operation.Kind, operation.Title, operation.State, operation.IsOver, operation.StartedBy, operation.StartedByName, operation.Entity,
            operation.Environment, operation.Reason, operation.Done, operation.Failed, operation.Total, operation.RateLimit,
            watched.ItemsPerSecond is { } pace ? Math.Round(pace, 2) : null, watched.TimeLeft is { } left ? Math.Round(left.TotalSeconds) : null,
            operation.Message, operation.Attempt, operation.CanUndo, operation.Undoes, operation.CreatedAt, operation.StartedAt, operation.EndedAt);
    }
}

/// <param name="Next">Ask with <c>after</c> set to this for what comes next.</param>
/// <param name="IsOver">The operation has ended, so an empty page is the end of the log.</param>
internal sealed record LogAnswer(IReadOnlyList<LogLineAnswer> Lines, long Next, bool IsOver);

internal sealed record LogLineAnswer(long Sequence, DateTimeOffset At, OperationLogLevel Level, string Text)
{
    public static LogLineAnswer Of(OperationLogLine line) => new(line.Sequence, line.At, line.Level, line.Text);
}

internal sealed record OperationItemAnswer(string Key, ItemOutcome Outcome, string? Message, DateTimeOffset At)
{
    public static OperationItemAnswer Of(OperationItem item) => new(item.Key, item.Outcome, item.Message, item.At);
}

/// <param name="ItemsPerSecond">Nothing: as fast as it goes.</param>
internal sealed record RateRequest(double? ItemsPerSecond);
