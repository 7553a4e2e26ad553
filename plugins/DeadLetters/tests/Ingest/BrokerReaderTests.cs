using System.Text;
using RabbitMQ.Client;
using Stagedoor.Data;
using Stagedoor.DeadLetters.Headers;
using Stagedoor.DeadLetters.Ingest;
using Stagedoor.DeadLetters.Store;
using Stagedoor.Plugins;
using Stagedoor.Testing.Databases;
using Stagedoor.Testing.Processes;
using Stagedoor.Testing.Waiting;

namespace Stagedoor.DeadLetters.Tests.Ingest;

public abstract class BrokerReaderTests<TDatabase>(TDatabase fixture) : IAsyncLifetime
    where TDatabase : TestDatabase
{
    private readonly IDatabase _database = fixture.Database;
    private readonly string _address = Needs.RabbitMq();

    private MessageStore Messages => new(_database);

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => await fixture.Migrate("dead-letters", typeof(DeadLettersPlugin).Assembly);

    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task What_a_service_rejects_arrives_with_its_history_and_every_byte()
    {
        await using var bench = await Bench.Open(_address);
        var body = new byte[] { 0, 255, 1, 254, 10 };
        await bench.Publish([(new BasicProperties { MessageId = "m-1", CorrelationId = "c-1", ContentType = "application/x-thing", Type = "Deposit", Headers = new Dictionary<string, object?> { ["n"] = 5L, ["odd"] = new byte[] { 0xff } } }, body)]);
        await bench.Reject(1);

        var states = bench.Read(_database);

        var message = (await bench.Arrived(_database, 1)).Single();
        (message.MessageId, message.CorrelationId, message.ContentType, message.Type).ShouldBe(("m-1", "c-1", "application/x-thing", "Deposit"));
        (message.Queue, message.Reason, message.RoutingKey, message.Broker, message.State).ShouldBe((bench.Source, "rejected", bench.Source, "rabbit", MessageState.Dead));
        (message.ReceivedAt - message.DeadAt).ShouldBeInRange(TimeSpan.Zero, TimeSpan.FromMinutes(2));
        var content = (await Messages.Content(message.Id, Cancelled))!;
        content.Body.ShouldBe(body);
        var headers = HeaderJson.Read(content.Headers);
        headers["n"].ShouldBe(5L);
        headers["odd"].ShouldBe(new byte[] { 0xff });
        headers.ShouldContainKey("x-death");
        await Eventually.Be(() => states.Find("rabbit")?.Kept == 1, "the state counts it");
        states.Find("rabbit")!.IsWell.ShouldBeTrue();
        await bench.Drained();
    }

    [Fact]
    public async Task A_large_body_and_thousands_of_headers_arrive_as_they_are()
    {
        await using var bench = await Bench.Open(_address);
        var body = new byte[16 * 1024 * 1024];
        Random.Shared.NextBytes(body);
        var many = Enumerable.Range(0, 9_000).ToDictionary(i => $"h{i}", object? (i) => i);
        bench.Read(_database);

        await bench.Publish([(new BasicProperties { MessageId = "large" }, body), (new BasicProperties { MessageId = "headers", Headers = many }, [])], bench.Dead);

        var messages = await bench.Arrived(_database, 2);
        (await Messages.Content(messages.Single(message => message.MessageId == "large").Id, Cancelled))!.Body.AsSpan().SequenceEqual(body).ShouldBeTrue();
        HeaderJson.Read((await Messages.Content(messages.Single(message => message.MessageId == "headers").Id, Cancelled))!.Headers).Count(header => header.Key.StartsWith('h')).ShouldBe(9_000);
    }

    [Fact]
    public async Task What_was_kept_and_not_acknowledged_before_a_crash_is_kept_once()
    {
        await using var bench = await Bench.Open(_address);
        await bench.Publish([(new BasicProperties { MessageId = "m-1" }, [1]), (new BasicProperties(), [2]), (new BasicProperties(), [2])], bench.Dead);
        var crashed = Guid.NewGuid();
        await using (var crashing = await new ConnectionFactory { Uri = new Uri(_address) }.CreateConnectionAsync(Cancelled))
        {
            var channel = await crashing.CreateChannelAsync(cancellationToken: Cancelled);
            var deliveries = new List<Delivery>();
            while (deliveries.Count < 3)
            {
                if (await channel.BasicGetAsync(bench.Dead, autoAck: false, Cancelled) is { } got)
                {
                    deliveries.Add(Delivery.Of(got.DeliveryTag, got.Redelivered, got.Exchange, got.RoutingKey, got.BasicProperties, got.Body));
                }
            }

            await Bench.Keeping(_database).Keep([.. deliveries.Select(delivery => BrokerReader.ToArrival(bench.Broker, delivery, Some.Now, new Reception(crashed, (long)delivery.Tag, Settled: 0)))], Cancelled);
        }

        var states = bench.Read(_database);

        await Eventually.Be(() => states.Find("rabbit")?.Duplicates == 3, "all three are recognised");
        (await bench.Arrived(_database, 3)).Count.ShouldBe(3);
        states.Find("rabbit")!.Kept.ShouldBe(0);
        await bench.Drained();
    }

    [Fact]
    public async Task A_connection_that_breaks_again_and_again_loses_nothing_and_doubles_nothing()
    {
        await using var bench = await Bench.Open(_address);
        await using var relay = new Relay(new Uri(_address).Port);
        relay.Restore();
        var broker = bench.Of($"amqp://guest:guest@127.0.0.1:{relay.Port}");
        bench.Read(_database, broker);
        bench.Read(_database, broker);
        var publishing = bench.Publish(Enumerable.Range(0, 6_000).Select(i => (i % 3 == 0 ? new BasicProperties() : new BasicProperties { MessageId = $"m{i}" }, Encoding.UTF8.GetBytes($"{i / 30 * 30}"))), bench.Dead);

        for (var cut = 0; cut < 4; cut++)
        {
            await Task.Delay(300, Cancelled);
            await relay.Cut();
            relay.Restore();
        }

        await publishing;
        await bench.Arrived(_database, 6_000);
        await bench.Drained();
        (await Messages.Count(new MessageQuery(bench.Env), Cancelled)).ShouldBe(6_000);
        (await _database.Find<int>("select count(distinct message_id) from dead_letters_messages where env = @env", new { env = bench.Env }, Cancelled)).ShouldBe(4_000);
    }

    [Fact]
    public async Task A_queue_that_is_missing_or_goes_is_told_and_read_when_it_is_there()
    {
        await using var bench = await Bench.Open(_address);
        await bench.Channel.QueueDeleteAsync(bench.Dead, cancellationToken: Cancelled);
        var states = bench.Read(_database);
        await Eventually.Be(() => states.Find("rabbit") is { Status: BrokerStatus.Unreachable, Sentence: { } sentence } && sentence.Contains("There is no queue", StringComparison.Ordinal), "the missing queue is told");

        await bench.DeclareDead();
        await Eventually.Be(() => states.Find("rabbit")?.Status == BrokerStatus.Reading, "it is read");
        await bench.Channel.QueueDeleteAsync(bench.Dead, cancellationToken: Cancelled);
        await Eventually.Be(() => states.Find("rabbit") is { Status: BrokerStatus.Unreachable or BrokerStatus.Connecting, Sentence: not null }, "that it is gone is told");
        await bench.DeclareDead();
        await bench.Publish([(new BasicProperties { MessageId = "after" }, [1])], bench.Dead);

        (await bench.Arrived(_database, 1)).Single().MessageId.ShouldBe("after");
    }

    [Fact]
    public async Task Who_may_not_sign_in_is_told_what_to_check()
    {
        await using var bench = await Bench.Open(_address);
        var broker = bench.Of(_address);
        broker.Password = "wrong";

        var states = bench.Read(_database, broker);

        await Eventually.Be(() => states.Find("rabbit")?.Sentence?.Contains("refuses the user guest", StringComparison.Ordinal) == true, "the refusal is told");
    }
}

