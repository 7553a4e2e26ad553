using System.Buffers;
using System.Text.Json;
using Google.Protobuf;
using Google.Protobuf.Reflection;

namespace Stagedoor.DeadLetters.Bodies.Protobuf;

/// <summary>
/// A protobuf message as JSON by its descriptor, without generated code. Fields that the descriptor does not know stand under
/// their numbers, for the sender may be newer than the file.
/// </summary>
internal static class ProtobufReading
{
    private const int MostDepth = 100;

    public static JsonElement Read(ReadOnlyMemory<byte> bytes, MessageDescriptor message)
    {
        var buffer = new ArrayBufferWriter<byte>();
        try
        {
            using (var writer = new Utf8JsonWriter(buffer, new JsonWriterOptions { MaxDepth = 1000 }))
            {
                WriteMessage(writer, bytes.ToArray(), message, depth: 0);
            }
        }
        catch (InvalidProtocolBufferException damaged)
        {
            throw new BodyFormatException(damaged.Message);
        }

        using var document = JsonDocument.Parse(buffer.WrittenMemory, new JsonDocumentOptions { MaxDepth = 1000 });
        return document.RootElement.Clone();
    }

    private static void WriteMessage(Utf8JsonWriter writer, byte[] bytes, MessageDescriptor message, int depth)
    {
        if (depth > MostDepth)
        {
            throw new BodyFormatException("messages are nested more than 100 deep.");
        }

        var fields = Collect(bytes, message);
        writer.WriteStartObject();
        foreach (var (number, values) in fields)
        {
            if (message.FindFieldByNumber(number) is not { } field)
            {
                writer.WritePropertyName(FormattableString.Invariant($"#{number}"));
                WriteList(writer, values, value => WriteUnknown(writer, value), values.Count > 1);
                continue;
            }

            writer.WritePropertyName(field.JsonName);
            if (field.IsMap)
            {
                WriteMap(writer, field, values, depth);
            }
            else
            {
                // Of a field that occurs twice the last counts, but for a message, whose parts are merged.
                var shown = field.IsRepeated ? values : field.FieldType == FieldType.Message ? Merged(values) : [values[^1]];
                WriteList(writer, shown, value => WriteValue(writer, field, value, depth), field.IsRepeated);
            }
        }

        writer.WriteEndObject();
    }

    private static void WriteList(Utf8JsonWriter writer, List<object> values, Action<object> write, bool isList)
    {
        if (!isList)
        {
            write(values[0]);
            return;
        }

        writer.WriteStartArray();
        foreach (var value in values)
        {
            write(value);
        }

        writer.WriteEndArray();
    }

    private static List<object> Merged(List<object> values) => values.Count == 1
        ? values
        : values.All(part => part is ByteString) ? [ByteString.CopyFrom([.. values.Cast<ByteString>().SelectMany(part => part.ToByteArray())])]
        : throw new BodyFormatException("a field is a message here and a number there.");

    /// <summary>The values of each field, as the wire has them: a number of 64 or 32 bits, or bytes.</summary>
    private static SortedDictionary<int, List<object>> Collect(byte[] bytes, MessageDescriptor message)
    {
        var fields = new SortedDictionary<int, List<object>>();
        var input = new CodedInputStream(bytes);
        while (input.ReadTag() is var tag and > 0)
        {
            var number = WireFormat.GetTagFieldNumber(tag);
            if (!fields.TryGetValue(number, out var values))
            {
                fields.Add(number, values = []);
            }

            switch (WireFormat.GetTagWireType(tag))
            {
                case WireFormat.WireType.Varint:
                    values.Add(input.ReadUInt64());
                    break;
                case WireFormat.WireType.Fixed64:
                    values.Add(input.ReadFixed64());
                    break;
                case WireFormat.WireType.Fixed32:
                    values.Add(input.ReadFixed32());
                    break;
                case WireFormat.WireType.LengthDelimited:
                    var data = input.ReadBytes();
                    if (message.FindFieldByNumber(number) is { IsRepeated: true } field && Packs(field.FieldType) is { } width)
                    {
                        Unpack(data, width, values);
                    }
                    else
                    {
                        values.Add(data);
                    }

                    break;
                default:
                    throw new BodyFormatException(FormattableString.Invariant($"field {number} is a group, which is not read."));
            }
        }

        return fields;
    }

    private static WireFormat.WireType? Packs(FieldType type) => type switch
    {
        FieldType.Double or FieldType.Fixed64 or FieldType.SFixed64 => WireFormat.WireType.Fixed64,
        FieldType.Float or FieldType.Fixed32 or FieldType.SFixed32 => WireFormat.WireType.Fixed32,
        FieldType.String or FieldType.Bytes or FieldType.Message or FieldType.Group => null,
        _ => WireFormat.WireType.Varint,
    };

