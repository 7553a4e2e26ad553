namespace Stagedoor.DeadLetters.Store;

/// <summary>Which messages of an environment. What is not given does not narrow.</summary>
internal sealed record MessageQuery(string Env)
{
    public IReadOnlyCollection<MessageState> States { get; init; } = [MessageState.Dead];

    /// <summary>An entity reference; empty for what nobody owns.</summary>
    public string? Squad { get; init; }

    public string? Service { get; init; }

    public long? Cause { get; init; }

    public string? Queue { get; init; }

    public string? RoutingKey { get; init; }

    public string? MessageId { get; init; }

    public string? CorrelationId { get; init; }

    public string? Reason { get; init; }

    /// <summary>A part of the error's text or type.</summary>
    public string? Error { get; init; }

    /// <summary>A part of anything that stands in a list.</summary>
    public string? Text { get; init; }

    public DateTimeOffset? From { get; init; }

    public DateTimeOffset? Until { get; init; }

    /// <summary>Only messages that were there when somebody looked: the largest id then.</summary>
    public long? UpTo { get; init; }

    /// <summary>No index leads to what is asked for: it must be looked for among all that the rest leaves.</summary>
    public bool IsSearch => MessageId is null && CorrelationId is null && (Queue ?? RoutingKey ?? Reason ?? Error ?? Text) is not null;

    /// <summary>Nothing but what the counters know.</summary>
    public bool IsCounted =>
        Queue is null && RoutingKey is null && MessageId is null && CorrelationId is null && Reason is null && Error is null && Text is null && From is null && Until is null && UpTo is null;
}

/// <summary>A place in a list, newest first: what comes after the message with this time and id.</summary>
internal readonly record struct ListPlace(DateTimeOffset DeadAt, long Id);

/// <param name="Next">Where the next page begins; nothing if this was the last.</param>
/// <param name="IsPart">Not everything was looked through: there may be more, though the page is not full.</param>
internal sealed record MessagePage(IReadOnlyList<DeadMessage> Messages, ListPlace? Next, bool IsPart);

/// <summary>A message to be handled, and what it keeps its order with: its queue, and its key if it has one.</summary>
internal sealed record MessageInLine(long Id, string Queue, string? OrderKey);

/// <summary>A message as a list shows it.</summary>
internal sealed record DeadMessage
{
    public required long Id { get; init; }

    public required string Env { get; init; }

    public required string Broker { get; init; }

    public required string Service { get; init; }

    public required string Squad { get; init; }

    public required long CauseId { get; init; }

    public required MessageState State { get; init; }

    public required DateTimeOffset DeadAt { get; init; }

    public required DateTimeOffset ReceivedAt { get; init; }

    public required string Queue { get; init; }

    public required string Exchange { get; init; }

    public required string RoutingKey { get; init; }

    public string? MessageId { get; init; }

    public string? CorrelationId { get; init; }

    public string? Type { get; init; }

    public string? ContentType { get; init; }

    public string? Error { get; init; }

    public string? ErrorType { get; init; }

    public required string Reason { get; init; }

    public required int Deaths { get; init; }

    public required int BodySize { get; init; }

    public string? Problem { get; init; }

    /// <summary>How often an identical message arrived; more than one when the broker delivered it again.</summary>
    public required int Copies { get; init; }

    /// <summary>The first death of what this one is a redelivery of.</summary>
    public long? Lineage { get; init; }

    public required int Redelivery { get; init; }

    /// <summary>When it was redelivered and died again.</summary>
    public DateTimeOffset? CameBackAt { get; init; }

    public required int Version { get; init; }

    public required DateTimeOffset StateAt { get; init; }

    public string? Actor { get; init; }

    public Guid? Operation { get; init; }

    /// <summary>What became of the last redelivery, in a sentence.</summary>
    public string? Outcome { get; init; }
}

/// <summary>The message itself, as it was on the broker.</summary>
/// <param name="Properties">JSON; see <see cref="Headers.HeaderJson"/>.</param>
internal sealed record MessageContent(string Properties, string Headers, string RoutingKeys, byte[] Body);

internal sealed record Deed(long Id, DateTimeOffset At, string What, string Actor, Guid? Operation, string? Note);
