using System.Collections.Frozen;
using System.Text;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;

namespace Stagedoor.UI.Html;

/// <summary>
/// Lets only harmless HTML through: known elements, known attributes, addresses of known schemes. What is not known
/// loses its tags and keeps its text; what can run or load something goes with all it holds.
/// </summary>
internal static class Cleaner
{
    /// <summary>Deeper elements are left out: no text needs them.</summary>
    public const int MaxDepth = 100;

    private const string IdPrefix = "md-";

    private static readonly FrozenSet<string> Kept = FrozenSet.Create(
        "a", "abbr", "b", "blockquote", "br", "caption", "cite", "code", "col", "colgroup", "dd", "del", "details", "dfn", "div", "dl", "dt", "em",
        "figcaption", "figure", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "i", "img", "input", "ins", "kbd", "li", "mark", "ol", "p", "pre", "q", "s",
        "samp", "small", "span", "strong", "sub", "summary", "sup", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "u", "ul", "var", "wbr");

    private static readonly FrozenSet<string> Removed = FrozenSet.Create(
        "applet", "audio", "base", "button", "canvas", "datalist", "dialog", "embed", "fieldset", "form", "frame", "frameset", "iframe", "link", "map",
        "math", "meta", "noembed", "noframes", "noscript", "object", "option", "optgroup", "output", "param", "plaintext", "portal", "script", "select",
        "slot", "source", "style", "svg", "template", "textarea", "title", "track", "video", "xmp");

    private static readonly FrozenSet<string> Classes = FrozenSet.Create(
        "contains-task-list", "task-list-item", "footnotes", "footnote-ref", "footnote-back-ref", "markdown-alert", "markdown-alert-note",
        "markdown-alert-tip", "markdown-alert-important", "markdown-alert-warning", "markdown-alert-caution", "markdown-alert-title");

    private static readonly FrozenSet<string> WithoutEnd = FrozenSet.Create("br", "col", "hr", "img", "input", "wbr");

    /// <param name="resolve">Where an address relative to the text leads, and whether it is of an image; nothing, if it leads nowhere. Without it, such addresses stay.</param>
    public static string Clean(string html, Func<string, bool, string?>? resolve = null)
    {
        // What is harmless is written anew instead of taking the rest away: the cost stays that of the text's length.
        var body = new HtmlParser().ParseDocument("<!doctype html><body>" + html).Body!;
        var clean = new StringBuilder(html.Length);
        var open = new Stack<(INodeList Children, int Next, string End)>();
        open.Push((body.ChildNodes, 0, ""));
        var depth = 0;
        while (open.TryPop(out var level))
        {
            if (level.Next == level.Children.Length)
            {
                clean.Append(level.End);
                depth -= level.End.Length > 0 ? 1 : 0;
                continue;
            }

            // By index: asking a node for its next sibling costs a search among all of them.
            var node = level.Children[level.Next];
            open.Push(level with { Next = level.Next + 1 });
            if (Enter(node, clean, depth, resolve) is { } end)
            {
                open.Push((node.ChildNodes, 0, end));
                depth += end.Length > 0 ? 1 : 0;
            }
        }

        return clean.ToString();
    }

    /// <summary>Writes a node's beginning, and gives what closes it when its content is wanted too. Without content it is closed at once.</summary>
    private static string? Enter(INode node, StringBuilder clean, int depth, Func<string, bool, string?>? resolve)
    {
        if (node is IText text)
        {
            Escape(text.Data, clean);
            return null;
        }

        if (node is not IElement element || element.NamespaceUri != NamespaceNames.HtmlUri || element.Prefix is not null || Removed.Contains(element.LocalName))
        {
            return null;
        }

        var attributes = Kept.Contains(element.LocalName) ? AttributesOf(element, resolve) : null;
        if (attributes is null)
        {
            return "";
        }

        if (depth >= MaxDepth)
        {
            return null;
        }

        clean.Append('<').Append(element.LocalName);
        foreach (var (name, value) in attributes)
        {
            clean.Append(' ').Append(name).Append("=\"");
            Escape(value, clean);
            clean.Append('"');
        }

        clean.Append('>');
        if (WithoutEnd.Contains(element.LocalName))
        {
            return null;
        }

        var end = $"</{element.LocalName}>";
        if (!element.HasChildNodes)
        {
            clean.Append(end);
            return null;
        }

        // A parser drops the first line break of a pre, so one is given to it.
        if (element.LocalName == "pre" && element.FirstChild is IText { Data: ['\n', ..] })
        {
            clean.Append('\n');
        }

        return end;
    }

