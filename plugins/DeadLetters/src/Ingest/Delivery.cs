using RabbitMQ.Client;
using Stagedoor.DeadLetters.Headers;

namespace Stagedoor.DeadLetters.Ingest;

/// <summary>A message as the client handed it over, copied out of the client's own memory.</summary>
internal sealed record Delivery(
    ulong Tag, bool Redelivered, string Exchange, string RoutingKey, MessageProperties Properties, IReadOnlyDictionary<string, object?> Headers, byte[] Body)
{
    private static readonly Dictionary<string, object?> None = [];

    public static Delivery Of(ulong tag, bool redelivered, string exchange, string routingKey, IReadOnlyBasicProperties properties, ReadOnlyMemory<byte> body) => new(
        tag, redelivered, exchange, routingKey, MessageProperties.Of(properties),
        properties.IsHeadersPresent() && properties.Headers is { } headers ? new Dictionary<string, object?>(headers, StringComparer.Ordinal) : None, body.ToArray());
}