    private static void Unpack(ByteString data, WireFormat.WireType width, List<object> values)
    {
        var packed = data.CreateCodedInput();
        while (!packed.IsAtEnd)
        {
            values.Add(width switch
            {
                WireFormat.WireType.Fixed64 => packed.ReadFixed64(),
                WireFormat.WireType.Fixed32 => packed.ReadFixed32(),
                _ => packed.ReadUInt64(),
            });
        }
    }

    private static void WriteMap(Utf8JsonWriter writer, FieldDescriptor field, List<object> entries, int depth)
    {
        var (key, value) = (field.MessageType.FindFieldByNumber(1), field.MessageType.FindFieldByNumber(2));
        writer.WriteStartObject();
        foreach (var entry in entries.OfType<ByteString>())
        {
            var parts = Collect(entry.ToByteArray(), field.MessageType);
            writer.WritePropertyName(KeyText(key, parts.TryGetValue(1, out var keys) ? keys[^1] : null));
            if (parts.TryGetValue(2, out var values))
            {
                WriteValue(writer, value, values[^1], depth);
            }
            else
            {
                writer.WriteNullValue();
            }
        }

        writer.WriteEndObject();
    }

    private static string KeyText(FieldDescriptor key, object? value)
    {
        if (value is null)
        {
            return key.FieldType == FieldType.String ? "" : "0";
        }

        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            WriteValue(writer, key, value, depth: 0);
        }

        using var text = JsonDocument.Parse(buffer.WrittenMemory);
        return text.RootElement.ToString();
    }

    private static void WriteValue(Utf8JsonWriter writer, FieldDescriptor field, object value, int depth)
    {
        switch (field.FieldType, value)
        {
            case (FieldType.String, ByteString text):
                writer.WriteStringValue(text.ToStringUtf8());
                break;
            case (FieldType.Bytes, ByteString data):
                writer.WriteStringValue(data.ToBase64());
                break;
            case (FieldType.Message, ByteString data):
                if (!WellKnown.TryWrite(writer, field.MessageType, data))
                {
                    WriteMessage(writer, data.ToByteArray(), field.MessageType, depth + 1);
                }

                break;
            case (FieldType.Bool, ulong number):
                writer.WriteBooleanValue(number != 0);
                break;
            case (FieldType.Enum, ulong number):
                if (field.EnumType.FindValueByNumber((int)number) is { } name)
                {
                    writer.WriteStringValue(name.Name);
                }
                else
                {
                    writer.WriteNumberValue((int)number);
                }

                break;
            case (FieldType.Int32 or FieldType.Int64, ulong number):
                writer.WriteNumberValue((long)number);
                break;
            case (FieldType.SInt32 or FieldType.SInt64, ulong number):
                writer.WriteNumberValue((long)(number >> 1) ^ -(long)(number & 1));
                break;
            case (FieldType.SFixed64, ulong number):
                writer.WriteNumberValue((long)number);
                break;
            case (FieldType.SFixed32, uint number):
                writer.WriteNumberValue((int)number);
                break;
            case (FieldType.Double, ulong number):
                WriteReal(writer, BitConverter.UInt64BitsToDouble(number));
                break;
            case (FieldType.Float, uint number):
                WriteReal(writer, BitConverter.UInt32BitsToSingle(number));
                break;
            case (FieldType.UInt32 or FieldType.UInt64 or FieldType.Fixed64, ulong number):
                writer.WriteNumberValue(number);
                break;
            case (FieldType.Fixed32, uint number):
                writer.WriteNumberValue(number);
                break;
            default:
                throw new BodyFormatException($"the field {field.Name} is not the {field.FieldType} that the descriptor says.");
        }
    }

    private static void WriteReal(Utf8JsonWriter writer, double number)
    {
        if (double.IsFinite(number))
        {
            writer.WriteNumberValue(number);
        }
        else
        {
            writer.WriteStringValue(number.ToString(System.Globalization.CultureInfo.InvariantCulture));
        }
    }

    private static void WriteReal(Utf8JsonWriter writer, float number)
    {
        if (float.IsFinite(number))
        {
            writer.WriteNumberValue(number);
        }
        else
        {
            writer.WriteStringValue(number.ToString(System.Globalization.CultureInfo.InvariantCulture));
        }
    }

    private static void WriteUnknown(Utf8JsonWriter writer, object value)
    {
        switch (value)
        {
            case ulong number:
                writer.WriteNumberValue(number);
                break;
            case uint number:
                writer.WriteNumberValue(number);
                break;
            case ByteString data:
                writer.WriteStringValue(data.ToBase64());
                break;
        }
    }
}