    /// <summary>The attributes that may stay. Nothing: the element itself makes no sense without what was taken.</summary>
    private static List<(string Name, string Value)>? AttributesOf(IElement element, Func<string, bool, string?>? resolve)
    {
        var kept = new List<(string, string)>();
        if (element.Attributes.Length == 0)
        {
            return element.LocalName is "img" or "input" ? null : kept;
        }

        if (element.Id is { } id && SafeId(id) is { } safe)
        {
            kept.Add(("id", safe));
        }

        Keep("title", _ => true);
        if (element.ClassName is { } classes)
        {
            var allowed = classes.Split(' ').Where(name => Classes.Contains(name) || IsLanguage(element, name)).ToArray();
            if (allowed.Length > 0)
            {
                kept.Add(("class", string.Join(' ', allowed)));
            }
        }

        switch (element.LocalName)
        {
            case "a" when element.GetAttribute("href") is { } href && SafeLink(href) is { } safeLink && Lead(safeLink, isImage: false, resolve) is { } link:
                kept.Add(("href", link));
                if (IsExternal(link))
                {
                    kept.Add(("rel", "noopener noreferrer nofollow"));
                }

                break;
            case "img":
                if (element.GetAttribute("src") is not { } src || SafeImage(src) is not { } safeImage || Lead(safeImage, isImage: true, resolve) is not { } image)
                {
                    return null;
                }

                kept.Add(("src", image));
                kept.Add(("alt", element.GetAttribute("alt") ?? ""));
                kept.Add(("loading", "lazy"));
                Keep("width", IsSize);
                Keep("height", IsSize);
                break;
            case "input":
                if (element.GetAttribute("type") != "checkbox")
                {
                    return null;
                }

                var isChecked = element.HasAttribute("checked");
                kept.Add(("type", "checkbox"));
                kept.Add(("disabled", ""));
                kept.Add(("aria-label", isChecked ? "Done" : "Not done"));
                if (isChecked)
                {
                    kept.Add(("checked", ""));
                }

                break;
            case "td" or "th":
                Keep("colspan", IsSize);
                Keep("rowspan", IsSize);
                if (element.GetAttribute("style") is { } style && AlignmentOf(style) is { } alignment)
                {
                    kept.Add(("align", alignment));
                }

                break;
            case "ol":
                Keep("start", IsSize);
                break;
            case "details" when element.HasAttribute("open"):
                kept.Add(("open", ""));
                break;
        }

        return kept;

        void Keep(string name, Predicate<string> allowed)
        {
            if (element.GetAttribute(name) is { } value && allowed(value))
            {
                kept.Add((name, value));
            }
        }
    }

    private static void Escape(string text, StringBuilder clean)
    {
        foreach (var letter in text)
        {
            _ = letter switch
            {
                '&' => clean.Append("&amp;"),
                '<' => clean.Append("&lt;"),
                '>' => clean.Append("&gt;"),
                '"' => clean.Append("&quot;"),
                _ => clean.Append(letter),
            };
        }
    }

    private static bool IsLanguage(IElement element, string name) =>
        element.LocalName is "code" or "pre" && name.StartsWith("language-", StringComparison.Ordinal)
        && name.Length < 40 && name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '+' or '#');

    private static bool IsSize(string value) => value.Length is > 0 and <= 4 && value.All(char.IsAsciiDigit);

    private static string? AlignmentOf(string style) => style.Replace(" ", "", StringComparison.Ordinal).TrimEnd(';') switch
    {
        "text-align:left" => "left",
        "text-align:center" => "center",
        "text-align:right" => "right",
        _ => null,
    };

    /// <summary>Prefixed, so that a text cannot take the name of a part of the page.</summary>
    private static string? SafeId(string id) =>
        id.Length is > 0 and <= 120 && id.All(letter => char.IsLetterOrDigit(letter) || letter is '-' or '_' or ':' or '.') ? IdPrefix + id : null;

    private static string? SafeLink(string href)
    {
        var address = WithoutControls(href);
        if (address.StartsWith('#'))
        {
            return SafeId(address[1..]) is { } id ? "#" + id : null;
        }

        return SchemeOf(address) is null or "http" or "https" or "mailto" ? address : null;
    }

    private static string? SafeImage(string src)
    {
        var address = WithoutControls(src);
        return address.Length > 0 && SchemeOf(address) is null or "https" ? address : null;
    }

    /// <summary>An address that is relative to the text, as one that is not.</summary>
    private static string? Lead(string address, bool isImage, Func<string, bool, string?>? resolve)
    {
        if (resolve is null || address.StartsWith('#') || address.StartsWith("//", StringComparison.Ordinal) || SchemeOf(address) is not null)
        {
            return address;
        }

        return resolve(address, isImage) is { } led ? isImage ? SafeImage(led) : SafeLink(led) : null;
    }

    private static bool IsExternal(string link) => SchemeOf(link) is "http" or "https" || link.StartsWith("//", StringComparison.Ordinal);

    // Browsers skip these characters inside an address, and read a backslash as a slash.
    private static string WithoutControls(string address) =>
        string.Concat(address.Where(letter => letter > ' ' || letter == ' ')).Trim().Replace('\\', '/');

    private static string? SchemeOf(string address)
    {
        var colon = address.IndexOf(':');
        var end = address.AsSpan().IndexOfAny('/', '?', '#');
        return colon < 0 || (end >= 0 && end < colon) ? null : address[..colon].ToLowerInvariant();
    }
}
