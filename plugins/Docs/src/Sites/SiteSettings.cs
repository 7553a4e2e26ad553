using Stagedoor.Docs.Markdown;

namespace Stagedoor.Docs.Sites;

/// <summary>What mkdocs.yml says that matters to readers.</summary>
internal sealed record SiteSettings
{
    public required string Name { get; init; }

    public string? Description { get; init; }

    public string? RepositoryUrl { get; init; }

    /// <summary>Whole, or relative to <see cref="RepositoryUrl"/>.</summary>
    public string? EditUri { get; init; }

    public MarkdownExtensions Extensions { get; init; } = MarkdownExtensions.TechDocs;

    /// <summary>Where snippets are looked for, below the site's folder, in this order.</summary>
    public IReadOnlyList<string> SnippetFolders { get; init; } = [""];

    /// <summary>Files of snippets that belong to the end of each page.</summary>
    public IReadOnlyList<string> AppendedSnippets { get; init; } = [];

    /// <summary>Of the theme, such as <c>navigation.expand</c>.</summary>
    public IReadOnlySet<string> Features { get; init; } = new HashSet<string>();

    /// <summary>The folder of its pages, below that of the repository or the machine.</summary>
    public string PagesFolder { get; init; } = "";

    /// <summary>The folder of its mkdocs.yml.</summary>
    public string Folder { get; init; } = "";
}
