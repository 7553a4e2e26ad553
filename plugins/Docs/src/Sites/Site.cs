namespace Stagedoor.Docs.Sites;

/// <summary>A documentation site at one version, arranged and not rendered. It never changes.</summary>
internal sealed class Site
{
    private readonly Dictionary<string, SitePage> _byAddress;
    private readonly Dictionary<string, SitePage> _byPath;

    public Site(SiteSettings settings, string version, IReadOnlyList<SitePage> pages, IReadOnlyList<NavItem> navigation, IReadOnlyDictionary<string, SiteFile> files)
    {
        Settings = settings;
        Version = version;
        Pages = pages;
        Navigation = navigation;
        Files = files;
        _byAddress = pages.DistinctBy(page => page.Address, StringComparer.OrdinalIgnoreCase).ToDictionary(page => page.Address, StringComparer.OrdinalIgnoreCase);
        _byPath = pages.ToDictionary(page => page.Path, StringComparer.Ordinal);
    }

    public SiteSettings Settings { get; }

    /// <summary>The hash of the commit, or a fingerprint of files on this machine.</summary>
    public string Version { get; }

    /// <summary>In the order of the navigation; those that it does not name follow.</summary>
    public IReadOnlyList<SitePage> Pages { get; }

    public IReadOnlyList<NavItem> Navigation { get; }

    /// <summary>Everything that may be asked for, pages included, by its path in the site.</summary>
    public IReadOnlyDictionary<string, SiteFile> Files { get; }

    /// <summary>Former paths of pages, and where they lead now: another page's path or an address elsewhere.</summary>
    public IReadOnlyDictionary<string, string> Redirects { get; init; } = new Dictionary<string, string>();

    /// <summary>What is wrong with what arranges the site.</summary>
    public IReadOnlyList<SiteProblem> Problems { get; init; } = [];

    /// <param name="address">Below the site: <c>guide/setup</c>, empty for its first page.</param>
    public SitePage? Find(string address) => _byAddress.GetValueOrDefault(address);

    public SitePage? AtPath(string path) => _byPath.GetValueOrDefault(path);
}

/// <summary>A page of a site, not rendered.</summary>
/// <param name="Path">Of its Markdown in the site: <c>guide/setup.md</c>.</param>
/// <param name="Address">Below the site: <c>guide/setup</c>; empty for the first page.</param>
/// <param name="Title">As the navigation calls it.</param>
/// <param name="Settings">Those of the site, or of the site within the site that it came with.</param>
internal sealed record SitePage(string Path, string Address, string Title, SiteFile File, SiteSettings Settings)
{
    /// <summary>Whether the navigation names it.</summary>
    public bool IsListed { get; init; }
}

/// <summary>A line of the navigation: a page, a section with or without a page of its own, or a link elsewhere.</summary>
internal sealed record NavItem(string Title, SitePage? Page, string? Link, IReadOnlyList<NavItem> Children);

/// <summary>A file that a site is made of.</summary>
/// <param name="Source">Where it lies in the repository or folder that the site is read from.</param>
/// <param name="Version">Changes with its content.</param>
internal sealed record SiteFile(string Source, long Size, string Version, SiteFileKind Kind = SiteFileKind.File)
{
    /// <summary>When it last changed, where the files themselves tell.</summary>
    public DateTimeOffset? ChangedAt { get; init; }
}

internal enum SiteFileKind
{
    File,

    /// <summary>A symbolic link; it is not followed.</summary>
    Link,

    /// <summary>Another repository; it is not read.</summary>
    Submodule,
}

/// <param name="File">As one would look for it.</param>
internal sealed record SiteProblem(string File, int? Line, string Text);
