using System.Text;
using RabbitMQ.Client;
using Stagedoor.DeadLetters.Understanding;

namespace Stagedoor.DeadLetters.Tests.Understanding;

public sealed class DeathsTests
{
    [Fact]
    public void The_history_of_a_queue_reads_as_the_broker_wrote_it()
    {
        var deaths = Deaths.Read(Headers(Entry("orders", "rejected", 3L), Entry("orders.retry", "expired", 2L)));

        deaths.Problem.ShouldBeNull();
        deaths.Count.ShouldBe(5);
        deaths.Last!.Queue.ShouldBe("orders");
        deaths.Last.Reason.ShouldBe("rejected");
        deaths.Last.Exchange.ShouldBe("events");
        deaths.Last.RoutingKeys.ShouldBe(["order.placed", "copy"]);
        deaths.Last.FirstAt.ShouldBe(DateTimeOffset.FromUnixTimeSeconds(1_700_000_000));
        deaths.All[1].OriginalExpiration.ShouldBe("5000");
    }

    [Fact]
    public void Texts_read_alike_whether_they_come_as_bytes_or_as_text()
    {
        var bytes = Deaths.Read(Headers(Entry("orders", "rejected", 1L)));
        var text = Deaths.Read(new Dictionary<string, object?>
        {
            ["x-death"] = new List<object?> { new Dictionary<string, object?> { ["queue"] = "orders", ["reason"] = "rejected", ["count"] = 1, ["time"] = "2023-11-14T22:13:20Z", ["routing-keys"] = "order.placed" } },
        });

        (text.Last!.Queue, text.Last.Reason, text.Last.FirstAt).ShouldBe((bytes.Last!.Queue, bytes.Last.Reason, bytes.Last.FirstAt));
        text.Last.RoutingKeys.ShouldBe(["order.placed"]);
    }

    [Fact]
    public void Deaths_in_the_form_of_AMQP_1_0_are_read()
    {
        var deaths = Deaths.Read(new Dictionary<string, object?>
        {
            ["x-opt-deaths"] = new List<object?>
            {
                new Dictionary<string, object?>
                {
                    ["queue"] = "orders", ["reason"] = "delivery_limit", ["count"] = 21UL, ["first-time"] = 1_700_000_000_123L, ["last-time"] = 1_700_000_060_000L, ["ttl"] = 30_000, ["exchange"] = "",
                },
            },
        });

        deaths.Last!.LastAt.ShouldBe(DateTimeOffset.FromUnixTimeMilliseconds(1_700_000_060_000));
        deaths.Last.OriginalExpiration.ShouldBe("30000");
        deaths.Count.ShouldBe(21);
    }

    [Fact]
    public void Without_a_history_the_flat_headers_tell()
    {
        var deaths = Deaths.Read(new Dictionary<string, object?>
        {
            ["x-first-death-queue"] = Bytes("first"), ["x-first-death-reason"] = Bytes("expired"), ["x-last-death-queue"] = Bytes("last"), ["x-last-death-reason"] = Bytes("rejected"),
        });

        (deaths.Last!.Queue, deaths.Last.Reason).ShouldBe(("last", "rejected"));
        deaths.Problem.ShouldBeNull();
    }

    [Fact]
    public void Without_any_header_there_is_no_death_and_no_problem()
    {
        var deaths = Deaths.Read(new Dictionary<string, object?>());

        (deaths.Last, deaths.Problem, deaths.Count).ShouldBe((null, null, 0));
    }

    [Fact]
    public void Half_a_history_is_read_and_the_rest_is_told()
    {
        var deaths = Deaths.Read(new Dictionary<string, object?> { ["x-death"] = new List<object?> { 5, Entry("orders", "rejected", 1L), new Dictionary<string, object?> { ["queue"] = null } } });

        deaths.All.Count.ShouldBe(1);
        deaths.Problem.ShouldBe("2 of 3 entries of x-death could not be read.");
    }

    [Fact]
    public void Nothing_that_stands_in_a_header_makes_it_throw()
    {
        var random = new Random(5);
        for (var round = 0; round < 20_000; round++)
        {
            var headers = new Dictionary<string, object?> { ["x-death"] = Odd(random, 0), ["x-last-death-queue"] = Odd(random, 2), ["x-opt-deaths"] = Odd(random, 0) };

            var deaths = Deaths.Read(headers);

            deaths.Count.ShouldBeGreaterThanOrEqualTo(deaths.All.Count);
        }
    }

    internal static Dictionary<string, object?> Headers(params IEnumerable<object?> entries) => new() { ["x-death"] = entries.ToList() };

    internal static Dictionary<string, object?> Entry(string queue, string reason, object count) => new()
    {
        ["queue"] = Bytes(queue),
        ["reason"] = Bytes(reason),
        ["count"] = count,
        ["time"] = new AmqpTimestamp(1_700_000_000),
        ["exchange"] = Bytes("events"),
        ["routing-keys"] = new List<object?> { Bytes("order.placed"), Bytes("copy") },
        ["original-expiration"] = Bytes("5000"),
    };

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    private static object? Odd(Random random, int depth) => random.Next(depth > 3 ? 8 : 11) switch
    {
        0 => null,
        1 => random.Next(),
        2 => random.NextInt64(long.MinValue, long.MaxValue),
        3 => new byte[] { 0, 255, 254, (byte)random.Next(256) },
        4 => new AmqpTimestamp(random.NextInt64(long.MinValue, long.MaxValue)),
        5 => double.NaN,
        6 => "\ud800\0",
        7 => new BinaryTableValue([1, 2]),
        8 => new List<object?> { Odd(random, depth + 1), Odd(random, depth + 1) },
        _ => new Dictionary<string, object?>
        {
            ["queue"] = Odd(random, depth + 1), ["reason"] = Odd(random, depth + 1), ["count"] = Odd(random, depth + 1), ["time"] = Odd(random, depth + 1),
            ["routing-keys"] = Odd(random, depth + 1), ["last-time"] = Odd(random, depth + 1), ["ttl"] = Odd(random, depth + 1),
        },
    };
}
