using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using RabbitMQ.Client;

namespace Stagedoor.DeadLetters.Headers;

/// <summary>
/// Headers of AMQP as JSON that gives back the same values of the same types. What JSON has itself stands as it is: text,
/// true, false, null, tables, lists, and 32-bit numbers. Everything else is an object with the type's letter on the wire:
/// <c>{"!": "l", "v": 5}</c> is a 64-bit number, <c>{"!": "S", "v": "/w=="}</c> a text that is no UTF-8, in base 64.
/// </summary>
internal static class HeaderJson
{
    private const string Mark = "!";
    private const int MostDepth = 400;

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
    private static readonly JsonWriterOptions Writing = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, MaxDepth = 1000 };
    private static readonly JsonDocumentOptions Reading = new() { MaxDepth = 1000 };

    public static string Write(IEnumerable<KeyValuePair<string, object?>>? table)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, Writing))
        {
            WriteTable(writer, table ?? [], depth: 0);
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    public static Dictionary<string, object?> Read(string json)
    {
        using var document = JsonDocument.Parse(json, Reading);
        return ReadTable(document.RootElement);
    }

    /// <summary>A header as a text, where it is one or a single value.</summary>
    public static string? Text(object? value) => value switch
    {
        string text => text,
        byte[] bytes => Encoding.UTF8.GetString(bytes),
        bool truth => truth ? "true" : "false",
        AmqpTimestamp stamp => DateTimeOffset.FromUnixTimeSeconds(Math.Clamp(stamp.UnixTime, 0, 253402300799)).ToString("O", CultureInfo.InvariantCulture),
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => null,
    };

    private static void WriteTable(Utf8JsonWriter writer, IEnumerable<KeyValuePair<string, object?>> table, int depth)
    {
        var entries = table as ICollection<KeyValuePair<string, object?>> ?? [.. table];
        var isMarked = entries.Any(entry => entry.Key == Mark);
        if (isMarked)
        {
            // Its own key would be read as a mark.
            writer.WriteStartObject();
            writer.WriteString(Mark, "F");
            writer.WritePropertyName("v");
        }

        writer.WriteStartObject();
        foreach (var (key, value) in entries)
        {
            writer.WritePropertyName(Whole(key));
            WriteValue(writer, value, depth + 1);
        }

        writer.WriteEndObject();
        if (isMarked)
        {
            writer.WriteEndObject();
        }
    }

    private static void WriteValue(Utf8JsonWriter writer, object? value, int depth)
    {
        if (depth > MostDepth)
        {
            throw new InvalidOperationException($"Headers are nested more than {MostDepth} deep.");
        }

        switch (value)
        {
            case null:
                writer.WriteNullValue();
                break;
            case string text:
                writer.WriteStringValue(Whole(text));
                break;
            case byte[] bytes:
                WriteText(writer, bytes);
                break;
            case bool truth:
                writer.WriteBooleanValue(truth);
                break;
            case int number:
                writer.WriteNumberValue(number);
                break;
            case IDictionary<string, object?> table:
                WriteTable(writer, table, depth);
                break;
            case IEnumerable<object?> list:
                writer.WriteStartArray();
                foreach (var item in list)
                {
                    WriteValue(writer, item, depth + 1);
                }

                writer.WriteEndArray();
                break;
            default:
                WriteMarked(writer, value);
                break;
        }
    }

    private static void WriteText(Utf8JsonWriter writer, byte[] bytes)
    {
        try
        {
            writer.WriteStringValue(Strict.GetString(bytes));
        }
        catch (DecoderFallbackException)
        {
            Marked(writer, "S", Convert.ToBase64String(bytes));
        }
    }

    private static void WriteMarked(Utf8JsonWriter writer, object value)
    {
        switch (value)
        {
            case long number:
                Marked(writer, "l", number.ToString(CultureInfo.InvariantCulture));
                break;
            case ulong number:
                Marked(writer, "L", number.ToString(CultureInfo.InvariantCulture));
                break;
            case uint number:
                Marked(writer, "i", number.ToString(CultureInfo.InvariantCulture));
                break;
            case short number:
                Marked(writer, "s", number.ToString(CultureInfo.InvariantCulture));
                break;
            case ushort number:
                Marked(writer, "u", number.ToString(CultureInfo.InvariantCulture));
                break;
            case byte number:
                Marked(writer, "B", number.ToString(CultureInfo.InvariantCulture));
                break;
            case sbyte number:
                Marked(writer, "b", number.ToString(CultureInfo.InvariantCulture));
                break;
            case double number:
                Marked(writer, "d", number.ToString("R", CultureInfo.InvariantCulture));
                break;
            case float number:
                Marked(writer, "f", number.ToString("R", CultureInfo.InvariantCulture));
                break;
            case decimal number:
                Marked(writer, "D", number.ToString(CultureInfo.InvariantCulture));
                break;
            case AmqpTimestamp stamp:
                Marked(writer, "T", stamp.UnixTime.ToString(CultureInfo.InvariantCulture));
                break;
            case BinaryTableValue binary:
                Marked(writer, "x", Convert.ToBase64String(binary.Bytes));
                break;
            default:
                throw new InvalidOperationException($"A header holds a {value.GetType().Name}, which AMQP does not have.");
        }
    }

    private static void Marked(Utf8JsonWriter writer, string letter, string value)
    {
        writer.WriteStartObject();
        writer.WriteString(Mark, letter);
        writer.WriteString("v", value);
        writer.WriteEndObject();
    }

    private static Dictionary<string, object?> ReadTable(JsonElement element)
    {
        if (element.TryGetProperty(Mark, out var letter) && letter.ValueEquals("F"))
        {
            element = element.GetProperty("v");
        }

        var table = new Dictionary<string, object?>(StringComparer.Ordinal);
        foreach (var property in element.EnumerateObject())
        {
            table[property.Name] = ReadValue(property.Value);
        }

        return table;
    }

    private static object? ReadValue(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.String => Encoding.UTF8.GetBytes(element.GetString()!),
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        JsonValueKind.Number => element.GetInt32(),
        JsonValueKind.Array => element.EnumerateArray().Select(ReadValue).ToList(),
        JsonValueKind.Object when element.TryGetProperty(Mark, out var letter) && !letter.ValueEquals("F") => ReadMarked(letter.GetString()!, element.GetProperty("v").GetString()!),
        JsonValueKind.Object => ReadTable(element),
        _ => null,
    };

    private static object ReadMarked(string letter, string value) => letter switch
    {
        "S" => Convert.FromBase64String(value),
        "x" => new BinaryTableValue(Convert.FromBase64String(value)),
        "l" => long.Parse(value, CultureInfo.InvariantCulture),
        "L" => ulong.Parse(value, CultureInfo.InvariantCulture),
        "i" => uint.Parse(value, CultureInfo.InvariantCulture),
        "s" => short.Parse(value, CultureInfo.InvariantCulture),
        "u" => ushort.Parse(value, CultureInfo.InvariantCulture),
        "B" => byte.Parse(value, CultureInfo.InvariantCulture),
        "b" => sbyte.Parse(value, CultureInfo.InvariantCulture),
        "d" => double.Parse(value, CultureInfo.InvariantCulture),
        "f" => float.Parse(value, CultureInfo.InvariantCulture),
        "D" => decimal.Parse(value, CultureInfo.InvariantCulture),
        "T" => new AmqpTimestamp(long.Parse(value, CultureInfo.InvariantCulture)),
        _ => throw new FormatException($"'{letter}' is no type of a header."),
    };

    // JSON has no way to write half of a surrogate pair, and PostgreSQL none to keep U+0000 but as the six signs that JSON makes of it.
    private static string Whole(string text) => text.AsSpan().IndexOfAnyInRange('\uD800', '\uDFFF') < 0 ? text : Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));
}
