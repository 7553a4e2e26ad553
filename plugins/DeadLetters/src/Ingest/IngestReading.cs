using System.Globalization;
using System.Text;
using System.Text.Json;
using Stagedoor.DeadLetters.Headers;
using Stagedoor.DeadLetters.Understanding;
using Stagedoor.Plugins;

namespace Stagedoor.DeadLetters.Ingest;

/// <summary>Reads messages that were handed in over HTTP, and says of each what is not right.</summary>
internal sealed class IngestReading
{
    private const int MostName = CleanText.Name;
    private const int MostMistakes = 100;

    private static readonly HashSet<string> Fields = new(StringComparer.Ordinal)
    {
        "env", "queue", "exchange", "routingKeys", "messageId", "correlationId", "contentType", "contentEncoding", "type", "headers", "body", "error", "errorType", "stack",
        "deadAt", "service", "attempts",
    };

    private readonly List<Arrival> _arrivals = [];
    private readonly Dictionary<string, string[]> _mistakes = new(StringComparer.Ordinal);

    private IngestReading()
    {
    }

    public IReadOnlyList<Arrival> Arrivals => _arrivals;

    public IDictionary<string, string[]> Mistakes => _mistakes;

    public static IngestReading Of(JsonElement messages, IEnvironments environments, DateTimeOffset receivedAt)
    {
        var reading = new IngestReading();
        var index = 0;
        foreach (var message in messages.EnumerateArray())
        {
            reading.Read(message, string.Create(CultureInfo.InvariantCulture, $"[{index++}]"), environments, receivedAt);
            if (reading._mistakes.Count >= MostMistakes)
            {
                break;
            }
        }

        return reading;
    }

    private void Read(JsonElement message, string at, IEnvironments environments, DateTimeOffset receivedAt)
    {
        if (message.ValueKind != JsonValueKind.Object)
        {
            Mistake(at, "A message is an object.");
            return;
        }

        var before = _mistakes.Count;
        foreach (var property in message.EnumerateObject().Where(property => !Fields.Contains(property.Name)))
        {
            Mistake($"{at}.{CutText.To(property.Name, 60)}", $"A message has no such field. There are {string.Join(", ", Fields.Order(StringComparer.Ordinal))}.");
        }

        var env = Text(message, "env", at, MostName);
        if (env is null)
        {
            Mistake($"{at}.env", "A message says in which environment it died.");
        }
        else if (environments.Find(env) is null)
        {
            Mistake($"{at}.env", $"There is no environment '{CutText.To(env, 60)}'. There are {string.Join(", ", environments.All.Select(known => known.Name))}.");
        }

        var queue = Text(message, "queue", at, MostName);
        if (queue is null)
        {
            Mistake($"{at}.queue", "A message says from which queue it was taken, or what stands for one.");
        }

        var keys = Keys(message, at);
        var arrival = new Arrival
        {
            Env = env is null ? "" : environments.Find(env)?.Name ?? env,
            Broker = "api",
            ReceivedAt = receivedAt,
            MayBeAgain = true,
            Exchange = Text(message, "exchange", at, MostName) ?? "",
            RoutingKey = keys.Count > 0 ? keys[0] : "",
            RoutingKeys = keys,
            Properties = new MessageProperties
            {
                MessageId = Text(message, "messageId", at, MostName),
                CorrelationId = Text(message, "correlationId", at, MostName),
                ContentType = Text(message, "contentType", at, MostName),
                ContentEncoding = Text(message, "contentEncoding", at, MostName),
                Type = Text(message, "type", at, MostName),
            },
            Headers = Headers(message, at),
            Body = Body(message, at),
            Told = new FailureReport
            {
                Convention = "api",
                Queue = queue,
                Exchange = Text(message, "exchange", at, MostName),
                RoutingKey = keys.Count > 0 ? keys[0] : null,
                Error = Text(message, "error", at, 1_000_000),
                ErrorType = Text(message, "errorType", at, MostName),
                Stack = Text(message, "stack", at, 1_000_000),
                Service = Text(message, "service", at, MostName),
                At = Instant(message, at),
                Attempts = Number(message, "attempts", at),
            },
        };
        if (_mistakes.Count == before)
        {
            _arrivals.Add(arrival);
        }
    }

