using System.Collections.Frozen;

namespace Stagedoor.Docs.Markdown.Tree;

/// <summary>What kinds of HTML elements there are, as Python-Markdown counts them.</summary>
internal static class Elements
{
    public static readonly FrozenSet<string> Block = FrozenSet.Create(
        "address", "article", "aside", "blockquote", "details", "div", "dl", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4",
        "h5", "h6", "header", "hgroup", "hr", "main", "menu", "nav", "ol", "p", "pre", "section", "table", "ul", "canvas", "colgroup", "dd", "body", "dt",
        "group", "iframe", "li", "legend", "math", "map", "noscript", "output", "object", "option", "progress", "script", "style", "summary", "tbody", "td",
        "textarea", "tfoot", "th", "thead", "tr", "video");

    /// <summary>Blocks whose content is text with inline Markdown when Markdown is asked for.</summary>
    public static readonly FrozenSet<string> OfText = FrozenSet.Create(
        "address", "dd", "dt", "h1", "h2", "h3", "h4", "h5", "h6", "legend", "li", "p", "summary", "td", "th");

    /// <summary>Blocks that never hold Markdown.</summary>
    public static readonly FrozenSet<string> OfCode = FrozenSet.Create("canvas", "math", "option", "pre", "script", "style", "textarea");

    public static readonly FrozenSet<string> WithoutEnd = FrozenSet.Create(
        "area", "base", "br", "col", "embed", "frame", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr");

    public static bool IsHeading(string tag) => tag is ['h', >= '1' and <= '6'];

    /// <summary>Whether HTML begins with a block element, a comment or an instruction.</summary>
    public static bool StartsBlock(string html)
    {
        if (html.Length < 2 || html[0] != '<') return false;
        var from = html[1] == '/' ? 2 : 1;
        var to = html.AsSpan(from).IndexOfAny(' ', '>');
        var name = to < 0 ? html[from..] : html.Substring(from, to);
        return name.Length > 0 && (name[0] is '!' or '?' or '@' or '%' || Block.Contains(name.TrimEnd('/').ToLowerInvariant()));
    }
}
