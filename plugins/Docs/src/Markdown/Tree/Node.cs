using System.Text;

namespace Stagedoor.Docs.Markdown.Tree;

/// <summary>
/// An element with the text before its first child, and the text after its own end. Text that is final is not looked at again
/// for Markdown.
/// </summary>
internal sealed class Node(string tag)
{
    private List<KeyValuePair<string, string>>? attributes;
    private List<Node>? children;
    private StringBuilder? growing;
    private StringBuilder? growingTail;
    private string text = "";
    private string tail = "";

    public string Tag { get; set; } = tag;

    public string Text
    {
        get
        {
            if (growing is not null)
            {
                text = growing.ToString();
                growing = null;
            }

            return text;
        }

        set
        {
            text = value;
            growing = null;
        }
    }

    public string Tail
    {
        get
        {
            if (growingTail is not null)
            {
                tail = growingTail.ToString();
                growingTail = null;
            }

            return tail;
        }

        set
        {
            tail = value;
            growingTail = null;
        }
    }

    public bool TextIsFinal { get; set; }

    public bool TailIsFinal { get; set; }

    public Node? Parent { get; set; }

    public List<Node> Children => children ??= [];

    public bool HasChildren => children is { Count: > 0 };

    public Node? Last => HasChildren ? Children[^1] : null;

    public IReadOnlyList<KeyValuePair<string, string>> Attributes => attributes ?? [];

    public string? this[string name]
    {
        get => attributes?.Find(attribute => attribute.Key == name).Value;
        set
        {
            attributes ??= [];
            var index = attributes.FindIndex(attribute => attribute.Key == name);
            if (value is null)
            {
                if (index >= 0) attributes.RemoveAt(index);
            }
            else if (index >= 0)
            {
                attributes[index] = new(name, value);
            }
            else
            {
                attributes.Add(new(name, value));
            }
        }
    }

    public string Class => this["class"] ?? "";

    public Node Add(string tag, string text = "")
    {
        var child = new Node(tag) { Text = text };
        Children.Add(child);
        return child;
    }

    public Node Set(string name, string value)
    {
        this[name] = value;
        return this;
    }

    /// <summary>Adds to the text at a cost of what is added.</summary>
    public void Append(string more) => (growing ??= new StringBuilder(text)).Append(more);

    public void AppendTail(string more) => (growingTail ??= new StringBuilder(tail)).Append(more);

    public Node Final(string final)
    {
        Text = final;
        TextIsFinal = true;
        return this;
    }

    /// <summary>This element and all below, in the order of the document.</summary>
    public IEnumerable<Node> All()
    {
        var open = new Stack<Node>([this]);
        while (open.TryPop(out var node))
        {
            yield return node;
            if (!node.HasChildren) continue;
            for (var i = node.Children.Count - 1; i >= 0; i--) open.Push(node.Children[i]);
        }
    }

    /// <summary>Text that is not in a paragraph yet becomes one at the given place.</summary>
    public void WrapText(bool first)
    {
        var paragraph = new Node("p") { Text = Text, TextIsFinal = TextIsFinal };
        Text = "";
        TextIsFinal = false;
        Children.Insert(first ? 0 : Children.Count, paragraph);
    }
}
