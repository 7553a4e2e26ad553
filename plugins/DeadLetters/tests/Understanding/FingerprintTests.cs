using Stagedoor.DeadLetters.Understanding;

namespace Stagedoor.DeadLetters.Tests.Understanding;

public sealed class FingerprintTests
{
    [Theory]
    [InlineData("ctx handler: no account 4711", "ctx handler: no account 9")]
    [InlineData("user 0198a2c4-5b1e-7c3d-9a44-2f6d1c0e8b17 is gone", "user 77c34a5e-0000-4c3d-9a44-2f6d1c0eaaaa is gone")]
    [InlineData("key 'abc' already exists", "key 'something else' already exists")]
    [InlineData("at 2024-03-01T10:15:30.123Z the lease ended", "at 2031-11-21T00:00:00Z the lease ended")]
    [InlineData("panic at 0xdeadbeef in handler.go:42", "panic at 0x1 in handler.go:1077")]
    [InlineData("dial tcp 10.20.30.40:5432: connection refused", "dial tcp 10.1.2.3:5433: connection refused")]
    [InlineData("timeout after 30s", "timeout after 1s")]
    [InlineData("transfer tx8842aa91 rejected", "transfer tx1207fe33 rejected")]
    [InlineData("ids [1, 2, 3] unknown", "ids [4711] unknown")]
    [InlineData("commit 9f86d081884c7d659a2feaa0c55ad015 is unknown", "commit a3bf4f1b2b0b822cd15d6c15b0f00a08 is unknown")]
    [InlineData("a   b\n\tc", "a b c")]
    [InlineData("could not read \"x.json\"", "could not read \"y.json\"")]
    public void What_differs_from_message_to_message_does_not_part_them(string one, string other) =>
        Of(one).ShouldBe(Of(other), $"{Fingerprint.Normal(one)} / {Fingerprint.Normal(other)}");

    [Theory]
    [InlineData("no such account", "no such customer")]
    [InlineData("cannot convert Int32", "cannot convert Int64")]
    [InlineData("event DepositV1 unknown", "event DepositV2 unknown")]
    [InlineData("can't connect", "can't read")]
    public void Different_errors_stay_different(string one, string other) => Of(one).ShouldNotBe(Of(other));

    [Fact]
    public void The_type_of_the_error_tells_causes_apart() =>
        Fingerprint.Of("failed", "TimeoutException", "rejected", "a").ShouldNotBe(Fingerprint.Of("failed", "IOException", "rejected", "a"));

    [Fact]
    public void Without_an_error_messages_are_together_by_reason_and_service()
    {
        Fingerprint.Of(error: null, errorType: null, "expired", "a").ShouldBe(Fingerprint.Of(" ", "", "expired", "a"));
        Fingerprint.Of(error: null, errorType: null, "expired", "a").ShouldNotBe(Fingerprint.Of(error: null, errorType: null, "expired", "b"));
        Fingerprint.Of(error: null, errorType: null, "expired", "a").ShouldNotBe(Fingerprint.Of(error: null, errorType: null, "rejected", "a"));
    }

    [Fact]
    public void Values_in_any_place_of_any_sentence_do_not_part_them()
    {
        var random = new Random(11);
        string[] words = ["handler", "could", "not", "load", "account", "of", "customer", "because", "limit", "is", "exceeded", "ctx:", "(retry)", "order.placed"];
        for (var round = 0; round < 5_000; round++)
        {
            var shape = Enumerable.Range(0, random.Next(3, 12)).Select(_ => random.Next(words.Length + 6)).ToList();

            var (one, other) = (Sentence(shape, words, random), Sentence(shape, words, random));

            Of(one).ShouldBe(Of(other), $"{one} / {other} / {Fingerprint.Normal(one)} / {Fingerprint.Normal(other)}");
        }
    }

    [Fact]
    public void What_is_normal_and_has_no_quotes_stays_as_it_is()
    {
        var random = new Random(13);
        const string Signs = "ab1f9 -:./#,T(Zé😀\n\0x…+@_";
        for (var round = 0; round < 50_000; round++)
        {
            var text = string.Concat(Enumerable.Range(0, random.Next(0, 40)).Select(_ => Signs[random.Next(Signs.Length)]));

            var normal = Fingerprint.Normal(text);

            Fingerprint.Normal(normal).ShouldBe(normal, text);
        }
    }

    [Fact]
    public void A_huge_error_costs_no_more_than_its_beginning()
    {
        var text = string.Concat(Enumerable.Repeat("at Handler.Do(x) in y.cs:line 12\n", 300_000));

        Fingerprint.Normal(text).Length.ShouldBeLessThanOrEqualTo(600);
    }

    private static Guid Of(string error) => Fingerprint.Of(error, errorType: null, "rejected", "service");

    private static string Sentence(List<int> shape, string[] words, Random random) => string.Join(' ', shape.Select(word => (word - words.Length) switch
    {
        0 => random.Next(1_000_000).ToString(),
        1 => new Guid(Enumerable.Range(0, 16).Select(i => (byte)(i == 0 ? 0x12 : random.Next(256))).ToArray()).ToString(),
        2 => $"'{words[random.Next(words.Length)]} {random.Next()}'",
        3 => DateTimeOffset.FromUnixTimeSeconds(random.Next()).ToString("O"),
        4 => $"0x{random.Next(16, int.MaxValue):x}",
        5 => $"file.cs:{random.Next(1, 5000)}",
        _ => words[word],
    }));
}
