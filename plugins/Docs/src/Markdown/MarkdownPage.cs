namespace Stagedoor.Docs.Markdown;

/// <summary>A rendered page: safe HTML, and what is known about it.</summary>
/// <param name="Html">What may be shown: cleaned by an allow-list.</param>
/// <param name="Uncleaned">What the Markdown said, with all raw HTML in it. For tests, never for a reader.</param>
/// <param name="Title">By its front matter, else its first heading of level one, else nothing.</param>
/// <param name="Meta">The front matter: texts, numbers as texts, lists and maps of these.</param>
/// <param name="Addresses">All links and images, in order.</param>
/// <param name="Ids">All ids that a link may lead to.</param>
/// <param name="Sections">The text below each heading, without markup; what stands before the first heading has no id.</param>
/// <param name="Notes">What could not be shown as it was meant, in sentences for a reader.</param>
internal sealed record MarkdownPage(
    string Html,
    string Uncleaned,
    string? Title,
    IReadOnlyDictionary<string, object?> Meta,
    IReadOnlyList<Heading> Contents,
    IReadOnlyList<FoundAddress> Addresses,
    IReadOnlySet<string> Ids,
    IReadOnlyList<PageSection> Sections,
    Needs Needs,
    IReadOnlyList<DiagramFound> Diagrams,
    IReadOnlyList<string> Notes);

/// <summary>A line of the table of contents, with those below it. The title is plain text.</summary>
internal sealed record Heading(int Level, string Id, string Title, IReadOnlyList<Heading> Children);

/// <summary>A diagram in a language that a server draws.</summary>
internal sealed record DiagramFound(string Language, string Source);

/// <summary>Which libraries the page wants in a browser.</summary>
[Flags]
internal enum Needs
{
    None = 0,
    Math = 1,
    Mermaid = 2,
    Highlighting = 4,
}

/// <summary>The plain text from one heading to the next.</summary>
internal sealed record PageSection(string? Id, int Level, string Title, string Text);
