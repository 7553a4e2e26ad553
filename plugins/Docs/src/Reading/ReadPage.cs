using Stagedoor.Docs.Markdown;
using Stagedoor.Docs.Sites;

namespace Stagedoor.Docs.Reading;

/// <summary>A page as a reader gets it.</summary>
/// <param name="Html">Safe to show.</param>
/// <param name="Title">What the page calls itself.</param>
/// <param name="Description">By its front matter.</param>
internal sealed record ReadPage(SitePage Page, string Title, string? Description, string Html, IReadOnlyList<Heading> Contents, Needs Needs, IReadOnlyList<string> Notes)
{
    /// <summary>What search finds, heading by heading.</summary>
    public IReadOnlyList<PageSection> Sections { get; init; } = [];

    public IReadOnlySet<string> Ids { get; init; } = new HashSet<string>();

    /// <summary>What its links and images lead to.</summary>
    public IReadOnlyList<PageLink> Links { get; init; } = [];

    /// <summary>Front matter asks to leave out parts: <c>toc</c>, <c>navigation</c>.</summary>
    public IReadOnlyList<string> Hidden { get; init; } = [];
}

/// <summary>Where a link of a page leads, after what is known of its site.</summary>
/// <param name="Written">As it stands in the Markdown.</param>
/// <param name="Trouble">Why it leads nowhere; nothing if it leads somewhere or out of the site.</param>
/// <param name="Path">The file of the site that it leads to.</param>
/// <param name="Anchor">The place on that page.</param>
internal sealed record PageLink(string Written, AddressKind Kind, string? Trouble, string? Path, string? Anchor);
