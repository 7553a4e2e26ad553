namespace Stagedoor.Docs.Markdown;

/// <summary>What a page is rendered with besides its text. Everything from outside comes through functions given here.</summary>
internal sealed record MarkdownOptions
{
    /// <summary>Of longer pages the beginning is shown.</summary>
    public const int MaxLength = 2 * 1024 * 1024;

    public MarkdownExtensions Extensions { get; init; } = MarkdownExtensions.TechDocs;

    /// <summary>The text of a file that a page includes, by the path it was named by. Nothing: there is none, or it may not be read.</summary>
    public Func<string, string?> Include { get; init; } = _ => null;

    /// <summary>
    /// Where a link or an image really leads. The same address: as it is. Nothing: it leads nowhere, and the text stays without a link.
    /// </summary>
    public Func<FoundAddress, string?> Rewrite { get; init; } = found => found.Address;

    /// <summary>The address of a picture of a diagram, from its language and its source. Nothing: its source is shown.</summary>
    public Func<string, string, string?> Draw { get; init; } = (_, _) => null;

    /// <summary>Whether there is an icon of this name, such as material/account.</summary>
    public Func<string, bool> HasIcon { get; init; } = _ => true;

    /// <summary>Whether an id belongs to the page around: a text that uses it gets another.</summary>
    public Func<string, bool> IsReserved { get; init; } = _ => false;
}

/// <summary>What is linked to or shown by a page, as it was written.</summary>
internal sealed record FoundAddress(AddressKind Kind, string Address);

internal enum AddressKind
{
    Link,
    Image,
    Media,
}
