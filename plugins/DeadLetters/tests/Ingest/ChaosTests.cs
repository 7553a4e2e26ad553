using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using RabbitMQ.Client;
using Stagedoor.Data;
using Stagedoor.DeadLetters.Store;
using Stagedoor.Plugins;
using Stagedoor.Testing.Databases;
using Stagedoor.Testing.Processes;

namespace Stagedoor.DeadLetters.Tests.Ingest;

/// <summary>Broker and database are taken away again and again while two replicas read, and in the end the books are right.</summary>
public sealed class ChaosTests(PostgresFixture fixture) : IClassFixture<PostgresFixture>
{
    private const int Messages = 12_000;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_message_is_in_the_books_exactly_once_whatever_was_taken_away()
    {
        var books = fixture.Database;
        await fixture.Migrate("dead-letters", typeof(DeadLettersPlugin).Assembly);
        var address = Needs.RabbitMq();
        await using var bench = await Bench.Open(address);
        await using var toBroker = new Relay(new Uri(address).Port);
        await using var toDatabase = new Relay(new NpgsqlConnectionStringBuilder(fixture.Settings.Postgres).Port);
        toBroker.Restore();
        toDatabase.Restore();
        await using var one = Open(toDatabase);
        await using var other = Open(toDatabase);
        var broker = bench.Of($"amqp://guest:guest@127.0.0.1:{toBroker.Port}");
        bench.Read(one, broker);
        bench.Read(other, broker);

        // Many of them equal to the byte and without an id: those are the hard ones.
        var publishing = bench.Publish(
            Enumerable.Range(0, Messages).Select(i => (i % 2 == 0 ? new BasicProperties() : new BasicProperties { MessageId = $"m{i}" }, Encoding.UTF8.GetBytes($"{i / 50}"))), bench.Dead);
        var random = new Random(17);
        for (var blow = 0; blow < 8; blow++)
        {
            await Task.Delay(random.Next(50, 400), Cancelled);
            var taken = random.Next(2) == 0 ? toBroker : toDatabase;
            await taken.Cut();
            await Task.Delay(random.Next(20, 200), Cancelled);
            taken.Restore();
        }

        await publishing;
        await bench.Arrived(books, Messages);
        await bench.Drained();
        var kept = await books.Query<(string Body, int Count)>(
            "select convert_from(c.body, 'UTF8'), cast(count(*) as integer) from dead_letters_contents c group by c.body", Cancelled);
        kept.Where(row => row.Count != 50).ShouldBeEmpty();
        kept.Count.ShouldBe(Messages / 50);
        (await new MessageStore(books).Count(new MessageQuery(bench.Env), Cancelled)).ShouldBe(Messages);
    }

    private OpenDatabase Open(Relay relay) => Databases.Open(
        new DatabaseSettings { Postgres = new NpgsqlConnectionStringBuilder(fixture.Settings.Postgres) { Host = "127.0.0.1", Port = relay.Port }.ConnectionString, SqliteFile = "" },
        NullLoggerFactory.Instance);
}
