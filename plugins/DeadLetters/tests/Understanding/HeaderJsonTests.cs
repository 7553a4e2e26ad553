using System.Text;
using RabbitMQ.Client;
using Stagedoor.DeadLetters.Headers;

namespace Stagedoor.DeadLetters.Tests.Understanding;

public sealed class HeaderJsonTests
{
    [Fact]
    public void Every_type_of_AMQP_comes_back_as_it_went_in()
    {
        var table = new Dictionary<string, object?>
        {
            ["text"] = Encoding.UTF8.GetBytes("ü <b>\0 😀"),
            ["no text"] = new byte[] { 0xff, 0xfe },
            ["empty"] = Array.Empty<byte>(),
            ["truth"] = true,
            ["nothing"] = null,
            ["int"] = -5,
            ["long"] = long.MinValue,
            ["uint"] = uint.MaxValue,
            ["short"] = (short)-3,
            ["byte"] = (byte)200,
            ["sbyte"] = (sbyte)-100,
            ["double"] = 0.1d,
            ["infinity"] = double.NegativeInfinity,
            ["float"] = 0.1f,
            ["decimal"] = 12.50m,
            ["time"] = new AmqpTimestamp(1_700_000_000),
            ["binary"] = new BinaryTableValue([1, 2, 255]),
            ["list"] = new List<object?> { 1, Encoding.UTF8.GetBytes("x"), null, new List<object?>() },
            ["table"] = new Dictionary<string, object?> { ["!"] = Encoding.UTF8.GetBytes("l"), ["v"] = 5 },
            ["!"] = 1,
        };

        var back = HeaderJson.Read(HeaderJson.Write(table));

        back.Select(entry => (entry.Key, entry.Value?.GetType())).ShouldBe(table.Select(entry => (entry.Key, entry.Value?.GetType())));
        HeaderJson.Write(back).ShouldBe(HeaderJson.Write(table));
        back["no text"].ShouldBe(new byte[] { 0xff, 0xfe });
        back["long"].ShouldBe(long.MinValue);
        back["double"].ShouldBe(0.1d);
        back["time"].ShouldBe(new AmqpTimestamp(1_700_000_000));
        back["binary"].ShouldBeOfType<BinaryTableValue>().Bytes.ShouldBe([1, 2, 255]);
        back["table"].ShouldBeOfType<Dictionary<string, object?>>()["v"].ShouldBe(5);
    }

    [Fact]
    public void Ten_thousand_headers_are_many_and_no_problem()
    {
        var table = Enumerable.Range(0, 10_000).ToDictionary(i => $"header-{i}", object? (i) => Encoding.UTF8.GetBytes($"value {i}"));

        HeaderJson.Read(HeaderJson.Write(table)).Count.ShouldBe(10_000);
    }
}
