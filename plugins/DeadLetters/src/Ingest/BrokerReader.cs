using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;
using RabbitMQ.Client.Exceptions;
using Stagedoor.DeadLetters.Configuration;
using Stagedoor.DeadLetters.Store;
using Stagedoor.DeadLetters.Understanding;
using Stagedoor.Plugins;

namespace Stagedoor.DeadLetters.Ingest;

/// <summary>
/// Reads the dead letters of one broker. What arrives while a batch is being kept is the next batch. A message is acknowledged
/// after it is committed and not before, so that a crash anywhere means that the broker hands it over again.
/// </summary>
internal sealed class BrokerReader(BrokerOptions broker, Keeping keeping, BrokerStates states, TimeProvider time, ILogger<BrokerReader> logger)
{
    private const int MostOfBatch = 1_000;
    private const int MostBytesOfBatch = 16 * 1024 * 1024;
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(15);

    public async Task Run(CancellationToken stopping)
    {
        var pause = FirstPause;
        while (!stopping.IsCancellationRequested)
        {
            states.Is(broker.Name, broker.Environment, BrokerStatus.Connecting, states.Find(broker.Name)?.Sentence);
            try
            {
                await using var connection = await BrokerConnections.Open(broker, $"dead letters of {broker.Environment}", stopping);
                await Read(connection, () => pause = FirstPause, stopping);
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                break;
            }
            catch (Exception failure)
            {
                var sentence = BrokerConnections.Explain(failure, broker);
                if (states.Find(broker.Name)?.Sentence != sentence)
                {
                    // What is no matter of the network is a mistake of ours, and worth its stack.
                    logger.LogWarning(IsExpected(failure) ? null : failure, "Dead letters of {Broker} are not read: {Reason}", broker.Name, sentence);
                }

                states.Is(broker.Name, broker.Environment, BrokerStatus.Unreachable, sentence);
            }

            states.GaveBack(broker.Name);
            try
            {
                await Task.Delay(pause, time, stopping);
            }
            catch (OperationCanceledException)
            {
                break;
            }

            pause = pause * 2 > LongestPause ? LongestPause : pause * 2;
        }

        states.Is(broker.Name, broker.Environment, BrokerStatus.Off);
    }

    private async Task Read(IConnection connection, Action well, CancellationToken stopping)
    {
        await using var channel = await connection.CreateChannelAsync(cancellationToken: stopping);
        using var lost = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        var deliveries = Channel.CreateUnbounded<Delivery>(new UnboundedChannelOptions { SingleReader = true });
        ShutdownEventArgs? reason = null;
        var consumer = new DeliveryConsumer(channel, deliveries.Writer, ended =>
        {
            reason ??= ended;
            lost.Cancel();
        });
        var prefetch = new Prefetch(broker.Prefetch, (long)broker.MostMegabytesInHand * 1024 * 1024);
        await channel.BasicQosAsync(prefetchSize: 0, prefetch.Now, global: false, stopping);
        var tag = await channel.BasicConsumeAsync(broker.Queue, autoAck: false, consumer, stopping);
        states.Is(broker.Name, broker.Environment, BrokerStatus.Reading);
        well();
        var batch = new List<Delivery>();
        var isHolding = false;
        var session = new Session(Guid.CreateVersion7(time.GetUtcNow()));
        try
        {
            while (await deliveries.Reader.WaitToReadAsync(lost.Token))
            {
                Fill(batch, deliveries.Reader);
                isHolding |= await KeepAndAcknowledge(channel, batch, session, isHolding, lost.Token);
                if (prefetch.Changes(batch))
                {
                    // A consumer's prefetch is fixed when it begins; what is on its way still comes to the old one.
                    await channel.BasicCancelAsync(tag, noWait: false, lost.Token);
                    await channel.BasicQosAsync(prefetchSize: 0, prefetch.Now, global: false, lost.Token);
                    tag = await channel.BasicConsumeAsync(broker.Queue, autoAck: false, consumer, lost.Token);
                }

                batch.Clear();
            }
        }
        catch (OperationCanceledException) when (!stopping.IsCancellationRequested)
        {
            // A cancel without a reason is what a consumer hears when its queue is deleted.
            throw new OperationInterruptedException(reason ?? new ShutdownEventArgs(ShutdownInitiator.Peer, 404, "the queue is gone"));
        }
    }

