using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Options;
using Stagedoor.DeadLetters.Configuration;

namespace Stagedoor.DeadLetters.Bodies;

/// <summary>Hides the values of fields that are marked as sensitive, at any depth, with all that is below them.</summary>
internal sealed class Masking(IOptions<DeadLettersOptions> options)
{
    public const string Mask = "•••••";

    private static readonly JsonWriterOptions Layout = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, MaxDepth = 1000 };

    private readonly Regex? _sensitive = Pattern(options.Value.SensitiveFields);

    /// <summary>Whether anything is sensitive here.</summary>
    public bool IsOn => _sensitive is not null;

    public bool Hides(string field) => _sensitive?.IsMatch(field) == true;

    /// <summary>JSON laid out, and whether anything in it is hidden.</summary>
    public (string Text, bool IsMasked) Write(JsonElement json, bool seesSensitive)
    {
        var buffer = new ArrayBufferWriter<byte>();
        var isMasked = false;
        using (var writer = new Utf8JsonWriter(buffer, Layout))
        {
            Write(writer, json, seesSensitive, ref isMasked);
        }

        return (Encoding.UTF8.GetString(buffer.WrittenSpan), isMasked);
    }

    private void Write(Utf8JsonWriter writer, JsonElement json, bool seesSensitive, ref bool isMasked)
    {
        switch (json.ValueKind)
        {
            case JsonValueKind.Object:
                writer.WriteStartObject();
                foreach (var property in json.EnumerateObject())
                {
                    writer.WritePropertyName(property.Name);
                    if (!seesSensitive && Hides(property.Name) && property.Value.ValueKind != JsonValueKind.Null)
                    {
                        writer.WriteStringValue(Mask);
                        isMasked = true;
                    }
                    else
                    {
                        Write(writer, property.Value, seesSensitive, ref isMasked);
                    }
                }

                writer.WriteEndObject();
                break;
            case JsonValueKind.Array:
                writer.WriteStartArray();
                foreach (var item in json.EnumerateArray())
                {
                    Write(writer, item, seesSensitive, ref isMasked);
                }

                writer.WriteEndArray();
                break;
            case JsonValueKind.Number:
                // As it was written: 1.50 stays 1.50, and a number of thirty digits has thirty.
                writer.WriteRawValue(json.GetRawText(), skipInputValidation: true);
                break;
            default:
                json.WriteTo(writer);
                break;
        }
    }

    private static Regex? Pattern(IReadOnlyList<string> fields) => fields.Count == 0
        ? null
        : new Regex(
            $"^({string.Join('|', fields.Select(field => Regex.Escape(field.Trim()).Replace(@"\*", ".*", StringComparison.Ordinal)))})$",
            RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture | RegexOptions.Singleline);
}
