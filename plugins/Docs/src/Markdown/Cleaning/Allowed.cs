using System.Collections.Frozen;

namespace Stagedoor.Docs.Markdown.Cleaning;

/// <summary>What may be in a page: elements, classes, and which elements go with all they hold.</summary>
internal static class Allowed
{
    public static readonly FrozenSet<string> Elements = FrozenSet.Create(
        "a", "abbr", "address", "article", "aside", "audio", "b", "bdi", "bdo", "blockquote", "br", "caption", "cite", "code", "col", "colgroup", "dd", "del",
        "details", "dfn", "div", "dl", "dt", "em", "figcaption", "figure", "footer", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "i", "img", "input", "ins",
        "kbd", "label", "li", "mark", "ol", "p", "pre", "q", "rp", "rt", "ruby", "s", "samp", "section", "small", "span", "strong", "sub", "summary", "sup", "table", "tbody",
        "td", "tfoot", "th", "thead", "time", "tr", "u", "ul", "var", "video", "wbr");

    /// <summary>What can run, load or hide something goes as a whole, up to its end.</summary>
    public static readonly FrozenSet<string> Removed = FrozenSet.Create(
        "applet", "canvas", "datalist", "dialog", "frameset", "iframe", "map", "math", "noembed", "noframes", "noscript", "object", "optgroup", "option", "plaintext",
        "script", "select", "slot", "style", "svg", "template", "textarea", "title", "xmp");

    public static readonly FrozenSet<string> WithoutEnd = FrozenSet.Create("br", "col", "hr", "img", "input", "wbr");

    /// <summary>Elements that end an open paragraph.</summary>
    public static readonly FrozenSet<string> EndParagraph = FrozenSet.Create(
        "address", "article", "aside", "blockquote", "details", "div", "dl", "figcaption", "figure", "footer", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "ol", "p",
        "pre", "section", "table", "ul", "li", "dd", "dt", "summary", "tbody", "thead", "tfoot", "tr", "td", "th", "caption");

    private static readonly FrozenSet<string> Classes = FrozenSet.Create(
        "admonition", "admonition-title", "inline", "end", "annotate", "grid", "cards", "card", "headerlink", "toclink", "toc", "toctitle", "highlight", "codehilite", "filename", "line",
        "hll", "mermaid", "diagram", "arithmatex", "keys", "emoji", "twemoji", "critic", "block", "break", "comment", "footnote", "footnote-ref", "footnote-backref",
        "task-list", "task-list-item", "task-list-control", "task-list-indicator", "tabbed-set", "tabbed-alternate", "tabbed-labels", "tabbed-content", "tabbed-block",
        "md-button", "md-button--primary", "magiclink", "middle", "lg", "xl", "note", "abstract", "summary", "tldr", "info", "todo", "tip", "hint", "important", "success", "check", "done",
        "question", "help", "faq", "warning", "caution", "attention", "failure", "fail", "missing", "danger", "error", "bug", "example", "quote", "cite", "new", "settings",
        "off-glb", "skip-lightbox");

    public static bool Class(string name) =>
        Classes.Contains(name) || (name.Length <= 60 && (Begins(name, "language-") || Begins(name, "key-") || Begins(name, "magiclink-")));

    private static bool Begins(string name, string prefix) =>
        name.Length > prefix.Length && name.StartsWith(prefix, StringComparison.Ordinal) && name.AsSpan(prefix.Length).IndexOfAnyExcept(Letters) < 0;

    private static readonly System.Buffers.SearchValues<char> Letters =
        System.Buffers.SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_+#.");
}
