using System.Buffers;
using System.Security.Cryptography;
using System.Text.Json;

namespace Stagedoor.Catalog.Index.Segments;

/// <summary>SHA-1 of a JSON text that does not depend on the order of keys. A change token, not a protection.</summary>
internal sealed class StableHash
{
    public const int Size = SHA1.HashSizeInBytes;

    private readonly ArrayBufferWriter<byte> _text = new(4096);
    private int[] _names = new int[32];
    private int _used;

    public void Of(JsonTokens tokens, Span<byte> into)
    {
        _text.ResetWrittenCount();
        _used = 0;
        Write(tokens, 0);
        Hash(_text.WrittenSpan, into);
    }

#pragma warning disable CA5350 // A change token as Backstage makes it; nothing is protected by it.
    public static void Hash(ReadOnlySpan<byte> text, Span<byte> into) => SHA1.HashData(text, into);
#pragma warning restore CA5350

    private void Write(JsonTokens tokens, int index)
    {
        ref readonly var token = ref tokens[index];
        var (next, first) = (token.Next, true);
        switch (token.Type)
        {
            case JsonTokenType.StartObject:
                var start = _used;
                for (var name = index + 1; name < next; name = tokens[name + 1].Next)
                {
                    Push(tokens, start, name);
                }

                var end = _used;
                _text.Write("{"u8);
                for (var i = start; i < end; i++)
                {
                    _text.Write(i > start ? ","u8 : default);
                    _text.Write(tokens.Raw(_names[i]));
                    _text.Write(":"u8);
                    Write(tokens, _names[i] + 1);
                }

                _text.Write("}"u8);
                _used = start;
                break;
            case JsonTokenType.StartArray:
                _text.Write("["u8);
                for (var item = index + 1; item < next; item = tokens[item].Next)
                {
                    _text.Write(first ? default : ","u8);
                    Write(tokens, item);
                    first = false;
                }

                _text.Write("]"u8);
                break;
            default:
                _text.Write(tokens.Raw(index));
                break;
        }
    }

    /// <summary>Keeps the names of an object in order; files mostly have few of them, and long maps are mostly in order.</summary>
    private void Push(JsonTokens tokens, int start, int name)
    {
        if (_used == _names.Length)
        {
            Array.Resize(ref _names, _used * 2);
        }

        var text = tokens.Raw(name);
        var (low, high) = (start, _used);
        if (high > low && tokens.Raw(_names[high - 1]).SequenceCompareTo(text) <= 0)
        {
            low = high;
        }

        while (low < high)
        {
            var middle = (low + high) >>> 1;
            if (tokens.Raw(_names[middle]).SequenceCompareTo(text) <= 0)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        _names.AsSpan(low, _used - low).CopyTo(_names.AsSpan(low + 1));
        _names[low] = name;
        _used++;
    }
}
