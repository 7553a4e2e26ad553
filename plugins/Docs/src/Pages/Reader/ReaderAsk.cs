using Stagedoor.Docs.Checking;
using Stagedoor.Docs.Reading;
using Stagedoor.Docs.Sites;
using Stagedoor.Plugins;
using Stagedoor.Sources;

namespace Stagedoor.Docs.Pages.Reader;

/// <summary>What an address of a reader asks for.</summary>
/// <param name="Path">What stands in the address behind the entity, as it was written.</param>
/// <param name="IsTab">It is read on its entity's page.</param>
internal sealed record ReaderAsk(EntityRef Entity, string Path, string? Reference, string? Search, bool IsTab)
{
    /// <summary>All that is broken in the site is asked for.</summary>
    public bool WantsReport { get; init; }

    public const int LongestSearch = 200;

    public DocsBase Base => DocsAddress.Base(Entity, Reference, IsTab);
}

/// <summary>What a reader is shown at an address.</summary>
internal abstract record ReaderAnswer
{
    private ReaderAnswer()
    {
    }

    /// <summary>The page is at another address.</summary>
    /// <param name="ForGood">It always will be.</param>
    internal sealed record Elsewhere(string Address, bool ForGood) : ReaderAnswer;

    /// <summary>There is no such entity for the caller, or it has no documentation.</summary>
    internal sealed record Nothing(Entity? Entity) : ReaderAnswer;

    /// <summary>It is being fetched, or cannot be had.</summary>
    internal sealed record Unread(OpenDocs Docs) : ReaderAnswer;

    internal sealed record Found(ReaderView View) : ReaderAnswer;
}

/// <summary>A site opened at a page, at what a search found, or where there is no page.</summary>
internal sealed record ReaderView(OpenDocs Docs, Site Site, DocsBase At, bool IsTab)
{
    /// <summary>Nothing, if there is no page at the address.</summary>
    public SitePage? Page { get; init; }

    public ReadPage? Read { get; init; }

    /// <summary>The address below the site that was asked for.</summary>
    public string Asked { get; init; } = "";

    /// <summary>What this site is searched for.</summary>
    public string? Search { get; init; }

    public IReadOnlyList<DocsHit> Hits { get; init; } = [];

    /// <summary>All that is broken in the site; nothing if it was not asked for.</summary>
    public IReadOnlyList<DocsFinding>? Findings { get; init; }

    /// <summary>Pages that somebody may have meant who found none.</summary>
    public IReadOnlyList<SitePage> Near { get; init; } = [];

    /// <summary>The sections that lead to the page.</summary>
    public IReadOnlyList<NavItem> Trail { get; init; } = [];

    public SitePage? Previous { get; init; }

    public SitePage? Next { get; init; }

    public CommitInfo? Changed { get; init; }

    public SourceLinks Links { get; init; } = new(null, null);

    public IReadOnlyList<RepositoryReference> Versions { get; init; } = [];

    public bool IsMissing => Page is null && Search is null && Findings is null;

    public bool HidesContents => Read?.Hidden.Contains("toc") == true;

    public bool HidesNavigation => Read?.Hidden.Contains("navigation") == true;
}