    private static bool IsExpected(Exception failure) =>
        failure is RabbitMQClientException or IOException or TimeoutException or OperationCanceledException or System.Net.Sockets.SocketException
            or System.Security.Authentication.AuthenticationException;

    private static void Fill(List<Delivery> batch, ChannelReader<Delivery> from)
    {
        var bytes = 0L;
        while (batch.Count < MostOfBatch && bytes < MostBytesOfBatch && from.TryRead(out var delivery))
        {
            batch.Add(delivery);
            bytes += delivery.Body.Length;
        }
    }

    /// <summary>Returns whether there is one now that could not be kept: it stays unacknowledged, and no acknowledgement may reach over it.</summary>
    private async Task<bool> KeepAndAcknowledge(IChannel channel, List<Delivery> batch, Session session, bool isHolding, CancellationToken cancellationToken)
    {
        var receivedAt = time.GetUtcNow();
        var kept = await KeepUntilItWorks([.. batch.Select(delivery => ToArrival(broker, delivery, receivedAt, session.Of(delivery)))], cancellationToken);
        states.Kept(broker.Name, kept.Ids.Count, kept.Duplicates, kept.Refused.Count);
        if (kept.Refused.Count == 0 && !isHolding)
        {
            await channel.BasicAckAsync(batch[^1].Tag, multiple: true, cancellationToken);
            session.Acknowledged(batch[^1].Tag);
            return false;
        }

        var refused = kept.Refused.Select(one => one.Index).ToHashSet();
        for (var i = 0; i < batch.Count; i++)
        {
            if (!refused.Contains(i))
            {
                await channel.BasicAckAsync(batch[i].Tag, multiple: false, cancellationToken);
            }
        }

        if (refused.Count > 0)
        {
            states.Is(broker.Name, broker.Environment, BrokerStatus.Reading, $"The database refuses {refused.Count} messages: {kept.Refused[0].Reason} They stay on the broker; the log names them.");
        }

        return true;
    }

    /// <summary>While the database is away nothing is acknowledged, and the broker sends no more than the prefetch.</summary>
    private async Task<KeptArrivals> KeepUntilItWorks(IReadOnlyList<Arrival> arrivals, CancellationToken cancellationToken)
    {
        var pause = FirstPause;
        while (true)
        {
            try
            {
                var kept = await keeping.Keep(arrivals, cancellationToken);
                if (states.Find(broker.Name)?.Status == BrokerStatus.Waiting)
                {
                    states.Is(broker.Name, broker.Environment, BrokerStatus.Reading);
                }

                return kept;
            }
            catch (DatabaseUnavailableException away)
            {
                states.Is(broker.Name, broker.Environment, BrokerStatus.Waiting, $"The database does not take messages at the moment, so they wait on the broker: {away.Message}");
                await Task.Delay(pause, time, cancellationToken);
                pause = pause * 2 > LongestPause ? LongestPause : pause * 2;
            }
        }
    }

    internal static Arrival ToArrival(BrokerOptions broker, Delivery delivery, DateTimeOffset receivedAt, Reception reception) => new()
    {
        Env = broker.Environment,
        Broker = broker.Name,
        ReceivedAt = receivedAt,
        MayBeAgain = delivery.Redelivered,
        Reception = reception,
        Exchange = delivery.Exchange,
        RoutingKey = delivery.RoutingKey,
        RoutingKeys = [delivery.RoutingKey],
        Properties = delivery.Properties,
        Headers = delivery.Headers,
        Body = delivery.Body,
    };

    /// <summary>
    /// One connection's deliveries. AMQP does not confirm acknowledgements, and the last ones may be on their way when a connection
    /// breaks; those of two batches before have been heard, for the broker has sent more since.
    /// </summary>
    private sealed class Session(Guid id)
    {
        private readonly Queue<ulong> _acknowledged = new();
        private long _settled;

        public Reception Of(Delivery delivery) => new(id, (long)delivery.Tag, _settled);

        public void Acknowledged(ulong tag)
        {
            _acknowledged.Enqueue(tag);
            if (_acknowledged.Count > 2)
            {
                _settled = (long)_acknowledged.Dequeue();
            }
        }
    }
}
