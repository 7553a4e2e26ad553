using System.Text;
using Stagedoor.Docs.Markdown.Tree;

namespace Stagedoor.Docs.Markdown.Inline;

/// <summary>
/// Finds inline Markdown in the texts of a tree as Python-Markdown does: each rule in turn goes over the whole text and puts a
/// mark in the place of what it finds; at the end the marks become elements.
/// </summary>
internal sealed class InlineParser(Document document, IReadOnlyList<IInlineRule> rules) : IInlineContext
{
    private const int MaxNesting = 40;

    private readonly List<(object Value, int Depth)> kept = [];
    private int links;

    public Document Document { get; } = document;

    /// <summary>How much searching a text may still cost. What is found when it is used up stays text.</summary>
    public int Work { get; set; }

    public bool InLink => links > 0;

    /// <summary>Parses all texts below an element that are not final.</summary>
    public void Apply(Node root)
    {
        var open = new Stack<Node>([root]);
        while (open.TryPop(out var current))
        {
            links = CountLinks(current);
            var inserts = new List<(Node Child, List<Node> Found)>();
            for (var i = 0; current.HasChildren && i < current.Children.Count; i++)
            {
                var child = current.Children[i];
                if (child.Text.Length > 0 && !child.TextIsFinal)
                {
                    links += child.Tag == "a" ? 1 : 0;
                    var text = child.Text;
                    child.Text = "";
                    var found = Place(Find(text, 0), child, inTail: false, final: false);
                    links -= child.Tag == "a" ? 1 : 0;
                    foreach (var element in found)
                    {
                        element.Parent = child;
                        open.Push(element);
                    }

                    if (found.Count > 0) inserts.Add((child, found));
                }

                if (child.Tail.Length > 0 && !child.TailIsFinal)
                {
                    var holder = new Node("d");
                    var tail = Find(child.Tail, 0);
                    child.Tail = "";
                    var found = Place(tail, holder, inTail: true, final: false);
                    child.Tail = holder.Tail;
                    foreach (var element in found) element.Parent = current;
                    current.Children.InsertRange(i + 1, found);
                }

                if (child.HasChildren)
                {
                    child.Parent = current;
                    open.Push(child);
                }
            }

            foreach (var (child, found) in inserts) child.Children.InsertRange(0, found);
        }
    }

    /// <summary>The text that marks stand for, without markup.</summary>
    public string Unmark(string text) => Marks.Replace(text, (kind, number) => kind != Marks.Element || number >= kept.Count ? null : kept[number].Value switch
    {
        Node node => Unmark(TextOf(node)),
        var value => (string)value,
    });

    /// <summary>The HTML that marks stand for.</summary>
    public string UnmarkHtml(string text) => Marks.Replace(text, (kind, number) => kind switch
    {
        Marks.Element when number < kept.Count => kept[number].Value is Node node ? UnmarkHtml(Outer(node)) : UnmarkHtml((string)kept[number].Value),
        Marks.Letter => ((char)number).ToString(),
        _ => null,
    });

    private static int CountLinks(Node node)
    {
        var count = 0;
        for (var current = node; current is not null; current = current.Parent) count += current.Tag == "a" ? 1 : 0;
        return count;
    }

    private string Find(string text, int first)
    {
        for (var rule = first; rule < rules.Count; rule++)
        {
            if (!rules[rule].MayMatch(text) || (InLink && !rules[rule].InLinks)) continue;
            Work = 20_000 + (20 * Math.Min(text.Length, 1_000_000));
            text = Apply(rule, text);
        }

        return text;
    }

    private string Apply(int rule, string text)
    {
        StringBuilder? result = null;
        var copied = 0;
        var at = 0;
        var restarts = 4_000_000 / (text.Length + 1);
        while (rules[rule].Find(text, at, this) is { } match)
        {
            if (match.Value is null || DepthOf(match.Value) > MaxNesting)
            {
                at = Math.Max(at + 1, match.End);
                continue;
            }

            var mark = Keep(match.Value, rule);
            if (rules[rule].StartsOver && result is null && restarts-- > 0)
            {
                // What stood open before may now be closed by what comes after.
                text = string.Concat(text.AsSpan(0, match.Start), mark, text.AsSpan(match.End));
                at = 0;
                continue;
            }

            result ??= new StringBuilder(text.Length);
            result.Append(text, copied, match.Start - copied).Append(mark);
            at = copied = match.End;
        }

        return result is null ? text : result.Append(text, copied, text.Length - copied).ToString();
    }