public sealed class SqliteBrokerReaderTests(SqliteFixture fixture) : BrokerReaderTests<SqliteFixture>(fixture), IClassFixture<SqliteFixture>
{
    private readonly SqliteFixture _fixture = fixture;

    [Fact]
    public async Task One_message_that_the_database_refuses_stays_on_the_broker_and_holds_up_nobody()
    {
        await using var bench = await Bench.Open(Needs.RabbitMq());
        await _fixture.Database.Execute(
            "create trigger poison before insert on dead_letters_messages when new.message_id = 'poison' begin select raise(abort, 'too odd'); end",
            TestContext.Current.CancellationToken);
        try
        {
            await bench.Publish(Enumerable.Range(0, 100).Select(i => (new BasicProperties { MessageId = i == 57 ? "poison" : $"m{i}" }, new byte[] { 1 })), bench.Dead);

            var states = bench.Read(_fixture.Database);

            await bench.Arrived(_fixture.Database, 99);
            await Eventually.Be(() => states.Find("rabbit") is { Refused: 1, IsWell: false, Sentence: { } sentence } && sentence.Contains("too odd", StringComparison.Ordinal), "it is told");
            await bench.Publish([(new BasicProperties { MessageId = "after" }, [1])], bench.Dead);
            await bench.Arrived(_fixture.Database, 100);
            await bench.StopReaders();
            await Eventually.Be(async () => await bench.Channel.MessageCountAsync(bench.Dead, TestContext.Current.CancellationToken) == 1, "the refused one is on the broker");
        }
        finally
        {
            await _fixture.Database.Execute("drop trigger poison", TestContext.Current.CancellationToken);
        }
    }
}

