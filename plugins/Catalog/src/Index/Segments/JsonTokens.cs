using System.Text.Json;

namespace Stagedoor.Catalog.Index.Segments;

/// <summary>A JSON text as a flat list of tokens; kept and used again for the next text.</summary>
internal sealed class JsonTokens
{
    /// <summary>Deeper than any declaration that the model lets through.</summary>
    private const int MaxDepth = 1000;

    private Token[] _tokens = new Token[256];
    private int[] _open = new int[16];
    private ReadOnlyMemory<byte> _json;

    public int Count { get; private set; }

    public ReadOnlySpan<byte> Json => _json.Span;

    public ref readonly Token this[int index] => ref _tokens[index];

    public void Read(ReadOnlyMemory<byte> json)
    {
        _json = json;
        Count = 0;
        var depth = 0;
        var reader = new Utf8JsonReader(json.Span, new JsonReaderOptions { MaxDepth = MaxDepth });
        while (reader.Read())
        {
            if (reader.TokenType is JsonTokenType.EndObject or JsonTokenType.EndArray)
            {
                ref var opened = ref _tokens[_open[--depth]];
                opened.End = (int)reader.BytesConsumed;
                opened.Next = Count;
                continue;
            }

            if (Count == _tokens.Length)
            {
                Array.Resize(ref _tokens, Count * 2);
            }

            if (reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray)
            {
                if (depth == _open.Length)
                {
                    Array.Resize(ref _open, depth * 2);
                }

                _open[depth++] = Count;
            }

            // Of a name, the token is its text alone, as of a value: the colon after it belongs to nobody.
            var start = (int)reader.TokenStartIndex;
            var quotes = reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName ? 2 : 0;
            _tokens[Count] = new Token
            {
                Type = reader.TokenType,
                Start = start,
                End = start + reader.ValueSpan.Length + quotes,
                Next = Count + 1,
                IsEscaped = quotes > 0 && reader.ValueIsEscaped,
            };
            Count++;
        }
    }

    /// <summary>The text as it stands, with its quotation marks.</summary>
    public ReadOnlySpan<byte> Raw(int index) => _json.Span[_tokens[index].Start.._tokens[index].End];

    /// <summary>What a name or text says, without quotation marks but still escaped.</summary>
    public ReadOnlySpan<byte> Inner(int index) => _json.Span[(_tokens[index].Start + 1)..(_tokens[index].End - 1)];

    /// <summary>The value of a property of an object, or -1.</summary>
    public int Property(int parent, ReadOnlySpan<byte> name)
    {
        if (_tokens[parent].Type != JsonTokenType.StartObject)
        {
            return -1;
        }

        for (var property = parent + 1; property < _tokens[parent].Next; property = _tokens[property + 1].Next)
        {
            if (_tokens[property].IsEscaped ? IsEscapedName(property, name) : Inner(property).SequenceEqual(name))
            {
                return property + 1;
            }
        }

        return -1;
    }

    private bool IsEscapedName(int property, ReadOnlySpan<byte> name)
    {
        var reader = new Utf8JsonReader(Raw(property));
        return reader.Read() && reader.ValueTextEquals(name);
    }

    /// <summary>Writes a name or text as it is meant; the length, or -1 if there is no room.</summary>
    public int Unescape(int index, Span<byte> into)
    {
        var inner = Inner(index);
        if (!_tokens[index].IsEscaped)
        {
            return inner.TryCopyTo(into) ? inner.Length : -1;
        }

        if (inner.Length > into.Length)
        {
            return -1;
        }

        var reader = new Utf8JsonReader(Raw(index));
        reader.Read();
        return reader.CopyString(into);
    }

    internal struct Token
    {
        public JsonTokenType Type;
        public int Start;
        public int End;

        /// <summary>The token after this one and all it contains.</summary>
        public int Next;
        public bool IsEscaped;
    }
}
