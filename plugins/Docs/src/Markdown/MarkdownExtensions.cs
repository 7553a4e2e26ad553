namespace Stagedoor.Docs.Markdown;

/// <summary>Which of MkDocs' extensions are on, and how. Built from what mkdocs.yml lists; unknown names are left out.</summary>
internal sealed record MarkdownExtensions
{
    /// <summary>What MkDocs itself always has.</summary>
    public static readonly MarkdownExtensions MkDocs = new() { Contents = new(), Tables = true, Fences = new() };

    /// <summary>What Backstage's techdocs-core adds.</summary>
    public static readonly MarkdownExtensions TechDocs = MkDocs with
    {
        Contents = new() { Permalink = "¶" },
        Admonitions = true,
        Details = true,
        Tabs = new(Alternate: true),
        Caret = new(),
        Critic = CriticMode.View,
        Emoji = EmojiIndex.EmojiOne,
        InlineHighlight = true,
        MagicLinks = new(),
        Mark = new(),
        SmartSymbols = true,
        Snippets = true,
        Highlight = new() { LineNumbers = true, LanguageClass = true },
        BetterEmphasis = SmartEmphasis.All,
        SuperFences = true,
        Footnotes = true,
        AttributeLists = true,
        DefinitionLists = true,
        Abbreviations = true,
        MarkdownInHtml = true,
        TaskLists = new(Custom: true),
        Tilde = new(),
        TrulySaneLists = 2,
        Diagrams = true,
        Alerts = true,
    };

    public ContentsOptions? Contents { get; init; }

    public bool Tables { get; init; }

    public FenceOptions? Fences { get; init; }

    public bool SuperFences { get; init; }

    /// <summary>Languages whose fences become an element of this class with the source in it, such as mermaid.</summary>
    public IReadOnlyDictionary<string, CustomFence> CustomFences { get; init; } = new Dictionary<string, CustomFence>();

    public HighlightOptions? Highlight { get; init; }

    public HighlightOptions? CodeHilite { get; init; }

    public bool InlineHighlight { get; init; }

    public bool Admonitions { get; init; }

    public bool Details { get; init; }

    public TabOptions? Tabs { get; init; }

    public CaretOptions? Caret { get; init; }

    public CaretOptions? Tilde { get; init; }

    public MarkOptions? Mark { get; init; }

    public SmartEmphasis? BetterEmphasis { get; init; }

    public CriticMode? Critic { get; init; }

    public EmojiIndex? Emoji { get; init; }

    public bool Keys { get; init; }

    public MathOptions? Math { get; init; }

    public MagicLinkOptions? MagicLinks { get; init; }

    public bool SmartSymbols { get; init; }

    public bool Snippets { get; init; }

    public TaskListOptions? TaskLists { get; init; }

    public bool Footnotes { get; init; }

    public bool AttributeLists { get; init; }

    public bool DefinitionLists { get; init; }

    public bool Abbreviations { get; init; }

    public bool MarkdownInHtml { get; init; }

    public bool SaneLists { get; init; }

    /// <summary>How far lists below lists are indented, when techdocs-core's own list rules are on.</summary>
    public int? TrulySaneLists { get; init; }

    public bool LineBreaks { get; init; }

    /// <summary>Whether quotes that begin with [!NOTE] are admonitions.</summary>
    public bool Alerts { get; init; }

    /// <summary>Whether fences in the languages of diagrams are diagrams: PlantUML, Graphviz, Kroki.</summary>
    public bool Diagrams { get; init; }
}

internal sealed record ContentsOptions
{
    public string? Permalink { get; init; }

    public string PermalinkTitle { get; init; } = "Permanent link";

    public bool AnchorLink { get; init; }

    public string Title { get; init; } = "";

    public string Marker { get; init; } = "[TOC]";

    public int Top { get; init; } = 1;

    public int Bottom { get; init; } = 6;

    public int BaseLevel { get; init; } = 1;

    public string Separator { get; init; } = "-";

    public Slugs Slugs { get; init; } = Slugs.Ascii;
}

internal enum Slugs
{
    Ascii,
    Unicode,
    UnicodeAsWritten,
}

internal sealed record FenceOptions(string Prefix = "language-");

internal sealed record CustomFence(string Class, bool Div);

internal sealed record HighlightOptions
{
    public bool? LineNumbers { get; init; }

    public bool LanguageClass { get; init; }

    public bool Pygments { get; init; } = true;

    public string Class { get; init; } = "highlight";

    public string Prefix { get; init; } = "language-";
}

internal sealed record TabOptions(bool Alternate = false);

/// <param name="Lines">Whether two signs insert or delete.</param>
/// <param name="Heights">Whether one sign raises or lowers.</param>
/// <param name="Smart">Whether two signs within a word mean themselves.</param>
internal sealed record CaretOptions(bool Lines = true, bool Heights = true, bool Smart = true);

internal sealed record MarkOptions(bool Smart = true);

internal enum SmartEmphasis
{
    None,
    Underscore,
    Asterisk,
    All,
}

internal enum CriticMode
{
    View,
    Accept,
    Reject,
}

internal enum EmojiIndex
{
    EmojiOne,
    GitHub,
    Twemoji,
}

internal sealed record MathOptions
{
    public bool Generic { get; init; } = true;

    public bool SmartDollar { get; init; } = true;

    public bool Dollar { get; init; } = true;

    public bool Round { get; init; } = true;

    public bool DollarBlock { get; init; } = true;

    public bool SquareBlock { get; init; } = true;

    public bool EnvironmentBlock { get; init; } = true;
}

internal sealed record MagicLinkOptions
{
    public bool HideProtocol { get; init; }

    public bool Shorthand { get; init; }

    public string Provider { get; init; } = "github";

    public string User { get; init; } = "";

    public string Repository { get; init; } = "";
}

internal sealed record TaskListOptions(bool Custom = false);