public sealed class PostgresBrokerReaderTests(PostgresFixture fixture) : BrokerReaderTests<PostgresFixture>(fixture), IClassFixture<PostgresFixture>
{
    private readonly PostgresFixture _fixture = fixture;

    [Fact]
    public async Task While_the_database_is_away_messages_wait_on_the_broker()
    {
        await using var bench = await Bench.Open(Needs.RabbitMq());
        var settings = new Npgsql.NpgsqlConnectionStringBuilder(_fixture.Settings.Postgres);
        await using var relay = new Relay(settings.Port);
        relay.Restore();
        await using var database = Databases.Open(
            new DatabaseSettings { Postgres = new Npgsql.NpgsqlConnectionStringBuilder(_fixture.Settings.Postgres) { Host = "127.0.0.1", Port = relay.Port }.ConnectionString, SqliteFile = "" },
            Microsoft.Extensions.Logging.Abstractions.NullLoggerFactory.Instance);
        var states = bench.Read(database);
        await bench.Publish([(new BasicProperties { MessageId = "before" }, [1])], bench.Dead);
        await bench.Arrived(_fixture.Database, 1);

        await relay.Cut();
        await bench.Publish(Enumerable.Range(0, 500).Select(i => (new BasicProperties { MessageId = $"m{i}" }, new byte[] { 1 })), bench.Dead);
        await Eventually.Be(() => states.Find("rabbit") is { Status: BrokerStatus.Waiting, Sentence: not null }, "it waits for the database");
        relay.Restore();

        await bench.Arrived(_fixture.Database, 501);
        await Eventually.Be(() => states.Find("rabbit")?.Status == BrokerStatus.Reading, "it reads again");
        await bench.Drained();
        (await new MessageStore(_fixture.Database).Count(new MessageQuery(bench.Env), TestContext.Current.CancellationToken)).ShouldBe(501);
    }
}
