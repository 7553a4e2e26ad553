using System.Buffers;
using System.Globalization;

namespace Stagedoor.Docs.Markdown.Cleaning;

/// <summary>Which attributes an element keeps, and with which values.</summary>
internal sealed class CleanAttributes(MarkdownOptions options)
{
    private const string Prefix = "doc-";

    private static readonly SearchValues<char> TabNumber = SearchValues.Create("0123456789_");

    private readonly HashSet<string> ids = new(StringComparer.Ordinal);

    public IReadOnlySet<string> Ids => ids;

    public List<FoundAddress> Addresses { get; } = [];

    /// <summary>Nothing: the element makes no sense without what was taken from it.</summary>
    public List<KeyValuePair<string, string>>? Of(RawTag tag)
    {
        var kept = new List<KeyValuePair<string, string>>();
        if (tag.Name is "img" or "input" or "video" or "audio")
        {
            var whole = tag.Name == "input" ? Input(tag, kept) : Media(tag, kept);
            if (!whole) return null;
        }

        foreach (var (name, value) in tag.Attributes)
        {
            if (kept.Exists(attribute => attribute.Key == name)) continue;
            if (Value(tag, name, value) is { } clean) kept.Add(new(name == "name" ? "id" : name == "style" ? "align" : name, clean));
        }

        if (tag.Name == "a") Link(tag, kept);
        return kept;
    }

    private string? Value(RawTag tag, string name, string value) => (tag.Name, name) switch
    {
        ("a", "name") when !tag.Attributes.Exists(attribute => attribute.Key == "id") => Id(value),
        ("input", _) => null,
        (_, "id") => Id(value),
        (_, "class") => Classes(value),
        (_, "title" or "aria-label") => value,
        (_, "lang") when value.Length <= 20 => value,
        (_, "dir") when value is "ltr" or "rtl" or "auto" => value,
        (_, "aria-hidden") when value is "true" or "false" => value,
        ("a", "download") => value,
        ("td" or "th", "colspan" or "rowspan") => Size(value, 4),
        ("td" or "th" or "tr", "align") => Alignment(value),
        ("td" or "th", "style") => AlignmentIn(value),
        ("p" or "div" or "h1" or "h2" or "h3" or "h4" or "h5" or "h6" or "img" or "table", "align") => Alignment(value),
        ("th", "scope") when value is "col" or "row" => value,
        ("col" or "colgroup", "span") => Size(value, 3),
        ("ol", "start") or ("li", "value") => Size(value, 9),
        ("ol", "type") when value is "1" or "a" or "A" or "i" or "I" => value,
        ("ol", "reversed") or ("details", "open") => "",
        ("img" or "video", "width" or "height") => Size(value.TrimEnd('%'), 4) is null ? null : value,
        ("label", "for") when IsTab(value) => value,
        ("time", "datetime") => value,
        ("span", "data-line") => Size(value, 10),
        ("span", "data-icon") or ("pre", "data-diagram") when value.Length <= 80 && value.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_') => value,
        _ => null,
    };

    private void Link(RawTag tag, List<KeyValuePair<string, string>> kept)
    {
        if (tag.Attributes.Find(attribute => attribute.Key == "href") is not { Value: { } href } || Address(href, AddressKind.Link) is not { } address) return;
        kept.Add(new("href", address));
        var opens = tag.Attributes.Exists(attribute => attribute is { Key: "target", Value: "_blank" });
        if (opens) kept.Add(new("target", "_blank"));
        if (opens || SafeAddress.IsExternal(address)) kept.Add(new("rel", "noopener noreferrer nofollow"));
    }

    private bool Media(RawTag tag, List<KeyValuePair<string, string>> kept)
    {
        var source = tag.Attributes.Find(attribute => attribute.Key == "src").Value;
        if (string.IsNullOrWhiteSpace(source) || Address(source, tag.Name == "img" ? AddressKind.Image : AddressKind.Media) is not { Length: > 0 } address) return false;
        kept.Add(new("src", address));
        if (tag.Name == "img")
        {
            kept.Add(new("alt", tag.Attributes.Find(attribute => attribute.Key == "alt").Value ?? ""));
            kept.Add(new("loading", "lazy"));
        }
        else
        {
            kept.Add(new("controls", ""));
            kept.Add(new("preload", "metadata"));
        }

        return true;
    }

    /// <summary>Boxes of tasks and the switches of tabs are all the inputs there are.</summary>
    private bool Input(RawTag tag, List<KeyValuePair<string, string>> kept)
    {
        string? Get(string name) => tag.Attributes.Find(attribute => attribute.Key == name).Value;
        var isChecked = tag.Attributes.Exists(attribute => attribute.Key == "checked");
        if (Get("type") == "checkbox")
        {
            kept.Add(new("type", "checkbox"));
            kept.Add(new("disabled", ""));
            kept.Add(new("aria-label", isChecked ? "Done" : "Not done"));
        }
        else if (Get("type") == "radio" && Get("name") is { } name && Get("id") is { } id && IsTab(name) && IsTab(id) && ids.Add(id))
        {
            kept.Add(new("type", "radio"));
            kept.Add(new("name", name));
            kept.Add(new("id", id));
        }
        else
        {
            return false;
        }

        if (isChecked) kept.Add(new("checked", ""));
        return true;
    }

    private string? Address(string written, AddressKind kind)
    {
        var plain = SafeAddress.Plain(written);
        var found = new FoundAddress(kind, plain);
        Addresses.Add(found);
        if (options.Rewrite(found) is not { } rewritten || SafeAddress.Of(rewritten, kind) is not { } safe) return null;
        return safe.StartsWith('#') && safe.Length > 1 && options.IsReserved(safe[1..]) ? $"#{Prefix}{safe[1..]}" : safe;
    }

    /// <summary>One element has an id, and none takes one of the page around.</summary>
    private string? Id(string value)
    {
        if (value.Length is 0 or > 500 || value.Any(letter => char.IsWhiteSpace(letter) || char.IsControl(letter))) return null;
        var id = options.IsReserved(value) ? Prefix + value : value;
        return ids.Add(id) ? id : null;
    }

    private static string? Classes(string value)
    {
        var allowed = string.Join(' ', value.Split([' ', '\t', '\n'], StringSplitOptions.RemoveEmptyEntries).Where(Allowed.Class).Distinct(StringComparer.Ordinal).Take(12));
        return allowed.Length > 0 ? allowed : null;
    }

    private static string? Size(string value, int digits) =>
        value.Length > 0 && value.Length <= digits && int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out _) ? value : null;

    private static string? Alignment(string value) => value.Trim().ToLowerInvariant() is "left" or "right" or "center" ? value.Trim().ToLowerInvariant() : null;

    private static string? AlignmentIn(string style) =>
        style.Replace(" ", "", StringComparison.Ordinal).TrimEnd(';') is var rule && rule.StartsWith("text-align:", StringComparison.OrdinalIgnoreCase) ? Alignment(rule["text-align:".Length..]) : null;

    private static bool IsTab(string id) =>
        id.Length < 40 && id.StartsWith("__tabbed_", StringComparison.Ordinal) && id.AsSpan("__tabbed_".Length) is { Length: > 0 } rest && rest.IndexOfAnyExcept(TabNumber) < 0;
}