    private void Mistake(string at, string what) => _mistakes[at] = [what];

    private string? Text(JsonElement message, string name, string at, int most)
    {
        if (!message.TryGetProperty(name, out var value) || value.ValueKind == JsonValueKind.Null)
        {
            return null;
        }

        if (value.ValueKind != JsonValueKind.String)
        {
            Mistake($"{at}.{name}", "This is a text.");
            return null;
        }

        var text = value.GetString()!;
        if (Encoding.UTF8.GetByteCount(text) > most)
        {
            Mistake($"{at}.{name}", string.Create(CultureInfo.InvariantCulture, $"This has at most {most} bytes."));
        }

        return text;
    }

    private int? Number(JsonElement message, string name, string at)
    {
        if (!message.TryGetProperty(name, out var value) || value.ValueKind == JsonValueKind.Null)
        {
            return null;
        }

        if (value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number) && number >= 0)
        {
            return number;
        }

        Mistake($"{at}.{name}", "This is a whole number.");
        return null;
    }

    private IReadOnlyList<string> Keys(JsonElement message, string at)
    {
        if (!message.TryGetProperty("routingKeys", out var value) || value.ValueKind == JsonValueKind.Null)
        {
            return [];
        }

        if (value.ValueKind == JsonValueKind.Array && value.GetArrayLength() <= 100
            && value.EnumerateArray().All(key => key.ValueKind == JsonValueKind.String && Encoding.UTF8.GetByteCount(key.GetString()!) <= MostName))
        {
            return [.. value.EnumerateArray().Select(key => key.GetString()!)];
        }

        Mistake($"{at}.routingKeys", "This is a list of at most 100 texts, each of at most 255 bytes.");
        return [];
    }

    private Dictionary<string, object?> Headers(JsonElement message, string at)
    {
        if (!message.TryGetProperty("headers", out var value) || value.ValueKind == JsonValueKind.Null)
        {
            return [];
        }

        if (value.ValueKind == JsonValueKind.Object)
        {
            return Table(value);
        }

        Mistake($"{at}.headers", "This is an object.");
        return [];
    }

    private static Dictionary<string, object?> Table(JsonElement element)
    {
        var table = new Dictionary<string, object?>(StringComparer.Ordinal);
        foreach (var property in element.EnumerateObject())
        {
            table[property.Name] = Value(property.Value);
        }

        return table;
    }

    private static object? Value(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.String => element.GetString(),
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        JsonValueKind.Number when element.TryGetInt32(out var small) => small,
        JsonValueKind.Number when element.TryGetInt64(out var large) => large,
        JsonValueKind.Number => element.GetDouble(),
        JsonValueKind.Object => Table(element),
        JsonValueKind.Array => element.EnumerateArray().Select(Value).ToList(),
        _ => null,
    };

    private byte[] Body(JsonElement message, string at)
    {
        if (!message.TryGetProperty("body", out var value) || value.ValueKind == JsonValueKind.Null)
        {
            return [];
        }

        if (value.ValueKind == JsonValueKind.String && value.TryGetBytesFromBase64(out var body))
        {
            return body;
        }

        Mistake($"{at}.body", "This is the body in base 64.");
        return [];
    }

    private DateTimeOffset? Instant(JsonElement message, string at)
    {
        if (!message.TryGetProperty("deadAt", out var value) || value.ValueKind == JsonValueKind.Null)
        {
            return null;
        }

        if (value.ValueKind == JsonValueKind.String && value.TryGetDateTimeOffset(out var instant))
        {
            return instant.ToUniversalTime();
        }

        Mistake($"{at}.deadAt", "This is an instant such as 2026-03-01T08:00:00Z.");
        return null;
    }
}
