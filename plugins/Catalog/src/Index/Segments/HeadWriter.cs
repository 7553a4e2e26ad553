using System.Text.Json;

namespace Stagedoor.Catalog.Index.Segments;

/// <summary>Writes an entity up to its relations: the body, with uid and etag at the end of its metadata.</summary>
internal static class HeadWriter
{
    private const int UidLength = 36;
    private const int EtagLength = StableHash.Size * 2;

    /// <param name="etag">Where the room for the etag is, or -1 if the body has its own.</param>
    public static Slice Write(JsonTokens tokens, Guid uid, Arena json, out int etag)
    {
        var metadata = tokens.Property(0, "metadata"u8);
        if (metadata < 0 || tokens[metadata].Type != JsonTokenType.StartObject)
        {
            throw new JsonException("An entity without metadata cannot be indexed.");
        }

        var oldUid = tokens.Property(metadata, "uid"u8);
        var oldEtag = tokens.Property(metadata, "etag"u8);
        var keepsEtag = oldEtag >= 0 && tokens[oldEtag].Type == JsonTokenType.String && tokens.Inner(oldEtag).Length > 0;
        Span<byte> text = stackalloc byte[UidLength];
        uid.TryFormat(text, out _);
        var body = tokens.Json[..(tokens[0].End - 1)];
        var end = tokens[metadata].End - 1;
        var comma = tokens[metadata].Next == metadata + 1 ? ""u8 : ","u8;

        // In the order of where they stand.
        var (uidAt, etagAt) = (oldUid < 0 ? end : tokens[oldUid].Start, keepsEtag ? -1 : oldEtag < 0 ? end : tokens[oldEtag].Start);
        var uidEdit = new Edit(uidAt, oldUid < 0 ? end : tokens[oldUid].End, oldUid < 0);
        var etagEdit = new Edit(etagAt, oldEtag < 0 ? end : tokens[oldEtag].End, oldEtag < 0);
        var size = body.Length + 128;
        Span<byte> buffer = size <= 16384 ? stackalloc byte[size] : new byte[size];
        var writer = new Writer(buffer);
        etag = -1;
        var from = 0;
        if (etagAt >= 0 && etagAt < uidAt)
        {
            etag = WriteEtag(ref writer, body, ref from, etagEdit, ","u8);
            WriteUid(ref writer, body, ref from, uidEdit, text, ","u8);
        }
        else
        {
            WriteUid(ref writer, body, ref from, uidEdit, text, comma);
            if (etagAt >= 0)
            {
                etag = WriteEtag(ref writer, body, ref from, etagEdit, ","u8);
            }
        }

        writer.Write(body[from..]);
        var slice = json.Append(writer.Length);
        buffer[..writer.Length].CopyTo(json[slice]);
        return slice;
    }

    /// <summary>A body without what only the catalog may say of an entity.</summary>
    public static byte[] WithoutOurs(JsonTokens tokens)
    {
        using var stream = new MemoryStream();
        stream.Write("{"u8);
        for (var name = 1; name < tokens[0].Next; name = tokens[name + 1].Next)
        {
            if (!tokens.Inner(name).SequenceEqual("relations"u8) && !tokens.Inner(name).SequenceEqual("status"u8))
            {
                stream.Write(stream.Length > 1 ? ","u8 : default);
                stream.Write(tokens.Raw(name));
                stream.Write(":"u8);
                stream.Write(tokens.Raw(name + 1));
            }
        }

        stream.Write("}"u8);
        return stream.ToArray();
    }

    private static void WriteUid(ref Writer writer, ReadOnlySpan<byte> body, ref int from, Edit edit, ReadOnlySpan<byte> uid, ReadOnlySpan<byte> comma)
    {
        writer.Write(body[from..edit.Start]);
        if (edit.IsNew)
        {
            writer.Write(comma);
            writer.Write("\"uid\":"u8);
        }

        writer.Write("\""u8);
        writer.Write(uid);
        writer.Write("\""u8);
        from = edit.End;
    }

    private static int WriteEtag(ref Writer writer, ReadOnlySpan<byte> body, ref int from, Edit edit, ReadOnlySpan<byte> comma)
    {
        writer.Write(body[from..edit.Start]);
        if (edit.IsNew)
        {
            writer.Write(comma);
            writer.Write("\"etag\":"u8);
        }

        writer.Write("\""u8);
        var at = writer.Skip(EtagLength);
        writer.Write("\""u8);
        from = edit.End;
        return at;
    }

    private readonly record struct Edit(int Start, int End, bool IsNew);

    private ref struct Writer(Span<byte> buffer)
    {
        private readonly Span<byte> _buffer = buffer;

        public int Length { get; private set; }

        public void Write(ReadOnlySpan<byte> bytes)
        {
            bytes.CopyTo(_buffer[Length..]);
            Length += bytes.Length;
        }

        public int Skip(int length)
        {
            Length += length;
            return Length - length;
        }
    }
}
