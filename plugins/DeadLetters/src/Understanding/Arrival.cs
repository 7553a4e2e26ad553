using Stagedoor.DeadLetters.Headers;

namespace Stagedoor.DeadLetters.Understanding;

/// <summary>A dead letter as it was handed over, before anybody has understood it.</summary>
internal sealed record Arrival
{
    public required string Env { get; init; }

    public required string Broker { get; init; }

    public required DateTimeOffset ReceivedAt { get; init; }

    /// <summary>The sender says that it may have handed it over before.</summary>
    public required bool MayBeAgain { get; init; }

    public Store.Reception? Reception { get; init; }

    /// <summary>The exchange and key with which it came to the queue of dead letters.</summary>
    public string Exchange { get; init; } = "";

    public string RoutingKey { get; init; } = "";

    public IReadOnlyList<string> RoutingKeys { get; init; } = [];

    public required MessageProperties Properties { get; init; }

    public required IReadOnlyDictionary<string, object?> Headers { get; init; }

    public required byte[] Body { get; init; }

    /// <summary>What a sender over HTTP knows beside the message, and an AMQP broker does not tell.</summary>
    public FailureReport? Told { get; init; }
}
