using System.Text;
using System.Text.Json;

namespace Stagedoor.Catalog.Model.Documents;

/// <summary>Reads JSON, from a file or from a value that somebody has parsed already, into the same values as YAML.</summary>
internal static class JsonDocuments
{
    private static readonly JsonReaderOptions Strict = new() { MaxDepth = DocumentLimits.MaxDepth };

    /// <summary>Nothing, if it is not JSON: most of what begins like JSON and is not is YAML.</summary>
    public static Document? TryRead(string text, out Fault fault)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        var reading = new JsonReading(bytes);
        try
        {
            var reader = new Utf8JsonReader(bytes, Strict);
            reader.Read();
            var root = reading.Read(ref reader);
            if (reader.Read())
            {
                fault = new Fault(reading.LineOf(ref reader), "", "This is not JSON: something follows the end.");
                return null;
            }

            fault = default;
            return new Document(1, root.Line, root, reading.Faults) { HasPlaceholders = reading.HasPlaceholders };
        }
        catch (JsonException broken)
        {
            fault = new Fault((int)(broken.LineNumber ?? 0) + 1, "", Explain(broken.Message));
            return null;
        }
        catch (BrokenDocumentException broken)
        {
            fault = new Fault(broken.Line, "", broken.Message);
            return null;
        }
        catch (InvalidOperationException)
        {
            fault = new Fault(0, "", "Here stands half a character (a lone surrogate). Write the character itself.");
            return null;
        }
    }

    private static string Explain(string message)
    {
        var end = message.IndexOf(" LineNumber", StringComparison.Ordinal);
        return message.Contains("maximum configured depth", StringComparison.Ordinal)
            ? $"This is nested more than {DocumentLimits.MaxDepth} levels deep."
            : $"This is not JSON: {(end < 0 ? message : message[..end])}";
    }

    public static Document Read(JsonElement value) => TryRead(value.GetRawText(), out var fault) ?? new Document(1, 1, null, [fault]) { Text = value.GetRawText() };

    private sealed class JsonReading(byte[] bytes)
    {
        private readonly List<Fault> _faults = [];
        private int _line = 1;
        private int _counted;
        private int _nodes;

        public IReadOnlyList<Fault> Faults => _faults;

        public bool HasPlaceholders { get; private set; }

        public int LineOf(ref Utf8JsonReader reader)
        {
            var start = (int)reader.TokenStartIndex;
            _line += bytes.AsSpan(_counted, start - _counted).Count((byte)'\n');
            _counted = start;
            return _line;
        }

        public Node Read(ref Utf8JsonReader reader)
        {
            var line = LineOf(ref reader);
            if (++_nodes > DocumentLimits.MaxNodes)
            {
                throw new BrokenDocumentException(line, $"This document has more than {DocumentLimits.MaxNodes} values. Split it.");
            }

            return reader.TokenType switch
            {
                JsonTokenType.StartObject => ReadMap(ref reader, line),
                JsonTokenType.StartArray => ReadList(ref reader, line),
                JsonTokenType.String => new ScalarNode(JsonValueKind.String, Text(ref reader, line), line),
                JsonTokenType.Number => CoreSchema.NumberNode(reader.GetDouble(), line),
                JsonTokenType.True => new ScalarNode(JsonValueKind.True, "", line),
                JsonTokenType.False => new ScalarNode(JsonValueKind.False, "", line),
                _ => new ScalarNode(JsonValueKind.Null, "", line),
            };
        }

        private static string Text(ref Utf8JsonReader reader, int line)
        {
            var text = reader.GetString()!;
            return text.Contains('\0', StringComparison.Ordinal)
                ? throw new BrokenDocumentException(line, "Here stands a NUL character, which no entity may hold.")
                : text;
        }

        private ListNode ReadList(ref Utf8JsonReader reader, int line)
        {
            var list = new ListNode(line);
            while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            {
                list.Add(Read(ref reader));
            }

            return list;
        }

        private MapNode ReadMap(ref Utf8JsonReader reader, int line)
        {
            var map = new MapNode(line);
            var keys = new MapKeys();
            while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
            {
                var keyLine = LineOf(ref reader);
                var key = Text(ref reader, keyLine);
                reader.Read();
                var value = Read(ref reader);
                HasPlaceholders |= key.StartsWith('$');
                if (keys.Find(map, key) is { } same)
                {
                    _faults.Add(MapKeys.Twice(same, key, keyLine));
                }
                else
                {
                    map.Add(key, keyLine, value);
                }
            }

            return map;
        }
    }
}
