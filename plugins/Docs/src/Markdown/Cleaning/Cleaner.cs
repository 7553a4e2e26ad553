using System.Text;
using Stagedoor.Docs.Markdown.Before;
using Stagedoor.Docs.Markdown.Tree;

namespace Stagedoor.Docs.Markdown.Cleaning;

/// <summary>
/// Writes a page anew with nothing in it but what is allowed: known elements, attributes, classes, addresses. What is written is
/// balanced, and its cost is that of its length. On the way it notes what links where, and the text of each section.
/// </summary>
internal sealed class Cleaner(string html, MarkdownOptions options)
{
    private const int MaxDepth = 100;

    private readonly StringBuilder clean = new(html.Length + 64);
    private readonly NextOf next = new(html);
    private readonly Stack<(string Name, bool Written, bool Silent)> open = new();
    private readonly Dictionary<string, int> openOf = new(StringComparer.Ordinal);
    private readonly CleanAttributes attributes = new(options);
    private readonly SectionTexts sections = new();
    private int depth;
    private int silent;

    public IReadOnlyList<FoundAddress> Addresses => attributes.Addresses;

    public IReadOnlySet<string> Ids => attributes.Ids;

    public IReadOnlyList<PageSection> Sections => sections.Finish();

    public string Clean()
    {
        for (var at = 0; at < html.Length;)
        {
            if (html[at] != '<')
            {
                var end = html.IndexOf('<', at);
                if (end < 0) end = html.Length;
                Text(at, end);
                at = end;
            }
            else
            {
                at = Markup(at);
            }
        }

        while (open.Count > 0) Close();
        return clean.ToString();
    }

    private int Markup(int at)
    {
        if (at + 1 < html.Length && html[at + 1] is '!' or '?')
        {
            var isComment = html.AsSpan(at).StartsWith("<!--");
            var end = next.Index(isComment ? "-->" : ">", at + 2);
            if (end >= 0) return end + (isComment ? 3 : 1);
        }
        else if (RawTag.Read(html, at, next) is { } tag)
        {
            if (tag.IsEnd) End(tag.Name);
            else if (Allowed.Removed.Contains(tag.Name)) return AfterRemoved(tag);
            else if (Allowed.Elements.Contains(tag.Name)) Start(tag);
            return tag.End;
        }

        clean.Append("&lt;");
        sections.Add("<");
        return at + 1;
    }

    /// <summary>Without an end only the tag goes: the text after it is only text then.</summary>
    private int AfterRemoved(RawTag tag)
    {
        var end = next.Index("</" + tag.Name, tag.End);
        var close = end < 0 ? -1 : next.Index(">", end);
        return close < 0 ? tag.End : close + 1;
    }

    private void Start(RawTag tag)
    {
        if (attributes.Of(tag) is not { } kept)
        {
            if (tag.Name == "img") Missing(tag);
            return;
        }

        EndBefore(tag.Name);
        var isEmpty = Allowed.WithoutEnd.Contains(tag.Name);
        var written = depth < MaxDepth;
        var classes = kept.Find(attribute => attribute.Key == "class").Value;
        if (written)
        {
            clean.Append('<').Append(tag.Name);
            foreach (var (name, value) in kept) clean.Append(' ').Append(name).Append("=\"").Append(Entities.EscapeAttribute(value)).Append('"');
            clean.Append('>');
            if (tag.Name == "pre" && tag.End < html.Length && html[tag.End] == '\n') clean.Append('\n');
        }

        if (Elements.IsHeading(tag.Name)) sections.Begin(tag.Name[1] - '0', kept.Find(attribute => attribute.Key == "id").Value);
        else if (isEmpty || Allowed.EndParagraph.Contains(tag.Name)) sections.Add(" ");
        if (isEmpty) return;

        var isSilent = classes is "headerlink" or "footnote-backref" or "critic comment";
        open.Push((tag.Name, written, isSilent));
        openOf[tag.Name] = openOf.GetValueOrDefault(tag.Name) + 1;
        depth++;
        if (isSilent) silent++;
    }

    /// <summary>In the place of a picture that is not there stands what it was to show.</summary>
    private void Missing(RawTag picture)
    {
        if (picture.Attributes.Find(attribute => attribute.Key == "alt").Value is not { Length: > 0 } text) return;
        clean.Append("<span class=\"missing\">").Append(Entities.Escape(text)).Append("</span>");
        sections.Add(text);
    }

    /// <summary>Ends what a browser would end by itself before such an element.</summary>
    private void EndBefore(string name)
    {
        if (Allowed.EndParagraph.Contains(name) && IsOpen("p", until: Holds)) End("p");
        switch (name)
        {
            case "li" when IsOpen("li", until: static tag => tag is "ul" or "ol"): End("li"); break;
            case "dt" or "dd":
                if (IsOpen("dt", until: static tag => tag == "dl")) End("dt");
                if (IsOpen("dd", until: static tag => tag == "dl")) End("dd");
                break;
            case "a" when IsOpen("a", until: Holds): End("a"); break;
            case "td" or "th":
                if (IsOpen("td", until: static tag => tag is "tr" or "table")) End("td");
                if (IsOpen("th", until: static tag => tag is "tr" or "table")) End("th");
                break;
            case "tr" when IsOpen("tr", until: static tag => tag == "table"): End("tr"); break;
        }
    }

    private static bool Holds(string tag) => tag is "td" or "th" or "li" or "div" or "blockquote" or "details" or "caption" or "dd" or "section" or "article";

    private bool IsOpen(string name, Func<string, bool> until)
    {
        if (openOf.GetValueOrDefault(name) == 0) return false;
        foreach (var (tag, _, _) in open)
        {
            if (tag == name) return true;
            if (until(tag)) return false;
        }

        return false;
    }

    private void End(string name)
    {
        if (openOf.GetValueOrDefault(name) == 0) return;
        while (open.Peek().Name != name) Close();
        Close();
    }

    private void Close()
    {
        var (name, written, isSilent) = open.Pop();
        openOf[name]--;
        depth--;
        if (isSilent) silent--;
        if (written) clean.Append("</").Append(name).Append('>');
        if (Elements.IsHeading(name)) sections.EndHeading();
        else if (Allowed.EndParagraph.Contains(name)) sections.Add(" ");
    }

    private void Text(int from, int to)
    {
        var start = clean.Length;
        for (var i = from; i < to; i++)
        {
            var letter = html[i];
            _ = letter switch
            {
                '&' => clean.Append(Entities.StartsAt(html, i) ? "&" : "&amp;"),
                '>' => clean.Append("&gt;"),
                < ' ' and not ('\n' or '\t') => clean,
                _ => clean.Append(letter),
            };
        }

        if (silent == 0) sections.AddEncoded(clean, start);
    }
}
