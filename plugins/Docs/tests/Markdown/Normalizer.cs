using System.Text;
using System.Text.RegularExpressions;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;

namespace Stagedoor.Docs.Tests.Markdown;

/// <summary>
/// Brings two renderings of a page to one form, so that only what a reader could notice remains to compare. Both are parsed as a
/// browser does and written with sorted attributes, one element a line. What only styling needs is made alike:
/// <list type="bullet">
/// <item>white space, but for that in code, is one space at most, and none at the edges of blocks;</item>
/// <item>code is its text, its language, title, first line number and marked lines, without the elements that colours hang on,
/// and a table of line numbers is the same as numbers on the lines;</item>
/// <item>an icon is its element without the drawing; an emoji is its letters, whatever picture shows it;</item>
/// <item>the alignment of a cell is one whether said by a style or by an attribute; other styles are left out;</item>
/// <item>an empty paragraph is none.</item>
/// </list>
/// </summary>
internal static partial class Normalizer
{
    private static readonly HashSet<string> Blocks = new(StringComparer.Ordinal)
    {
        "address", "article", "aside", "blockquote", "body", "center", "dd", "details", "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6",
        "header", "hr", "iframe", "li", "main", "nav", "ol", "p", "pre", "script", "section", "style", "summary", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul", "video", "br", "input", "label",
    };

    [GeneratedRegex(@"\s+", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Space { get; }

    public static string Normalize(string html)
    {
        var body = new HtmlParser().ParseDocument("<!doctype html><body>" + html).Body!;
        foreach (var code in body.QuerySelectorAll("div.highlight, div.codehilite").ToList()) Code(code);
        foreach (var element in body.QuerySelectorAll("*").ToList()) Element(element);
        foreach (var empty in body.QuerySelectorAll("p").Where(p => p.Attributes.Length == 0 && p.ChildElementCount == 0 && p.TextContent.Trim().Length == 0).ToList()) empty.Remove();
        body.Normalize();
        var text = new StringBuilder();
        Write(body, text, "");
        return text.ToString();
    }

    private static void Code(IElement block)
    {
        var title = block.QuerySelector(".filename")?.TextContent;
        var code = block.QuerySelector("td.code code") ?? block.QuerySelector("code");
        if (code is null) return;

        var first = block.QuerySelector(".linenos, .linenodiv")?.TextContent.Trim().Split('\n')[0].Trim() ?? code.QuerySelector("[data-line]")?.GetAttribute("data-line");
        var marked = string.Join(' ', Marked(code).Select((line, index) => (line, index)).Where(entry => entry.line).Select(entry => entry.index + 1));
        var clean = block.Owner!.CreateElement("code-block");
        foreach (var attribute in block.Attributes) clean.SetAttribute(attribute.Name, attribute.Value);
        if (title is not null) clean.SetAttribute("x-title", title);
        if (first is not null) clean.SetAttribute("x-first", first);
        if (marked.Length > 0) clean.SetAttribute("x-marked", marked);
        clean.TextContent = code.TextContent.TrimEnd('\n');
        block.ReplaceWith(clean);
    }

    /// <summary>For each line of code whether it stands out.</summary>
    private static List<bool> Marked(IElement code)
    {
        var marked = new List<bool> { false };
        Walk(code, false);
        return marked;

        void Walk(INode node, bool inMarked)
        {
            if (node is IText text)
            {
                foreach (var letter in text.Data)
                {
                    if (letter == '\n') marked.Add(false);
                    else marked[^1] |= inMarked;
                }

                if (inMarked && text.Data.EndsWith('\n')) marked[^2] = true;
                return;
            }

            foreach (var child in node.ChildNodes) Walk(child, inMarked || (node is IElement element && element.ClassList.Contains("hll")));
        }
    }

    private static void Element(IElement element)
    {
        if (element.GetAttribute("style") is { } style)
        {
            element.RemoveAttribute("style");
            if (style.StartsWith("text-align: ", StringComparison.Ordinal) && element.LocalName is "td" or "th") element.SetAttribute("align", style["text-align: ".Length..].TrimEnd(';'));
        }

        if (element.ClassName?.Split(' ').Any(name => name is "emojione" or "twemoji" or "gemoji") == true)
        {
            if (element.LocalName == "img")
            {
                var emoji = element.Owner!.CreateElement("span");
                foreach (var attribute in element.Attributes.Where(attribute => attribute.Name is not ("alt" or "src"))) emoji.SetAttribute(attribute.Name, attribute.Value);
                emoji.ClassName = string.Join(' ', element.ClassName.Split(' ').Select(name => name is "emojione" or "twemoji" or "gemoji" ? "emoji" : name));
                emoji.TextContent = element.GetAttribute("alt")!;
                element.ReplaceWith(emoji);
            }
            else
            {
                element.InnerHtml = "";
                element.RemoveAttribute("data-icon");
            }
        }

        if (element.LocalName == "code" && element.ClassList.Contains("highlight"))
        {
            element.ClassName = "highlight";
            element.TextContent = element.TextContent;
        }
    }

    private static void Write(IElement element, StringBuilder text, string indent)
    {
        foreach (var node in element.ChildNodes)
        {
            switch (node)
            {
                case IElement { LocalName: "code-block" } code:
                    Tag(code, text, indent);
                    text.Append(indent).Append("  |").Append(code.TextContent.Replace("\n", "\n" + indent + "  |", StringComparison.Ordinal)).Append('\n');
                    break;
                case IElement child:
                    Tag(child, text, indent);
                    Write(child, text, indent + "  ");
                    break;
                case IComment comment:
                    text.Append(indent).Append("<!--").Append(Space.Replace(comment.Data, " ")).Append("-->\n");
                    break;
                case IText data when element.LocalName is "pre" or "code" && data.Ancestors().OfType<IElement>().Any(above => above.LocalName == "pre"):
                    text.Append(indent).Append('|').Append(data.Data.TrimEnd('\n').Replace("\n", "\n" + indent + "|", StringComparison.Ordinal)).Append('\n');
                    break;
                case IText data:
                    var plain = Space.Replace(data.Data, " ");
                    if (IsEdge(data.PreviousSibling, element)) plain = plain.TrimStart();
                    if (IsEdge(data.NextSibling, element)) plain = plain.TrimEnd();
                    if (plain.Length > 0) text.Append(indent).Append('"').Append(plain).Append("\"\n");
                    break;
            }
        }
    }

    private static bool IsEdge(INode? sibling, IElement parent) =>
        sibling is null ? Blocks.Contains(parent.LocalName) : sibling is IComment || (sibling is IElement element && (Blocks.Contains(element.LocalName) || element.LocalName == "code-block"));

    private static void Tag(IElement element, StringBuilder text, string indent)
    {
        text.Append(indent).Append('<').Append(element.LocalName);
        foreach (var attribute in element.Attributes.OrderBy(attribute => attribute.Name, StringComparer.Ordinal)) text.Append(' ').Append(attribute.Name).Append("=\"").Append(Space.Replace(attribute.Value, " ")).Append('"');
        text.Append(">\n");
    }
}