    private string Keep(object value, int rule)
    {
        var work = Work;
        if (value is Node node && !node.TextIsFinal)
        {
            Inner(node, rule);
            if (node.HasChildren)
            {
                foreach (var child in node.Children) Inner(child, rule);
            }
        }

        Work = work;
        kept.Add((value, DepthOf(value) + 1));
        return Marks.Of(Marks.Element, kept.Count - 1);
    }

    private void Inner(Node node, int rule)
    {
        if (node.Text.Length > 0 && !node.TextIsFinal)
        {
            links += node.Tag == "a" ? 1 : 0;
            node.Text = Find(node.Text, rule + 1);
            links -= node.Tag == "a" ? 1 : 0;
        }

        if (node.Tail.Length > 0 && !node.TailIsFinal) node.Tail = Find(node.Tail, rule);
    }

    private int DepthOf(object value)
    {
        if (value is string text) return DepthIn(text);
        var depth = 0;
        foreach (var node in ((Node)value).All()) depth = Math.Max(depth, Math.Max(DepthIn(node.Text), DepthIn(node.Tail)));
        return depth;
    }

    private int DepthIn(string text)
    {
        var depth = 0;
        for (var at = text.IndexOf(Marks.Start, StringComparison.Ordinal); at >= 0; at = text.IndexOf(Marks.Start, at))
        {
            if (Marks.TryRead(text, at, out var kind, out var number, out at) && kind == Marks.Element && number < kept.Count) depth = Math.Max(depth, kept[number].Depth);
            if (at >= text.Length) break;
        }

        return depth;
    }

    /// <summary>Turns the marks of a text into elements: text before the first goes to the parent, text after each is its tail.</summary>
    private List<Node> Place(string text, Node parent, bool inTail, bool final)
    {
        var found = new List<Node>();
        var from = 0;
        for (var at = text.IndexOf(Marks.Start, StringComparison.Ordinal); at >= 0 && at < text.Length; at = at < text.Length ? text.IndexOf(Marks.Start, at) : -1)
        {
            var start = at;
            if (!Marks.TryRead(text, at, out var kind, out var number, out at) || kind != Marks.Element || number >= kept.Count) continue;
            Link(text[from..start]);
            from = at;
            if (kept[number].Value is not Node node)
            {
                Link((string)kept[number].Value);
                continue;
            }

            Expand(node);
            found.Add(node);
        }

        if (final && found.Count > 0 && from < text.Length) found[^1].TailIsFinal = true;
        Link(text[from..]);
        return found;

        void Link(string more)
        {
            if (more.Length == 0) return;
            if (found.Count > 0) found[^1].AppendTail(more);
            else if (inTail) parent.AppendTail(more);
            else parent.Append(more);
        }
    }

    private void Expand(Node node)
    {
        Node[] nodes = node.HasChildren ? [node, .. node.Children] : [node];
        foreach (var child in nodes)
        {
            if (child.Tail.Contains(Marks.Start, StringComparison.Ordinal))
            {
                var tail = child.Tail;
                child.Tail = "";
                var found = Place(tail, child, inTail: true, child.TailIsFinal);
                node.Children.InsertRange(child == node ? 0 : node.Children.IndexOf(child) + 1, found);
            }

            if (child.Text.Contains(Marks.Start, StringComparison.Ordinal))
            {
                var text = child.Text;
                child.Text = "";
                child.Children.InsertRange(0, Place(text, child, inTail: false, child.TextIsFinal));
            }
        }
    }

    private static string TextOf(Node node)
    {
        var text = new StringBuilder();
        text.Append(node.Text);
        if (node.HasChildren)
        {
            foreach (var child in node.Children) text.Append(TextOf(child)).Append(child.Tail);
        }

        return text.ToString();
    }

    private string Outer(Node node)
    {
        var holder = new Node("div");
        holder.Children.Add(node);
        return Serializer.Write(Document, holder);
    }
}
