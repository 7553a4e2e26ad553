using Stagedoor.Docs.Sites;
using Stagedoor.Plugins;
using Stagedoor.Sources;

namespace Stagedoor.Docs.Reading;

/// <summary>Opens documentation and reads its pages, for those who may.</summary>
internal interface IDocsReading
{
    Task<OpenDocs?> Open(EntityRef entity, string? reference, Caller caller, CancellationToken cancellationToken);

    Task<ReadPage> Page(OpenDocs docs, SitePage page, DocsBase at, CancellationToken cancellationToken);

    Task<byte[]?> File(OpenDocs docs, string path, CancellationToken cancellationToken);

    Task<CommitInfo?> LastChange(OpenDocs docs, SitePage page, CancellationToken cancellationToken);

    SourceLinks Links(OpenDocs docs, SitePage page);

    Task<IReadOnlyList<RepositoryReference>> Versions(OpenDocs docs, CancellationToken cancellationToken);

    Task<IReadOnlyList<DocsHit>> Search(OpenDocs docs, string text, int limit, CancellationToken cancellationToken);
}
