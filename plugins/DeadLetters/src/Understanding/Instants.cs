using System.Globalization;
using RabbitMQ.Client;
using Stagedoor.DeadLetters.Headers;

namespace Stagedoor.DeadLetters.Understanding;

/// <summary>Instants in headers: timestamps of AMQP, numbers of seconds or milliseconds, and texts in several forms.</summary>
internal static class Instants
{
    // Seconds up to the year 2286, milliseconds from September 1970 on.
    private const long MostSeconds = 9_999_999_999;
    private const long MostMilliseconds = 253_402_300_799_999;

    private static readonly string[] Forms =
    [
        "yyyy-MM-dd HH:mm:ss:ffffff Z", // NServiceBus
        "yyyy-MM-dd HH:mm:ss'Z'",
    ];

    public static DateTimeOffset? Read(object? value) => value switch
    {
        AmqpTimestamp stamp => FromNumber(stamp.UnixTime),
        long number => FromNumber(number),
        int number => FromNumber(number),
        uint number => FromNumber(number),
        null or bool => null,
        _ => HeaderJson.Text(value) is { } text ? FromText(text) : null,
    };

    /// <summary>What is told, unless no clock could have told it: from the future, or from before there were such messages.</summary>
    public static DateTimeOffset Plausible(DateTimeOffset? told, DateTimeOffset receivedAt) =>
        told is { } at && at <= receivedAt + TimeSpan.FromMinutes(5) && at.Year >= 2000 ? at : receivedAt;

    private static DateTimeOffset? FromNumber(long number) => number switch
    {
        < 0 or > MostMilliseconds => null,
        <= MostSeconds => DateTimeOffset.FromUnixTimeSeconds(number),
        _ => DateTimeOffset.FromUnixTimeMilliseconds(number),
    };

    private static DateTimeOffset? FromText(string text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? FromNumber(number)
        : DateTimeOffset.TryParseExact(text, Forms, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var exact) ? exact
        : DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var free) ? free
        : null;
}
