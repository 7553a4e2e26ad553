using Stagedoor.Docs.Sites;
using Stagedoor.Plugins;
using Stagedoor.Sources;

namespace Stagedoor.Docs.Reading;

/// <summary>Opens documentation and reads its pages, for those who may.</summary>
internal interface IDocsReading
{
    /// <summary>The documentation of an entity; nothing if there is no such entity for the caller, or it has none.</summary>
    Task<OpenDocs?> Open(EntityRef entity, string? reference, Caller caller, CancellationToken cancellationToken);

    Task<ReadPage> Page(OpenDocs docs, SitePage page, DocsBase at, CancellationToken cancellationToken);

    /// <summary>A file as it lies; nothing if there is none.</summary>
    Task<byte[]?> File(OpenDocs docs, string path, CancellationToken cancellationToken);

    /// <summary>The last change of a page; nothing if that is not known soon.</summary>
    Task<CommitInfo?> LastChange(OpenDocs docs, SitePage page, CancellationToken cancellationToken);

    /// <summary>Where a page is seen and edited at its code host.</summary>
    SourceLinks Links(OpenDocs docs, SitePage page);

    /// <summary>Branches and tags; empty where there are none.</summary>
    Task<IReadOnlyList<RepositoryReference>> Versions(OpenDocs docs, CancellationToken cancellationToken);

    /// <summary>What in this site speaks of a text, the best first.</summary>
    Task<IReadOnlyList<DocsHit>> Search(OpenDocs docs, string text, int limit, CancellationToken cancellationToken);
}

internal sealed record SourceLinks(string? View, string? Edit);

/// <param name="Anchor">Of the heading it stands below; nothing for the page's beginning.</param>
/// <param name="Extract">Some words around what was found.</param>
internal sealed record DocsHit(SitePage Page, string? Anchor, string Title, string? Heading, string Extract);
