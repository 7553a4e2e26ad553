using System.Text.Json;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Stagedoor.Catalog.Model.Documents;

/// <summary>Builds the values of one document from a parser's events, within limits.</summary>
internal sealed class NodeBuilder(IParser parser, int lineOffset, HiddenBreaks hidden)
{
    private const string CoreTag = "tag:yaml.org,2002:";

    private readonly List<Fault> _faults = [];
    private Dictionary<AnchorName, Node?>? _anchors;
    private int _nodes;
    private int _aliased;

    public IReadOnlyList<Fault> Faults => _faults;

    public bool HasPlaceholders { get; private set; }

    /// <summary>Reads the value that the parser stands at, and moves behind it.</summary>
    public Node Read() => Read(0);

    private int LineOf(in Mark mark) => (int)mark.Line + lineOffset;

    private Node Read(int depth)
    {
        var current = parser.Current!;
        var line = LineOf(current.Start);
        if (depth >= DocumentLimits.MaxDepth)
        {
            throw new BrokenDocumentException(line, $"This is nested more than {DocumentLimits.MaxDepth} levels deep.");
        }

        if (++_nodes > DocumentLimits.MaxNodes)
        {
            throw new BrokenDocumentException(line, $"This document has more than {DocumentLimits.MaxNodes} values. Split it.");
        }

        return current switch
        {
            Scalar scalar => ReadScalar(scalar, line),
            MappingStart map => ReadMap(map, line, depth),
            SequenceStart list => ReadList(list, line, depth),
            AnchorAlias alias => ReadAlias(alias, line),
            _ => throw new BrokenDocumentException(line, "This is not YAML."),
        };
    }

    private ScalarNode ReadScalar(Scalar scalar, int line)
    {
        parser.MoveNext();
        var value = hidden.Restore(scalar.Value);
        var node = scalar.Tag.IsEmpty
            ? scalar.Style == ScalarStyle.Plain ? CoreSchema.Resolve(value, line) : new ScalarNode(JsonValueKind.String, Clean(value, line), line)
            : scalar.Tag.Value is CoreTag + "int" or CoreTag + "float" or CoreTag + "bool" or CoreTag + "null"
                ? CoreSchema.Resolve(value, line)
                : new ScalarNode(JsonValueKind.String, Clean(value, line), line);
        Remember(scalar.Anchor, node);
        return node;
    }

    /// <summary>Escapes can name what no JSON can carry.</summary>
    private static string Clean(string text, int line)
    {
        if (text.Contains('\0', StringComparison.Ordinal))
        {
            throw new BrokenDocumentException(line, "Here stands a NUL character, which no entity may hold.");
        }

        if (text.AsSpan().IndexOfAnyInRange('\ud800', '\udfff') >= 0)
        {
            var rest = text.AsSpan();
            while (!rest.IsEmpty)
            {
                if (System.Text.Rune.DecodeFromUtf16(rest, out _, out var length) != System.Buffers.OperationStatus.Done)
                {
                    throw new BrokenDocumentException(line, "Here stands half a character (a lone surrogate). Write the character itself.");
                }

                rest = rest[length..];
            }
        }

        return text;
    }

    private ListNode ReadList(SequenceStart start, int line, int depth)
    {
        var list = new ListNode(line);
        Open(start.Anchor);
        parser.MoveNext();
        while (parser.Current is not SequenceEnd)
        {
            list.Add(Read(depth + 1));
        }

        parser.MoveNext();
        Remember(start.Anchor, list);
        return list;
    }

    private MapNode ReadMap(MappingStart start, int line, int depth)
    {
        var map = new MapNode(line);
        Open(start.Anchor);
        parser.MoveNext();
        MapKeys? keys = null;
        while (parser.Current is not MappingEnd)
        {
            var keyLine = LineOf(parser.Current!.Start);
            var key = ReadKey(keyLine);
            var value = Read(depth + 1);
            if (key.Length > 0 && key[0] == '$')
            {
                HasPlaceholders = true;
            }

            if (FindSame(map, ref keys, key) is { } same)
            {
                _faults.Add(MapKeys.Twice(same, key, keyLine));
            }
            else
            {
                map.Add(key, keyLine, value);
            }
        }

        parser.MoveNext();
        Remember(start.Anchor, map);
        return map;
    }

    private string ReadKey(int line)
    {
        switch (parser.Current)
        {
            case Scalar scalar:
                parser.MoveNext();
                return Clean(hidden.Restore(scalar.Value), line);
            case AnchorAlias alias when ReadAlias(alias, line) is ScalarNode { Kind: JsonValueKind.String } text:
                return text.Value;
            default:
                throw new BrokenDocumentException(line, "A key must be a text, and this one is a list or an object.");
        }
    }

    private static Member? FindSame(MapNode map, ref MapKeys? keys, string key)
    {
        const int Few = 12;
        if (map.Members.Count < Few)
        {
            foreach (var member in map.Members)
            {
                if (string.Equals(member.Key, key, StringComparison.OrdinalIgnoreCase))
                {
                    return member;
                }
            }

            return null;
        }

        keys ??= new MapKeys();
        return keys.Find(map, key);
    }

    private Node ReadAlias(AnchorAlias alias, int line)
    {
        parser.MoveNext();
        if (_anchors is null || !_anchors.TryGetValue(alias.Value, out var target))
        {
            throw new BrokenDocumentException(line, $"There is no anchor '&{alias.Value}' above the alias '*{alias.Value}' in this document.");
        }

        if (target is null)
        {
            throw new BrokenDocumentException(line, $"The alias '*{alias.Value}' stands inside of what it stands for, which has no end.");
        }

        _nodes += target.Size;
        _aliased += target.Size;
        return _aliased <= DocumentLimits.MaxAliasedNodes
            ? target
            : throw new BrokenDocumentException(line, $"The aliases of this document stand for more than {DocumentLimits.MaxAliasedNodes} values in all. Write less by aliases.");
    }

    private void Open(AnchorName anchor)
    {
        if (!anchor.IsEmpty)
        {
            (_anchors ??= [])[anchor] = null;
        }
    }

    private void Remember(AnchorName anchor, Node node)
    {
        if (!anchor.IsEmpty)
        {
            (_anchors ??= [])[anchor] = node;
        }
    }
}
