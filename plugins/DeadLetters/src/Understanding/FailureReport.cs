namespace Stagedoor.DeadLetters.Understanding;

/// <summary>What the service that failed has written into the message, by whichever convention.</summary>
internal sealed record FailureReport
{
    /// <summary>Whose convention it is.</summary>
    public required string Convention { get; init; }

    public string? Error { get; init; }

    public string? ErrorType { get; init; }

    public string? Stack { get; init; }

    public string? Service { get; init; }

    /// <summary>The queue whose reader failed.</summary>
    public string? Queue { get; init; }

    public string? Exchange { get; init; }

    public string? RoutingKey { get; init; }

    public DateTimeOffset? At { get; init; }

    public int? Attempts { get; init; }
}
