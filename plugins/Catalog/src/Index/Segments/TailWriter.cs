using System.Buffers;
using System.Text.Json;
using Stagedoor.Catalog.Index.Relations;

namespace Stagedoor.Catalog.Index.Segments;

/// <summary>Writes an entity from its relations to its end, and the etag that depends on all of it.</summary>
internal sealed class TailWriter(Utf8Table refs, RelationTypes types)
{
    private readonly ArrayBufferWriter<byte> _text = new(1024);
    private readonly ArrayBufferWriter<byte> _hashed = new(1024);

    public (Slice Tail, int Status) Write(ReadOnlySpan<DeclaredRelation> relations, ReadOnlySpan<byte> status, Arena json)
    {
        _text.ResetWrittenCount();
        _text.Write(",\"relations\":["u8);
        for (var i = 0; i < relations.Length; i++)
        {
            var relation = relations[i].Relation;
            if (i > 0 && relations[i - 1].Relation is var before && before.Type == relation.Type && before.Other == relation.Other)
            {
                continue;
            }

            _text.Write(i > 0 ? ",{\"type\":"u8 : "{\"type\":"u8);
            _text.Write(types[relation.Type].Json);
            _text.Write(",\"targetRef\":"u8);
            WriteText(refs[relation.Other]);
            _text.Write("}"u8);
        }

        _text.Write("]"u8);
        var statusLength = status.SequenceEqual("[]"u8) ? 0 : status.Length;
        if (statusLength > 0)
        {
            _text.Write(",\"status\":{\"items\":"u8);
            _text.Write(status);
            _text.Write("}"u8);
        }

        _text.Write("}"u8);
        var slice = json.Append(_text.WrittenCount);
        _text.WrittenSpan.CopyTo(json[slice]);
        return (slice, statusLength);
    }

    /// <summary>The etag of the entity whose tail was written last.</summary>
    public void WriteEtag(ReadOnlySpan<byte> bodyHash, Span<byte> into)
    {
        _hashed.ResetWrittenCount();
        _hashed.Write(bodyHash);
        _hashed.Write(_text.WrittenSpan[..(_text.WrittenCount - 1)]);
        Span<byte> hash = stackalloc byte[StableHash.Size];
        StableHash.Hash(_hashed.WrittenSpan, hash);
        Convert.TryToHexStringLower(hash, into, out _);
    }

    private void WriteText(ReadOnlySpan<byte> text)
    {
        if (text.IndexOfAnyInRange((byte)0, (byte)0x1f) < 0 && text.IndexOfAny((byte)'"', (byte)'\\') < 0)
        {
            _text.Write("\""u8);
            _text.Write(text);
            _text.Write("\""u8);
        }
        else
        {
            using var writer = new Utf8JsonWriter(_text);
            writer.WriteStringValue(text);
        }
    }
}
