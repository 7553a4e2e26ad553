using System.Text;

namespace Stagedoor.Docs.Markdown.Tree;

/// <summary>Writes the tree as HTML, with what marks stand for put in their places.</summary>
internal sealed class Serializer(Document document)
{
    private const int MaxRawDepth = 12;

    private readonly StringBuilder html = new();

    public static string Write(Document document, Node root)
    {
        var writer = new Serializer(document);
        writer.Content(root);
        return writer.html.ToString();
    }

    private void Content(Node root)
    {
        Text(root.Text);
        var open = new Stack<(Node Node, int Next)>();
        open.Push((root, 0));
        while (open.TryPop(out var level))
        {
            if (!level.Node.HasChildren || level.Next == level.Node.Children.Count)
            {
                if (level.Node != root)
                {
                    html.Append("</").Append(level.Node.Tag).Append('>');
                    After(level.Node);
                }

                continue;
            }

            open.Push(level with { Next = level.Next + 1 });
            var child = level.Node.Children[level.Next];
            if (Begin(child)) open.Push((child, 0));
        }
    }

    /// <summary>Whether content and end are still to be written.</summary>
    private bool Begin(Node node)
    {
        if (node.Tag == "p" && !node.HasChildren && node.Attributes.Count == 0 && StandsAlone(node.Text))
        {
            After(node);
            return false;
        }

        html.Append('<').Append(node.Tag);
        foreach (var (name, value) in node.Attributes.OrderBy(attribute => attribute.Key, StringComparer.Ordinal))
        {
            html.Append(' ').Append(name).Append("=\"");
            Escape(value, quotes: true);
            html.Append('"');
        }

        html.Append('>');
        if (Elements.WithoutEnd.Contains(node.Tag))
        {
            Text(node.Tail);
            return false;
        }

        Text(node.Text);
        return true;
    }

    private void After(Node node)
    {
        if (Elements.Block.Contains(node.Tag) && string.IsNullOrWhiteSpace(node.Tail)) html.Append('\n');
        else Text(node.Tail);
    }

    /// <summary>A paragraph that holds nothing but a block of raw HTML is that block.</summary>
    private bool StandsAlone(string text)
    {
        if (Marks.IsOnly(text, Marks.Raw, out var number) && document.RawAt(number) is { } kept)
        {
            if (kept is string block && !Elements.StartsBlock(block)) return false;
            Raw(number, 0);
            return true;
        }

        if (text.Length == 0 || text[0] != Marks.Start) return false;
        var parts = new List<int>();
        for (var at = 0; at < text.Length;)
        {
            if (!Marks.TryRead(text, at, out var kind, out var part, out at) || kind != Marks.Critic) return false;
            parts.Add(part);
        }

        foreach (var part in parts)
        {
            var change = document.CriticAt(part);
            html.Append(change.Contains("break", StringComparison.Ordinal) ? change : change.Replace("class=\"critic\"", "class=\"critic block\"", StringComparison.Ordinal));
        }

        return true;
    }

    private void Text(string text) => Escape(text, quotes: false);

    private void Escape(string text, bool quotes)
    {
        for (var i = 0; i < text.Length; i++)
        {
            var letter = text[i];
            switch (letter)
            {
                case '&' when !Entities.StartsAt(text, i): html.Append("&amp;"); break;
                case '<': html.Append("&lt;"); break;
                case '>': html.Append("&gt;"); break;
                case '"' when quotes: html.Append("&quot;"); break;
                case Marks.Start when Marks.TryRead(text, i, out var kind, out var number, out var next):
                    Mark(kind, number, quotes, 0);
                    i = next - 1;
                    break;
                case Marks.Start or Marks.End: break;
                default: html.Append(letter); break;
            }
        }
    }

    private void Mark(char kind, int number, bool quotes, int depth)
    {
        switch (kind)
        {
            case Marks.Raw when quotes:
                // In an attribute only text is meant, whatever the raw HTML was.
                html.Append((document.RawAt(number) as string)?.Replace("\"", "&quot;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal));
                break;
            case Marks.Raw: Raw(number, depth); break;
            case Marks.Letter: Escape(((char)number).ToString(), quotes); break;
            case Marks.Ampersand: html.Append('&'); break;
            case Marks.Critic when !quotes: html.Append(document.CriticAt(number)); break;
        }
    }

    private void Raw(int number, int depth)
    {
        if (depth > MaxRawDepth) return;
        switch (document.RawAt(number))
        {
            case Node element:
                var holder = new Node("div");
                holder.Children.Add(element);
                Content(holder);
                break;
            case string raw:
                for (var i = 0; i < raw.Length; i++)
                {
                    if (raw[i] != Marks.Start)
                    {
                        var end = raw.IndexOf(Marks.Start, i);
                        if (end < 0) end = raw.Length;
                        html.Append(raw, i, end - i);
                        i = end - 1;
                    }
                    else if (Marks.TryRead(raw, i, out var kind, out var inner, out var next))
                    {
                        Mark(kind, inner, false, depth + 1);
                        i = next - 1;
                    }
                }

                break;
        }
    }
}
