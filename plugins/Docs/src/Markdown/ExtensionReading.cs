using System.Globalization;

namespace Stagedoor.Docs.Markdown;

/// <summary>Turns what mkdocs.yml lists under markdown_extensions into settings. What is not known changes nothing.</summary>
internal static class ExtensionReading
{
    private static readonly IReadOnlyDictionary<string, object?> None = new Dictionary<string, object?>();

    /// <param name="listed">Names, each alone or with its options, as YAML gives them.</param>
    /// <param name="start">What is on already.</param>
    public static MarkdownExtensions With(this MarkdownExtensions start, IEnumerable<object?> listed)
    {
        var extensions = start;
        foreach (var entry in listed)
        {
            if (entry is string name) extensions = Add(extensions, name, None);
            else if (entry is IReadOnlyDictionary<string, object?> map) extensions = With(extensions, map);
        }

        return extensions;
    }

    /// <param name="listed">Options by name.</param>
    /// <param name="start">What is on already.</param>
    public static MarkdownExtensions With(this MarkdownExtensions start, IReadOnlyDictionary<string, object?> listed) =>
        listed.Aggregate(start, (extensions, entry) => Add(extensions, entry.Key, entry.Value as IReadOnlyDictionary<string, object?> ?? None));

    private static MarkdownExtensions Add(MarkdownExtensions now, string name, IReadOnlyDictionary<string, object?> options)
    {
        const string Long = "markdown.extensions.";
        return (name.StartsWith(Long, StringComparison.Ordinal) ? name[Long.Length..] : name) switch
        {
            "abbr" => now with { Abbreviations = true },
            "admonition" => now with { Admonitions = true },
            "attr_list" => now with { AttributeLists = true },
            "codehilite" => now with { CodeHilite = new() { Class = options.Text("css_class", "codehilite"), LineNumbers = options.MayBe("linenums"), Pygments = options.Is("use_pygments", true) } },
            "def_list" => now with { DefinitionLists = true },
            "extra" => Extra(now, options) with { Fences = now.Fences ?? new() },
            "fenced_code" => now with { Fences = new(options.Text("lang_prefix", "language-")) },
            "footnotes" => now with { Footnotes = true },
            "md_in_html" => now with { MarkdownInHtml = true },
            "nl2br" => now with { LineBreaks = true },
            "sane_lists" => now with { SaneLists = true },
            "tables" => now with { Tables = true },
            "toc" => now with { Contents = ContentsOf(options) },
            "mdx_truly_sane_lists" => now with { TrulySaneLists = options.Is("truly_sane", true) ? options.Number("nested_indent", 2) : 4 },
            "pymdownx.arithmatex" => now with { Math = MathOf(options) },
            "pymdownx.betterem" => now with { BetterEmphasis = BetterOf(options) },
            "pymdownx.caret" => now with { Caret = new(options.Is("insert", true), options.Is("superscript", true), options.Is("smart_insert", true)) },
            "pymdownx.critic" => now with { Critic = options.Text("mode", "view") switch { "accept" => CriticMode.Accept, "reject" => CriticMode.Reject, _ => CriticMode.View } },
            "pymdownx.details" => now with { Details = true },
            "pymdownx.emoji" => now with { Emoji = EmojiOf(options) },
            "pymdownx.extra" => Extra(now, options) with { SuperFences = true, CustomFences = FencesOf(options.Map("pymdownx.superfences")) ?? now.CustomFences, BetterEmphasis = BetterOf(options.Map("pymdownx.betterem")) },
            "pymdownx.highlight" => now with { Highlight = HighlightOf(options) },
            "pymdownx.inlinehilite" => now with { InlineHighlight = true },
            "pymdownx.keys" => now with { Keys = true },
            "pymdownx.magiclink" => now with { MagicLinks = MagicOf(options) },
            "pymdownx.mark" => now with { Mark = new(options.Is("smart_mark", true)) },
            "pymdownx.smartsymbols" => now with { SmartSymbols = true },
            "pymdownx.snippets" => now with { Snippets = true },
            "pymdownx.superfences" => now with { SuperFences = true, CustomFences = FencesOf(options) ?? now.CustomFences },
            "pymdownx.tabbed" => now with { Tabs = new(options.Is("alternate_style", false)) },
            "pymdownx.tasklist" => now with { TaskLists = new(options.Is("custom_checkbox", false)) },
            "pymdownx.tilde" => now with { Tilde = new(options.Is("delete", true), options.Is("subscript", true), options.Is("smart_delete", true)) },
            "plantuml_markdown" or "markdown_inline_graphviz" => now with { Diagrams = true },
            _ => now,
        };
    }

    private static MarkdownExtensions Extra(MarkdownExtensions now, IReadOnlyDictionary<string, object?> options) => now with
    {
        Footnotes = true,
        AttributeLists = true,
        DefinitionLists = true,
        Tables = true,
        Abbreviations = true,
        MarkdownInHtml = true,
    };

