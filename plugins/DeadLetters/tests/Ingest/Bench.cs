using Microsoft.Extensions.Logging.Abstractions;
using RabbitMQ.Client;
using Stagedoor.DeadLetters.Configuration;
using Stagedoor.DeadLetters.Ingest;
using Stagedoor.DeadLetters.Store;
using Stagedoor.Plugins;
using Stagedoor.Testing.Waiting;

namespace Stagedoor.DeadLetters.Tests.Ingest;

/// <summary>A source queue whose rejected messages die into a queue of dead letters, and readers of that queue.</summary>
internal sealed class Bench : IAsyncDisposable
{
    private readonly List<(CancellationTokenSource Stop, Task Running)> _readers = [];
    private readonly IConnection _connection;

    private Bench(IConnection connection, IChannel channel, string address)
    {
        _connection = connection;
        Channel = channel;
        var name = $"t{Guid.NewGuid():N}";
        (Source, Dead, Exchange, Env) = ($"{name}-source", $"{name}-dead", $"{name}-dlx", name[..12]);
        Broker = Of(address);
    }

    public IChannel Channel { get; }

    public string Source { get; }

    public string Dead { get; }

    public string Exchange { get; }

    public string Env { get; }

    public BrokerOptions Broker { get; }

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public static async Task<Bench> Open(string address, bool byArguments = true)
    {
        var factory = new ConnectionFactory { Uri = new Uri(address), MaxInboundMessageBodySize = 64 * 1024 * 1024 };
        var connection = await factory.CreateConnectionAsync(Cancelled);
        var channel = await connection.CreateChannelAsync(new CreateChannelOptions(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true), Cancelled);
        var bench = new Bench(connection, channel, address);
        await channel.ExchangeDeclareAsync(bench.Exchange, ExchangeType.Fanout, durable: true, cancellationToken: Cancelled);
        await bench.DeclareDead();
        await channel.QueueDeclareAsync(
            bench.Source, durable: true, exclusive: false, autoDelete: false,
            byArguments ? new Dictionary<string, object?> { ["x-queue-type"] = "quorum", ["x-dead-letter-exchange"] = bench.Exchange } : new Dictionary<string, object?> { ["x-queue-type"] = "quorum" },
            cancellationToken: Cancelled);
        return bench;
    }

    public async Task DeclareDead()
    {
        await Channel.QueueDeclareAsync(Dead, durable: true, exclusive: false, autoDelete: false, new Dictionary<string, object?> { ["x-queue-type"] = "quorum" }, cancellationToken: Cancelled);
        await Channel.QueueBindAsync(Dead, Exchange, "", cancellationToken: Cancelled);
    }

    public BrokerOptions Of(string address, string name = "rabbit")
    {
        var uri = new Uri(address);
        return new BrokerOptions
        {
            Name = name, Environment = Env, Address = new Uri($"amqp://{uri.Host}:{uri.Port}"), Username = uri.UserInfo.Split(':')[0], Password = uri.UserInfo.Split(':')[1], Queue = Dead, Exchange = Exchange,
        };
    }

    /// <summary>Publishes to the source, as many at once as confirms allow.</summary>
    public async Task Publish(IEnumerable<(BasicProperties Properties, byte[] Body)> messages, string? to = null)
    {
        foreach (var batch in messages.Chunk(200))
        {
            await Task.WhenAll(batch.Select(message => Channel.BasicPublishAsync("", to ?? Source, mandatory: true, message.Properties, message.Body, Cancelled).AsTask()));
        }
    }

    /// <summary>What a service does that cannot handle what it gets.</summary>
    public async Task Reject(int count)
    {
        for (var i = 0; i < count; i++)
        {
            BasicGetResult? got = null;
            await Eventually.Be(async () => (got = await Channel.BasicGetAsync(Source, autoAck: false, Cancelled)) is not null, "there is a message to reject");
            await Channel.BasicRejectAsync(got!.DeliveryTag, requeue: false, Cancelled);
        }
    }

    public static Keeping Keeping(IDatabase database) => new(Some.Reading(), new IncomingStore(database), NullLogger<Keeping>.Instance);

    public BrokerStates Read(IDatabase database, BrokerOptions? broker = null)
    {
        var states = new BrokerStates(TimeProvider.System);
        var stop = new CancellationTokenSource();
        _readers.Add((stop, new BrokerReader(broker ?? Broker, Keeping(database), states, TimeProvider.System, NullLogger<BrokerReader>.Instance).Run(stop.Token)));
        return states;
    }

    public async Task StopReaders()
    {
        foreach (var (stop, running) in _readers)
        {
            await stop.CancelAsync();
            await running;
            stop.Dispose();
        }

        _readers.Clear();
    }

    public async Task<IReadOnlyList<DeadMessage>> Arrived(IDatabase database, int count)
    {
        var store = new MessageStore(database);
        await Eventually.Reach($"{count} messages", TimeSpan.FromSeconds(40), () => store.Count(new MessageQuery(Env), Cancelled), seen => seen >= count, Cancelled);
        return (await store.List(new MessageQuery(Env), after: null, 100, Cancelled)).Messages;
    }

    /// <summary>What the broker still holds, delivered or not.</summary>
    public async Task Drained() => await Eventually.Be(
        async () =>
        {
            // Only ready ones are counted by AMQP, so readers must have let go of theirs.
            await StopReaders();
            return await Channel.MessageCountAsync(Dead, Cancelled) == 0;
        },
        "the queue of dead letters is empty");

    public async ValueTask DisposeAsync()
    {
        await StopReaders();
        if (_connection.IsOpen)
        {
            await using var channel = await _connection.CreateChannelAsync();
            await channel.QueueDeleteAsync(Source);
            await channel.QueueDeleteAsync(Dead);
            await channel.ExchangeDeleteAsync(Exchange);
        }

        await _connection.DisposeAsync();
    }
}
