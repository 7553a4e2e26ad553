using System.Collections.Frozen;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;

namespace Stagedoor.UI.Html;

/// <summary>
/// Lets only harmless HTML through: known elements, known attributes, addresses of known schemes. What is not known
/// loses its tags and keeps its text; what can run or load something goes with all it holds.
/// </summary>
internal static class Cleaner
{
    /// <summary>Deeper elements are taken away: no text needs them, and printing them could exhaust the stack.</summary>
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

    public static string Clean(string html)
    {
        var document = new HtmlParser().ParseDocument("<!doctype html><body>");
        var body = document.Body!;
        var pending = new Stack<(INode Node, int Depth)>();
        var parsed = new HtmlParser().ParseFragment(html, body);
        foreach (var node in parsed.ToArray())
        {
            body.AppendChild(node);
        }

        Push(body, 0);
        while (pending.TryPop(out var next))
        {
            switch (next.Node)
            {
                case IText:
                    break;
                case IElement element when IsPlain(element) && !Removed.Contains(element.LocalName):
                    if (next.Depth > MaxDepth)
                    {
                        element.Remove();
                    }
                    else if (Kept.Contains(element.LocalName) && CleanAttributes(element))
                    {
                        Push(element, next.Depth + 1);
                    }
                    else
                    {
                        Push(element, next.Depth);
                        Unwrap(element);
                    }

                    break;
                default:
                    next.Node.Parent?.RemoveChild(next.Node);
                    break;
            }
        }

        return body.InnerHtml;

        void Push(INode parent, int depth)
        {
            foreach (var child in parent.ChildNodes)
            {
                pending.Push((child, depth));
            }
        }
    }

    private static bool IsPlain(IElement element) => element.NamespaceUri == NamespaceNames.HtmlUri && element.Prefix is null;

    private static void Unwrap(IElement element)
    {
        var parent = element.Parent!;
        while (element.FirstChild is { } child)
        {
            parent.InsertBefore(child, element);
        }

        element.Remove();
    }

    /// <summary>Leaves only what is allowed. False: the element itself makes no sense without what was taken.</summary>
    private static bool CleanAttributes(IElement element)
    {
        var before = element.Attributes.ToDictionary(attribute => attribute.Name, attribute => attribute.Value);
        foreach (var attribute in before.Keys)
        {
            element.RemoveAttribute(attribute);
        }

        if (before.TryGetValue("id", out var id) && SafeId(id) is { } safe)
        {
            element.SetAttribute("id", safe);
        }

        Keep("title", _ => true);
        if (before.TryGetValue("class", out var classes))
        {
            var allowed = classes.Split(' ').Where(name => Classes.Contains(name) || IsLanguage(element, name)).ToArray();
            if (allowed.Length > 0)
            {
                element.SetAttribute("class", string.Join(' ', allowed));
            }
        }

        switch (element.LocalName)
        {
            case "a":
                if (before.TryGetValue("href", out var href) && SafeLink(href) is { } link)
                {
                    element.SetAttribute("href", link);
                    if (IsExternal(link))
                    {
                        element.SetAttribute("rel", "noopener noreferrer nofollow");
                    }
                }

                break;
            case "img":
                if (!before.TryGetValue("src", out var src) || SafeImage(src) is not { } image)
                {
                    return false;
                }

                element.SetAttribute("src", image);
                element.SetAttribute("alt", before.GetValueOrDefault("alt", ""));
                element.SetAttribute("loading", "lazy");
                Keep("width", IsSize);
                Keep("height", IsSize);
                break;
            case "input":
                if (!before.TryGetValue("type", out var type) || type != "checkbox")
                {
                    return false;
                }

                element.SetAttribute("type", "checkbox");
                element.SetAttribute("disabled", "");
                element.SetAttribute("aria-label", before.ContainsKey("checked") ? "Done" : "Not done");
                Keep("checked", _ => true);
                break;
            case "td" or "th":
                Keep("colspan", IsSize);
                Keep("rowspan", IsSize);
                if (before.TryGetValue("style", out var style) && AlignmentOf(style) is { } alignment)
                {
                    element.SetAttribute("align", alignment);
                }

                break;
            case "ol":
                Keep("start", IsSize);
                break;
            case "details":
                Keep("open", _ => true);
                break;
        }

        return true;

        void Keep(string name, Predicate<string> allowed)
        {
            if (before.TryGetValue(name, out var value) && allowed(value))
            {
                element.SetAttribute(name, value);
            }
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
