using RabbitMQ.Client;
using Stagedoor.DeadLetters.Headers;

namespace Stagedoor.DeadLetters.Understanding;

/// <summary>One death of a message, as the broker wrote it down: deaths in one queue for one reason are counted together.</summary>
internal sealed record Death
{
    public required string Queue { get; init; }

    /// <summary>rejected, expired, maxlen, delivery_limit; whatever else a broker may write.</summary>
    public required string Reason { get; init; }

    public long Count { get; init; } = 1;

    /// <summary>When it died there first.</summary>
    public DateTimeOffset? FirstAt { get; init; }

    /// <summary>When it died there last, where the broker says so.</summary>
    public DateTimeOffset? LastAt { get; init; }

    public string Exchange { get; init; } = "";

    public IReadOnlyList<string> RoutingKeys { get; init; } = [];

    public string? OriginalExpiration { get; init; }
}

/// <summary>
/// The deaths of a message, the last first. Never throws: brokers have written these headers in several ways, other programs
/// copy and damage them, and a message is not lost for an odd header.
/// </summary>
/// <param name="Problem">What could not be read, as a sentence.</param>
internal sealed record Deaths(IReadOnlyList<Death> All, string? Problem)
{
    private const int Most = 100;

    public Death? Last => All.Count > 0 ? All[0] : null;

    public long Count => All.Aggregate(0L, (sum, death) => sum > int.MaxValue ? sum : sum + Math.Clamp(death.Count, 1, int.MaxValue));

    public static Deaths Read(IReadOnlyDictionary<string, object?> headers)
    {
        var header = headers.TryGetValue("x-death", out var found) ? found : headers.GetValueOrDefault("x-opt-deaths");
        if (header is null)
        {
            return FromFlat(headers, headers.ContainsKey("x-death") ? "x-death is empty." : null);
        }

        var entries = header switch
        {
            IDictionary<string, object?> single => [single],
            IEnumerable<object?> list => list.Take(Most),
            _ => null,
        };
        if (entries is null)
        {
            return FromFlat(headers, "x-death is not a list.");
        }

        var unreadable = 0;
        var deaths = new List<Death>();
        foreach (var entry in entries)
        {
            if (entry is IDictionary<string, object?> table && Read(table) is { } death)
            {
                deaths.Add(death);
            }
            else
            {
                unreadable++;
            }
        }

        return deaths.Count == 0
            ? FromFlat(headers, "No entry of x-death could be read.")
            : new Deaths(deaths, unreadable == 0 ? null : $"{unreadable} of {deaths.Count + unreadable} entries of x-death could not be read.");
    }

    private static Death? Read(IDictionary<string, object?> table)
    {
        var queue = Text(table, "queue");
        return queue is null ? null : new Death
        {
            Queue = queue,
            Reason = Text(table, "reason") ?? "unknown",
            Count = Number(table, "count") ?? 1,
            FirstAt = Instant(table, "time") ?? Instant(table, "first-time"),
            LastAt = Instant(table, "last-time"),
            Exchange = Text(table, "exchange") ?? "",
            RoutingKeys = table.TryGetValue("routing-keys", out var keys) ? Texts(keys) : [],
            OriginalExpiration = Text(table, "original-expiration") ?? (Number(table, "ttl") is { } ttl ? FormattableString.Invariant($"{ttl}") : null),
        };
    }

    /// <summary>The broker repeats the last and the first death in headers of their own.</summary>
    private static Deaths FromFlat(IReadOnlyDictionary<string, object?> headers, string? problem)
    {
        foreach (var which in new[] { "last", "first" })
        {
            if (Clean(headers.GetValueOrDefault($"x-{which}-death-queue")) is { Length: > 0 } queue)
            {
                return new Deaths(
                    [
                        new Death
                        {
                            Queue = queue,
                            Reason = Clean(headers.GetValueOrDefault($"x-{which}-death-reason")) ?? "unknown",
                            Exchange = Clean(headers.GetValueOrDefault($"x-{which}-death-exchange")) ?? "",
                        },
                    ],
                    problem);
            }
        }

        return new Deaths([], problem);
    }

    private static string? Text(IDictionary<string, object?> table, string key) => table.TryGetValue(key, out var value) ? Clean(value) : null;

    private static string? Clean(object? value) => HeaderJson.Text(value) is { } text ? CleanText.Of(text, CleanText.Name) : null;

    private static IReadOnlyList<string> Texts(object? value) => value switch
    {
        null => [],
        string or byte[] => [Clean(value)!],
        IEnumerable<object?> list => [.. list.Take(Most).Select(Clean).OfType<string>()],
        _ => [],
    };

    private static long? Number(IDictionary<string, object?> table, string key) => table.TryGetValue(key, out var value)
        ? value switch
        {
            long number => number,
            int number => number,
            uint number => number,
            short number => number,
            ushort number => number,
            byte number => number,
            sbyte number => number,
            ulong number => (long)Math.Min(number, long.MaxValue),
            double number when double.IsFinite(number) => (long)Math.Clamp(number, 0, int.MaxValue),
            _ => long.TryParse(HeaderJson.Text(value), out var number) ? number : null,
        }
        : null;

    private static DateTimeOffset? Instant(IDictionary<string, object?> table, string key) =>
        table.TryGetValue(key, out var value) ? Instants.Read(value) : null;
}
