namespace Stagedoor.Docs.Sites.MkDocs;

/// <summary>A line of a navigation before the titles of pages are known.</summary>
/// <param name="Title">As the navigation says; nothing to take the page's own.</param>
/// <param name="Path">Of a page of the site.</param>
internal sealed record NavDraft(string? Title, string? Path, string? Link, IReadOnlyList<NavDraft> Children)
{
    /// <summary>The folder that a section shows, if it shows one.</summary>
    public string? Folder { get; init; }

    public static NavDraft Page(string path, string? title = null) => new(title, path, null, []);

    public static NavDraft Section(string title, IReadOnlyList<NavDraft> children) => new(title, null, null, children);

    public IEnumerable<NavDraft> All() => [this, .. Children.SelectMany(child => child.All())];
}
