using System.Buffers;
using System.Text.Json;
using Stagedoor.Catalog.Index;
using Stagedoor.Plugins;

namespace Stagedoor.Catalog.Pages.List.Asking;

/// <summary>
/// An entity as a row needs it. Most are taken as they are; of one that is large, such as an API with its definition or a group
/// that owns thousands, long texts are cut and of each type of relation the first are kept, so that a page of them stays quick.
/// </summary>
internal static class RowEntity
{
    private const int Large = 8 * 1024;
    private const int LongestText = 2000;
    private const int MostOfOneType = 50;

    public static Entity Of(Found found) => new(found.Length <= Large ? found.Json() : Cut(found));

    private static ReadOnlyMemory<byte> Cut(Found found)
    {
        var whole = ArrayPool<byte>.Shared.Rent(found.Length);
        try
        {
            found.Head.CopyTo(whole);
            found.Tail.CopyTo(whole.AsSpan(found.Head.Length));
            var reader = new Utf8JsonReader(whole.AsSpan(0, found.Length));
            var cut = new ArrayBufferWriter<byte>(Large);
            using var writer = new Utf8JsonWriter(cut, new JsonWriterOptions { SkipValidation = true });
            while (reader.Read())
            {
                if (reader.TokenType == JsonTokenType.PropertyName && reader.CurrentDepth == 1 && reader.ValueTextEquals("relations"u8))
                {
                    reader.Read();
                    WriteRelations(ref reader, writer);
                }
                else
                {
                    Write(ref reader, writer);
                }
            }

            writer.Flush();
            return cut.WrittenMemory;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(whole);
        }
    }

    // A cell shows two and counts the others; nobody reads of thousands there.
    private static void WriteRelations(ref Utf8JsonReader reader, Utf8JsonWriter writer)
    {
        var written = new Dictionary<string, int>(StringComparer.Ordinal);
        writer.WriteStartArray("relations"u8);
        while (reader.Read() && reader.TokenType == JsonTokenType.StartObject)
        {
            var start = reader;
            reader.Read();
            reader.Read();
            var type = reader.GetString() ?? "";
            reader = start;
            var (depth, count) = (reader.CurrentDepth, written.GetValueOrDefault(type));
            written[type] = count + 1;
            do
            {
                if (count < MostOfOneType)
                {
                    Write(ref reader, writer);
                }
            }
            while ((reader.TokenType != JsonTokenType.EndObject || reader.CurrentDepth > depth) && reader.Read());
        }

        writer.WriteEndArray();
    }

    private static void Write(ref Utf8JsonReader reader, Utf8JsonWriter writer)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject:
                writer.WriteStartObject();
                break;
            case JsonTokenType.EndObject:
                writer.WriteEndObject();
                break;
            case JsonTokenType.StartArray:
                writer.WriteStartArray();
                break;
            case JsonTokenType.EndArray:
                writer.WriteEndArray();
                break;
            case JsonTokenType.PropertyName:
                writer.WritePropertyName(reader.GetString()!);
                break;
            case JsonTokenType.String when reader.ValueSpan.Length > LongestText * 10:
                writer.WriteStringValue(""u8);
                break;
            case JsonTokenType.String:
                writer.WriteStringValue(CutText.Start(reader.GetString()!, LongestText));
                break;
            default:
                writer.WriteRawValue(reader.ValueSpan, skipInputValidation: true);
                break;
        }
    }
}
