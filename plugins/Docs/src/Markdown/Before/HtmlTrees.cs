using Stagedoor.Docs.Markdown.Blocks;
using Stagedoor.Docs.Markdown.Tree;

namespace Stagedoor.Docs.Markdown.Before;

/// <summary>The open HTML elements that asked for Markdown inside, outermost first, and how each wants its content read.</summary>
internal sealed class HtmlTrees
{
    private const int MaxNesting = 60;

    private readonly Stack<(Node Node, string Mode)> open = new();

    public int Count => open.Count;

    public bool IsFull => open.Count >= MaxNesting;

    /// <summary>Whether the innermost holds raw text only.</summary>
    public bool IsRaw => open.TryPeek(out var tree) && tree.Mode == "off";

    public bool Holds(string tag) => open.Any(tree => tree.Node.Tag == tag);

    public string ModeOf(HtmlTag tag)
    {
        var asked = tag.Attributes.Find(attribute => attribute.Key == MarkdownInHtml.Attribute).Value ?? "0";
        if (asked == MarkdownInHtml.Attribute || asked.Length == 0) asked = "1";
        if (open.TryPeek(out var parent) && (parent.Mode == "off" || (parent.Mode == "span" && asked != "0"))) asked = parent.Mode;
        var isText = Elements.OfText.Contains(tag.Name);
        var isBlock = !isText && !Elements.OfCode.Contains(tag.Name) && tag.Name != "hr";
        if ((asked == "1" && isBlock) || (asked == "block" && (isBlock || isText))) return "block";
        if ((asked == "1" && isText) || (asked == "span" && (isBlock || isText))) return "span";
        return "off";
    }

    public void Open(HtmlTag tag, string mode)
    {
        var node = new Node(tag.Name);
        foreach (var (name, value) in tag.Attributes) node[name] = value;
        node[MarkdownInHtml.Attribute] = mode;
        open.Push((node, mode));
    }

    public void Add(string text)
    {
        var node = open.Peek().Node;
        if (node.Last is { } last) last.AppendTail(text);
        else node.Append(text);
    }

    /// <summary>Closes the innermost of a name and all inside it. The outermost is given: it is complete.</summary>
    public Node? Close(string tag)
    {
        while (true)
        {
            var (node, _) = open.Pop();
            if (open.Count == 0) return node;
            open.Peek().Node.Children.Add(node);
            if (node.Tag == tag) return null;
        }
    }

    /// <summary>Closes whatever is still open at the end.</summary>
    public Node? CloseAll()
    {
        Node? last = null;
        while (open.TryPop(out var tree))
        {
            if (open.TryPeek(out var parent)) parent.Node.Children.Add(tree.Node);
            last = tree.Node;
        }

        return last;
    }
}