    private static ContentsOptions ContentsOf(IReadOnlyDictionary<string, object?> options)
    {
        var permalink = options.GetValueOrDefault("permalink") as string;
        var depth = options.Text("toc_depth", "6").Split('-');
        var slugs = options.GetValueOrDefault("slugify") switch
        {
            string text when text.Contains("slug", StringComparison.Ordinal) => Slugs.Unicode,
            IReadOnlyDictionary<string, object?> map => map.Map("kwds").Text("case", "") == "lower" ? Slugs.Unicode : Slugs.UnicodeAsWritten,
            _ => Slugs.Ascii,
        };
        return new()
        {
            Permalink = permalink is null || IsNo(permalink) ? null : IsYes(permalink) ? "¶" : permalink,
            PermalinkTitle = options.Text("permalink_title", "Permanent link"),
            AnchorLink = options.Is("anchorlink", false),
            Title = options.Text("title", ""),
            Marker = options.Text("marker", "[TOC]"),
            Top = depth.Length > 1 ? NumberIn(depth[0], 1) : 1,
            Bottom = NumberIn(depth[^1], 6),
            BaseLevel = options.Number("baselevel", 1),
            Separator = options.Text("separator", "-"),
            Slugs = slugs,
        };
    }

    private static MathOptions MathOf(IReadOnlyDictionary<string, object?> options)
    {
        var inline = options.List("inline_syntax") ?? ["dollar", "round"];
        var block = options.List("block_syntax") ?? ["dollar", "square", "begin"];
        return new()
        {
            SmartDollar = options.Is("smart_dollar", true),
            Dollar = inline.Contains("dollar"),
            Round = inline.Contains("round"),
            DollarBlock = block.Contains("dollar"),
            SquareBlock = block.Contains("square"),
            EnvironmentBlock = block.Contains("begin"),
        };
    }

    private static SmartEmphasis BetterOf(IReadOnlyDictionary<string, object?> options) => options.Text("smart_enable", "underscore") switch
    {
        "all" => SmartEmphasis.All,
        "asterisk" => SmartEmphasis.Asterisk,
        "underscore" => SmartEmphasis.Underscore,
        _ => SmartEmphasis.None,
    };

    private static EmojiIndex EmojiOf(IReadOnlyDictionary<string, object?> options) => options.Text("emoji_index", "") switch
    {
        var index when index.Contains("twemoji", StringComparison.Ordinal) => EmojiIndex.Twemoji,
        var index when index.Contains("gemoji", StringComparison.Ordinal) => EmojiIndex.GitHub,
        _ => EmojiIndex.EmojiOne,
    };

    private static HighlightOptions HighlightOf(IReadOnlyDictionary<string, object?> options) => new()
    {
        LineNumbers = options.MayBe("linenums"),
        LanguageClass = options.Is("pygments_lang_class", false),
        Pygments = options.Is("use_pygments", true),
        Class = options.Text("css_class", "highlight"),
        Prefix = options.Text("language_prefix", "language-"),
    };

    private static MagicLinkOptions MagicOf(IReadOnlyDictionary<string, object?> options) => new()
    {
        HideProtocol = options.Is("hide_protocol", false),
        Shorthand = options.Is("repo_url_shorthand", false),
        Provider = options.Text("provider", "github"),
        User = options.Text("user", ""),
        Repository = options.Text("repo", ""),
    };

    private static Dictionary<string, CustomFence>? FencesOf(IReadOnlyDictionary<string, object?> options)
    {
        if (options.List("custom_fences") is not { } list) return null;
        var fences = new Dictionary<string, CustomFence>(StringComparer.Ordinal);
        foreach (var fence in list.OfType<IReadOnlyDictionary<string, object?>>())
        {
            if (fence.Text("name", "") is { Length: > 0 } name) fences[name] = new(fence.Text("class", name), fence.Text("format", "").Contains("div", StringComparison.Ordinal));
        }

        return fences;
    }

    private static string Text(this IReadOnlyDictionary<string, object?> options, string key, string otherwise) => options.GetValueOrDefault(key) as string ?? otherwise;

    private static bool Is(this IReadOnlyDictionary<string, object?> options, string key, bool otherwise) => options.MayBe(key) ?? otherwise;

    private static bool? MayBe(this IReadOnlyDictionary<string, object?> options, string key) =>
        options.GetValueOrDefault(key) is string text ? (IsYes(text) ? true : IsNo(text) ? false : null) : null;

    private static int Number(this IReadOnlyDictionary<string, object?> options, string key, int otherwise) => NumberIn(options.GetValueOrDefault(key) as string, otherwise);

    private static IReadOnlyList<object?>? List(this IReadOnlyDictionary<string, object?> options, string key) => options.GetValueOrDefault(key) as IReadOnlyList<object?>;

    private static IReadOnlyDictionary<string, object?> Map(this IReadOnlyDictionary<string, object?> options, string key) =>
        options.GetValueOrDefault(key) as IReadOnlyDictionary<string, object?> ?? None;

    private static int NumberIn(string? text, int otherwise) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : otherwise;

    private static bool IsYes(string text) => text.ToLowerInvariant() is "true" or "yes" or "on" or "1";

    private static bool IsNo(string text) => text.ToLowerInvariant() is "false" or "no" or "off" or "0" or "none";
}
