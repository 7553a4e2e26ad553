using System.IO.Compression;
using System.Text;
using System.Text.Json;
using Stagedoor.DeadLetters.Headers;

namespace Stagedoor.DeadLetters.Bodies;

/// <summary>
/// Makes a body readable: unpacks it, decodes it by its schema or as JSON or text, lays it out, and masks what its reader may
/// not see. The stored bytes are never touched.
/// </summary>
internal sealed class BodyReading(BodySchemas schemas, Masking masking)
{
    private const int MostText = 512 * 1024;
    private const int MostHex = 16 * 1024;
    private const int MostUnpacked = 32 * 1024 * 1024;
    private const int MostLayers = 3;

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public DecodedBody Read(byte[] body, MessageProperties properties, string routingKey, bool seesSensitive)
    {
        var how = new List<string>();
        var (bytes, problem, isCut) = Unpack(body, how);
        if (bytes.Length == 0)
        {
            return new DecodedBody(BodyForm.Empty, "", how, problem, isCut, IsMasked: false);
        }

        if (schemas.Find(routingKey, properties.Type, properties.ContentType) is { } schema)
        {
            try
            {
                var json = schema.Decode(bytes);
                how.Add(schema.Name);
                return Json(json, how, problem, isCut, seesSensitive);
            }
            catch (BodyFormatException unreadable)
            {
                problem = $"It is no {schema.Name}: {unreadable.Message}";
            }
        }

        if (TryJson(bytes) is { } found)
        {
            using (found)
            {
                how.Add("JSON");
                return Json(found.RootElement, how, problem, isCut, seesSensitive);
            }
        }

        if (!seesSensitive && masking.IsOn)
        {
            return new DecodedBody(BodyForm.Hex, "", how, problem, isCut, IsMasked: false) { IsWithheld = true };
        }

        if (TryText(bytes) is { } text)
        {
            how.Add("text");
            var cut = text.Length > MostText;
            return new DecodedBody(BodyForm.Text, cut ? text[..MostText] : text, how, problem, isCut || cut, IsMasked: false);
        }

        how.Add("bytes");
        return new DecodedBody(BodyForm.Hex, HexDump.Of(bytes.AsSpan(0, Math.Min(bytes.Length, MostHex))), how, problem, isCut || bytes.Length > MostHex, IsMasked: false);
    }

    private DecodedBody Json(JsonElement json, List<string> how, string? problem, bool isCut, bool seesSensitive)
    {
        var (text, isMasked) = masking.Write(json, seesSensitive);
        var cut = text.Length > MostText;
        return new DecodedBody(BodyForm.Json, cut ? text[..MostText] : text, how, problem, isCut || cut, isMasked);
    }

    private static (byte[] Bytes, string? Problem, bool IsCut) Unpack(byte[] body, List<string> how)
    {
        // Told by its first bytes and not by what the message says of itself: that is often missing or wrong.
        var bytes = body;
        for (var layer = 0; layer < MostLayers && bytes is [0x1f, 0x8b, 8, ..]; layer++)
        {
            try
            {
                using var packed = new GZipStream(new MemoryStream(bytes), CompressionMode.Decompress);
                using var unpacked = new MemoryStream();
                var buffer = new byte[64 * 1024];
                while (unpacked.Length < MostUnpacked && packed.Read(buffer) is var read and > 0)
                {
                    unpacked.Write(buffer, 0, (int)Math.Min(read, MostUnpacked - unpacked.Length));
                }

                how.Add("gzip");
                bytes = unpacked.ToArray();
                if (bytes.Length == MostUnpacked)
                {
                    return (bytes, "It unpacks to more than 32 MB; the beginning is shown.", true);
                }
            }
            catch (InvalidDataException damaged)
            {
                return (bytes, $"It looks like gzip and cannot be unpacked: {damaged.Message}", false);
            }
        }

        return (bytes, null, false);
    }

    private static JsonDocument? TryJson(byte[] bytes)
    {
        var start = bytes is [0xef, 0xbb, 0xbf, ..] ? 3 : 0;
        try
        {
            // A single number or word is a text to a reader.
            var document = JsonDocument.Parse(bytes.AsMemory(start), new JsonDocumentOptions { MaxDepth = 256 });
            if (document.RootElement.ValueKind is JsonValueKind.Object or JsonValueKind.Array)
            {
                return document;
            }

            document.Dispose();
            return null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string? TryText(byte[] bytes)
    {
        try
        {
            var text = Strict.GetString(bytes);
            return text.AsSpan().ContainsAnyExcept(Controls.None) && text.Any(sign => char.IsControl(sign) && sign is not ('\n' or '\r' or '\t')) ? null : text;
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }

    private static class Controls
    {
        public static readonly System.Buffers.SearchValues<char> None = System.Buffers.SearchValues.Create("\n\r\t");
    }
}
