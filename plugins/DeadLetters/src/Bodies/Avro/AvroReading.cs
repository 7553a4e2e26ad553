using System.Buffers;
using System.Buffers.Binary;
using System.Globalization;
using System.Numerics;
using System.Text;
using System.Text.Json;

namespace Stagedoor.DeadLetters.Bodies.Avro;

/// <summary>An Avro value in its binary form as JSON, by the schema it was written with.</summary>
internal static class AvroReading
{
    public static JsonElement Read(ReadOnlyMemory<byte> bytes, AvroSchema schema)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, new JsonWriterOptions { MaxDepth = 1000 }))
        {
            var input = new Input(bytes);
            Write(writer, schema, input, depth: 0);
            if (input.Left > 0)
            {
                throw new BodyFormatException(FormattableString.Invariant($"{input.Left} bytes are left over."));
            }
        }

        using var document = JsonDocument.Parse(buffer.WrittenMemory, new JsonDocumentOptions { MaxDepth = 1000 });
        return document.RootElement.Clone();
    }

    private static void Write(Utf8JsonWriter writer, AvroSchema schema, Input input, int depth)
    {
        if (depth > 200)
        {
            throw new BodyFormatException("values are nested more than 200 deep.");
        }

        switch (schema.Kind)
        {
            case "null":
                writer.WriteNullValue();
                break;
            case "boolean":
                writer.WriteBooleanValue(input.Take(1).Span[0] != 0);
                break;
            case "int" or "long":
                WriteNumber(writer, schema, input.Long());
                break;
            case "float":
                WriteReal(writer, BinaryPrimitives.ReadSingleLittleEndian(input.Take(4).Span));
                break;
            case "double":
                WriteReal(writer, BinaryPrimitives.ReadDoubleLittleEndian(input.Take(8).Span));
                break;
            case "string":
                writer.WriteStringValue(Encoding.UTF8.GetString(input.Take(input.Length()).Span));
                break;
            case "bytes":
                WriteBytes(writer, schema, input.Take(input.Length()).Span);
                break;
            case "fixed":
                WriteBytes(writer, schema, input.Take(schema.Size).Span);
                break;
            case "enum":
                writer.WriteStringValue(Choose(schema.Symbols, input.Long(), schema.Name));
                break;
            case "union":
                Write(writer, Choose(schema.Types, input.Long(), "union"), input, depth + 1);
                break;
            case "record":
                writer.WriteStartObject();
                foreach (var (name, type) in schema.Fields)
                {
                    writer.WritePropertyName(name);
                    Write(writer, type, input, depth + 1);
                }

                writer.WriteEndObject();
                break;
            case "array":
                writer.WriteStartArray();
                Blocks(input, () => Write(writer, schema.Types[0], input, depth + 1));
                writer.WriteEndArray();
                break;
            case "map":
                writer.WriteStartObject();
                Blocks(input, () =>
                {
                    writer.WritePropertyName(Encoding.UTF8.GetString(input.Take(input.Length()).Span));
                    Write(writer, schema.Types[0], input, depth + 1);
                });
                writer.WriteEndObject();
                break;
        }
    }

    private static T Choose<T>(IReadOnlyList<T> from, long index, string name) => index >= 0 && index < from.Count
        ? from[(int)index]
        : throw new BodyFormatException(FormattableString.Invariant($"{name} has no choice {index}."));

    /// <summary>Items come in blocks with their number; a negative one is followed by the block's size. A block of none is the end.</summary>
    private static void Blocks(Input input, Action item)
    {
        var all = 0L;
        while (input.Long() is var count and not 0)
        {
            if (count < 0)
            {
                count = count == long.MinValue ? throw new BodyFormatException("a block has an impossible size.") : -count;
                _ = input.Long();
            }

            // Items of no bytes could be any number of them.
            all += count;
            if (all > 1_000_000)
            {
                throw new BodyFormatException("a list has more than a million items.");
            }

            for (var i = 0L; i < count; i++)
            {
                item();
            }
        }
    }

    private static void WriteNumber(Utf8JsonWriter writer, AvroSchema schema, long number)
    {
        var instant = schema.LogicalType switch
        {
            "date" => Instant(number, TimeSpan.TicksPerDay),
            "timestamp-millis" => Instant(number, TimeSpan.TicksPerMillisecond),
            "timestamp-micros" => Instant(number, TimeSpan.TicksPerMicrosecond),
            _ => null,
        };
        if (instant is { } at)
        {
            writer.WriteStringValue(at.ToString(schema.LogicalType == "date" ? "yyyy-MM-dd" : "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture));
        }
        else
        {
            writer.WriteNumberValue(number);
        }
    }

    private static DateTime? Instant(long number, long ticks)
    {
        var all = (Int128)number * ticks + DateTime.UnixEpoch.Ticks;
        return all >= DateTime.MinValue.Ticks && all <= DateTime.MaxValue.Ticks ? new DateTime((long)all, DateTimeKind.Utc) : null;
    }

    private static void WriteReal(Utf8JsonWriter writer, double number)
    {
        if (double.IsFinite(number))
        {
            writer.WriteNumberValue(number);
        }
        else
        {
            writer.WriteStringValue(number.ToString(CultureInfo.InvariantCulture));
        }
    }

    private static void WriteBytes(Utf8JsonWriter writer, AvroSchema schema, ReadOnlySpan<byte> bytes)
    {
        if (schema.LogicalType != "decimal" || bytes.Length is 0 or > 64 || schema.Scale is < 0 or > 100)
        {
            writer.WriteStringValue(Convert.ToBase64String(bytes));
            return;
        }

        var number = new BigInteger(bytes, isUnsigned: false, isBigEndian: true);
        var digits = BigInteger.Abs(number).ToString(CultureInfo.InvariantCulture).PadLeft(schema.Scale + 1, '0');
        var text = schema.Scale == 0 ? digits : $"{digits[..^schema.Scale]}.{digits[^schema.Scale..]}";
        writer.WriteRawValue(number.Sign < 0 ? $"-{text}" : text);
    }

    private sealed class Input(ReadOnlyMemory<byte> bytes)
    {
        private int _at;

        public int Left => bytes.Length - _at;

        public ReadOnlyMemory<byte> Take(int count)
        {
            if (count > Left)
            {
                throw new BodyFormatException("it ends too early.");
            }

            _at += count;
            return bytes.Slice(_at - count, count);
        }

        public int Length() => Long() is var length and >= 0 && length <= Left ? (int)length : throw new BodyFormatException("a length is impossible.");

        /// <summary>Seven bits a byte, the lowest first, and the sign in the lowest bit.</summary>
        public long Long()
        {
            ulong number = 0;
            for (var shift = 0; shift < 70; shift += 7)
            {
                var one = Take(1).Span[0];
                number |= (ulong)(one & 0x7f) << shift;
                if (one < 0x80)
                {
                    return (long)(number >> 1) ^ -(long)(number & 1);
                }
            }

            throw new BodyFormatException("a number is too long.");
        }
    }
}
