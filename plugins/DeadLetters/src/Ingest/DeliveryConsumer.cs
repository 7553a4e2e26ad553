using System.Threading.Channels;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace Stagedoor.DeadLetters.Ingest;

/// <summary>Takes deliveries from the client as they come. How many there can be at once is bounded by the prefetch.</summary>
internal sealed class DeliveryConsumer(IChannel channel, ChannelWriter<Delivery> into, Action<ShutdownEventArgs?> ended) : AsyncDefaultBasicConsumer(channel)
{
    public override async Task HandleBasicDeliverAsync(
        string consumerTag, ulong deliveryTag, bool redelivered, string exchange, string routingKey, IReadOnlyBasicProperties properties, ReadOnlyMemory<byte> body,
        CancellationToken cancellationToken = default) =>
        await into.WriteAsync(Delivery.Of(deliveryTag, redelivered, exchange, routingKey, properties, body), cancellationToken);

    /// <summary>The broker has ended it: the queue was deleted, or its node has gone.</summary>
    public override Task HandleBasicCancelAsync(string consumerTag, CancellationToken cancellationToken = default)
    {
        ended(null);
        return base.HandleBasicCancelAsync(consumerTag, cancellationToken);
    }

    public override Task HandleChannelShutdownAsync(object channel, ShutdownEventArgs reason)
    {
        ended(reason);
        return base.HandleChannelShutdownAsync(channel, reason);
    }
}
