using System.Text.Json;
using System.Text.Unicode;

namespace Stagedoor.Catalog.Api;

/// <summary>Parses JSON from outside whose texts are texts: with half a character or a zero in them no database and no reader takes them.</summary>
internal static class JsonTexts
{
    /// <exception cref="JsonException">It is not JSON, or a text in it is none.</exception>
    public static JsonDocument Parse(ReadOnlyMemory<byte> json)
    {
        var reader = new Utf8JsonReader(json.Span);
        while (reader.Read())
        {
            if (reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName && !IsText(reader))
            {
                throw new JsonException($"The text that ends at byte {reader.BytesConsumed} has half a character or a zero in it.");
            }
        }

        return JsonDocument.Parse(json);
    }

    /// <summary>As it is read, a text may have an escape for half a character, and bytes that are no UTF-8.</summary>
    private static bool IsText(Utf8JsonReader reader)
    {
        if (!reader.ValueIsEscaped)
        {
            return Utf8.IsValid(reader.ValueSpan);
        }

        try
        {
            return !reader.GetString()!.Contains('\0', StringComparison.Ordinal);
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }
}
