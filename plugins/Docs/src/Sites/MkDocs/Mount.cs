namespace Stagedoor.Docs.Sites.MkDocs;

/// <summary>A folder of pages that is part of a site, and the path in the site that it is found at.</summary>
/// <param name="Prefix">Empty for the site's own pages.</param>
/// <param name="Configuration">Nothing for a folder without a mkdocs.yml.</param>
/// <param name="Files">By their path in the site.</param>
internal sealed record Mount(string Prefix, SiteSettings Settings, MkDocsFile? Configuration, IReadOnlyDictionary<string, SiteFile> Files)
{
    /// <summary>The path in the site of something that is named from the folder of pages; nothing if it leads out of that.</summary>
    public string? PathOf(string relative) => SitePath.Combine("", relative.TrimStart('/')) is { } inside ? SitePath.Under(Prefix, inside) : null;

    /// <summary>Its pages. Beside an index a README is none.</summary>
    public IEnumerable<string> Pages => Files
        .Where(file => SitePath.IsMarkdown(file.Key) && file.Value.Kind == SiteFileKind.File && !(IsReadme(file.Key) && Files.ContainsKey(SitePath.Under(SitePath.FolderOf(file.Key), "index.md"))))
        .Select(file => file.Key);

    /// <summary>Where a page is found below the site: an index where its folder is.</summary>
    public static string AddressOf(string path) => FolderNav.IsIndex(path) ? SitePath.FolderOf(path) : path[..path.LastIndexOf('.')];

    private static bool IsReadme(string path) => SitePath.NameOf(path).Equals("readme.md", StringComparison.OrdinalIgnoreCase);
}
