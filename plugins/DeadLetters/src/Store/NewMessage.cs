namespace Stagedoor.DeadLetters.Store;

/// <summary>A death as it goes into the books.</summary>
internal sealed record NewMessage
{
    public required string Env { get; init; }

    /// <summary>The broker it came from, or <c>api</c>.</summary>
    public required string Broker { get; init; }

    public required string Service { get; init; }

    /// <summary>The owner of the service as an entity reference; empty if nobody owns it.</summary>
    public required string Squad { get; init; }

    public required Identity Identity { get; init; }

    /// <summary>Nothing if it did not come from a broker.</summary>
    public Reception? Reception { get; init; }

    public required Guid Fingerprint { get; init; }

    public required DateTimeOffset DeadAt { get; init; }

    public required DateTimeOffset ReceivedAt { get; init; }

    public required string Queue { get; init; }

    public required string Exchange { get; init; }

    public required string RoutingKey { get; init; }

    public string? MessageId { get; init; }

    public string? CorrelationId { get; init; }

    /// <summary>What it is about, if a header says so: messages of one queue and key keep their order.</summary>
    public string? OrderKey { get; init; }

    public string? Type { get; init; }

    public string? ContentType { get; init; }

    public string? Error { get; init; }

    public string? ErrorType { get; init; }

    public required string Reason { get; init; }

    public int Deaths { get; init; } = 1;

    /// <summary>What was odd about it, for people to know that something may be missing.</summary>
    public string? Problem { get; init; }

    /// <summary>What the portal wrote into the message when it redelivered it: the first death, this death's forerunner, and how many redeliveries.</summary>
    public long? Lineage { get; init; }

    public long? Forerunner { get; init; }

    public int Redelivery { get; init; }

    /// <summary>JSON; see <see cref="Headers.HeaderJson"/>.</summary>
    public required string Properties { get; init; }

    public required string Headers { get; init; }

    public required string RoutingKeys { get; init; }

    public required byte[] Body { get; init; }
}

/// <summary>
/// What makes two arrivals the same death: everything in them to the byte, the times of death included, without what the
/// broker adds at each delivery.
/// </summary>
/// <param name="Hash">Of all that.</param>
/// <param name="IsNamed">It has a message id, so two that are equal are one.</param>
/// <param name="MayBeAgain">The sender says that it may have been handed over before.</param>
internal readonly record struct Identity(Guid Hash, bool IsNamed, bool MayBeAgain);

/// <summary>By which connection a message came.</summary>
/// <param name="Tag">Its number there.</param>
/// <param name="Settled">The number up to which the broker has surely heard our acknowledgements.</param>
internal readonly record struct Reception(Guid Session, long Tag, long Settled);

/// <param name="Ids">Of those that were new, in the order of the arrivals.</param>
/// <param name="Duplicates">How many were in the books already.</param>
internal sealed record Kept(IReadOnlyList<long> Ids, int Duplicates);
