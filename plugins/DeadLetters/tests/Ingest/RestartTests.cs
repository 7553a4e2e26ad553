using System.Text;
using RabbitMQ.Client;
using Stagedoor.DeadLetters.Ingest;
using Stagedoor.DeadLetters.Store;
using Stagedoor.Testing.Databases;
using Stagedoor.Testing.Waiting;

namespace Stagedoor.DeadLetters.Tests.Ingest;

/// <summary>What only a broker of one's own allows: policies, a restart, and messages that no client would write.</summary>
public sealed class RestartTests(SqliteFixture fixture) : IClassFixture<SqliteFixture>
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Dead_letters_come_by_a_policy_through_a_restart_and_with_ids_that_are_no_text()
    {
        await fixture.Migrate("dead-letters", typeof(DeadLettersPlugin).Assembly);
        await using var node = await RabbitNode.Start();
        await using var bench = await Bench.Open(node.Address, byArguments: false);
        var states = bench.Read(fixture.Database);

        // A policy alone makes a service take part.
        await node.Control("set_policy", "dead-letters", $"^{bench.Source}$", $$"""{"dead-letter-exchange":"{{bench.Exchange}}"}""", "--apply-to", "queues");
        await bench.Publish([(new BasicProperties { MessageId = "by-policy", Persistent = true }, [1])]);
        await bench.Reject(1);
        (await bench.Arrived(fixture.Database, 1)).Single().Queue.ShouldBe(bench.Source);

        // Two ids that are no UTF-8 read alike, and are two messages all the same.
        foreach (var id in new[] { "<<255,1>>", "<<254,1>>" })
        {
            await node.Control(
                "eval",
                $"rabbit_basic:publish(rabbit_misc:r(<<\"/\">>, exchange, <<>>), <<\"{bench.Dead}\">>, {{'P_basic', undefined, undefined, undefined, 2, undefined, {id}, undefined, undefined, {id}, undefined, undefined, undefined, undefined, undefined}}, <<\"x\">>).");
        }

        var odd = (await bench.Arrived(fixture.Database, 3)).Where(message => message.MessageId != "by-policy").ToList();
        odd.Count.ShouldBe(2);
        odd.ShouldAllBe(message => message.Problem != null && message.CorrelationId!.Contains('\uFFFD'));

        // What is in the queue while the broker is down is read when it is back.
        await bench.StopReaders();
        await bench.Publish(Enumerable.Range(0, 300).Select(i => (new BasicProperties { MessageId = $"m{i}", Persistent = true }, Encoding.UTF8.GetBytes($"{i}"))), bench.Dead);
        states = bench.Read(fixture.Database);
        await node.Down();
        await Eventually.Be(() => states.Find("rabbit") is { Status: BrokerStatus.Unreachable, Sentence: not null }, "it is told that the broker is away");
        await node.Up();

        await bench.Arrived(fixture.Database, 303);
        await Eventually.Be(() => states.Find("rabbit")?.Status == BrokerStatus.Reading, "it reads again");
        await bench.StopReaders();
        (await new MessageStore(fixture.Database).Count(new MessageQuery(bench.Env), Cancelled)).ShouldBe(303);
    }
}
