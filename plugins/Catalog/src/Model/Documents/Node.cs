using System.Text.Json;

namespace Stagedoor.Catalog.Model.Documents;

/// <summary>A value in a document, and the line it stands in, counted from 1.</summary>
internal abstract class Node(int line)
{
    public int Line { get; } = line;

    /// <summary>How many values it holds, itself included, each alias counted as what it stands for, and a long text as several.</summary>
    public abstract int Size { get; }

    public string? Text => this is ScalarNode { Kind: JsonValueKind.String } scalar ? scalar.Value : null;
}

/// <summary>A text, number, true, false or null. Of a number it holds the JSON, of the others that are no text nothing.</summary>
internal sealed class ScalarNode(JsonValueKind kind, string value, int line) : Node(line)
{
    public JsonValueKind Kind { get; } = kind;

    public string Value { get; } = value;

    public override int Size => 1 + (Value.Length / 64);
}

internal sealed class ListNode(int line) : Node(line)
{
    private int _size = 1;

    public List<Node> Items { get; } = [];

    public override int Size => _size;

    public void Add(Node item)
    {
        Items.Add(item);
        _size += item.Size;
    }
}

internal sealed class MapNode(int line) : Node(line)
{
    private int _size = 1;

    public List<Member> Members { get; } = [];

    public override int Size => _size;

    public void Add(string key, int line, Node value)
    {
        Members.Add(new Member(key, line, value));
        _size += value.Size;
    }

    public Node? Find(string key)
    {
        foreach (var member in Members)
        {
            if (member.Key == key)
            {
                return member.Value;
            }
        }

        return null;
    }
}

internal readonly record struct Member(string Key, int Line, Node Value);
