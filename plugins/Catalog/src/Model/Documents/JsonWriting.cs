using System.Buffers;
using System.Text.Json;

namespace Stagedoor.Catalog.Model.Documents;

/// <summary>Writes values as JSON.</summary>
internal static class JsonWriting
{
    public static byte[] ToJson(this Node node)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.Write(node);
        }

        return buffer.WrittenSpan.ToArray();
    }

    public static void Write(this Utf8JsonWriter writer, Node node)
    {
        switch (node)
        {
            case MapNode map:
                writer.WriteStartObject();
                foreach (var member in map.Members)
                {
                    writer.WritePropertyName(member.Key);
                    writer.Write(member.Value);
                }

                writer.WriteEndObject();
                break;
            case ListNode list:
                writer.WriteStartArray();
                foreach (var item in list.Items)
                {
                    writer.Write(item);
                }

                writer.WriteEndArray();
                break;
            case ScalarNode { Kind: JsonValueKind.String } text:
                writer.WriteStringValue(text.Value);
                break;
            case ScalarNode { Kind: JsonValueKind.Number } number:
                writer.WriteRawValue(number.Value, skipInputValidation: true);
                break;
            case ScalarNode { Kind: JsonValueKind.True or JsonValueKind.False } flag:
                writer.WriteBooleanValue(flag.Kind == JsonValueKind.True);
                break;
            default:
                writer.WriteNullValue();
                break;
        }
    }
}
