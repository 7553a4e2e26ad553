using Stagedoor.Docs.Places;
using Stagedoor.Docs.Sites;
using Stagedoor.Docs.Sites.Files;
using Stagedoor.Plugins;
using Stagedoor.Sources;

namespace Stagedoor.Docs.Reading;

/// <summary>The documentation of an entity, opened for somebody who may see it.</summary>
/// <param name="Entity">Whose documentation was asked for.</param>
/// <param name="Place">Where it lies.</param>
/// <param name="Site">What is there; nothing if it could not be read.</param>
/// <param name="Files">What the site is read from.</param>
internal sealed record OpenDocs(Entity Entity, DocsPlace? Place, Site? Site, ISiteFiles? Files)
{
    /// <summary>The version that was asked for is not there.</summary>
    public bool HasNoSuchVersion { get; init; }

    /// <summary>A file of the site as it lies; nothing if there is none, or something else than a plain file.</summary>
    public async Task<byte[]?> Content(string path, CancellationToken cancellationToken) =>
        this is { Site: { } site, Files: { } files } && site.Files.TryGetValue(path, out var file) && file.Kind == SiteFileKind.File ? await files.Read(file, cancellationToken) : null;

    /// <summary>It is read from files as they lie, which somebody may be writing.</summary>
    public bool IsLive => Place is DocsPlace.OnThisMachine;

    /// <summary>The branch, tag or commit that was asked for; nothing for the usual one.</summary>
    public string? Reference { get; init; }

    /// <summary>The commit that is shown; nothing for files of this machine.</summary>
    public RepositoryCommit? Commit { get; init; }

    /// <summary>Why there is nothing to show, or why what is shown may be out of date.</summary>
    public string? Trouble { get; init; }

    /// <summary>When the source was last reached, if it cannot be reached now.</summary>
    public DateTimeOffset? ReachedAt { get; init; }

    /// <summary>It is being fetched for the first time.</summary>
    public bool IsComing { get; init; }

    /// <summary>The folder of the site that is this entity's own part of it, after <c>techdocs-entity-path</c>.</summary>
    public string Start { get; init; } = "";
}
