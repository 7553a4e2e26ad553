using Stagedoor.Sources;

namespace Stagedoor.Docs.Sites.Files;

/// <summary>The files of a repository at a commit, read from git's own store.</summary>
internal sealed class GitFiles(IRepositories repositories, RepositoryCommit commit) : ISiteFiles
{
    public string Version => commit.Sha;

    public async Task<IReadOnlyList<SiteFile>> Below(string folder, CancellationToken cancellationToken)
    {
        var entries = await repositories.Tree(commit, folder.Length == 0 ? null : folder, cancellationToken);
        return [.. entries.Where(entry => SitePath.IsBelow(entry.Path, folder)).Take(ISiteFiles.Most).Select(FileOf)];
    }

    public async Task<SiteFile?> Find(string path, CancellationToken cancellationToken) =>
        path.Length == 0 ? null
            : (await repositories.Tree(commit, path, cancellationToken)).Where(entry => entry.Path == path).Select(FileOf).FirstOrDefault();

    public async Task<IReadOnlyList<byte[]?>> Read(IReadOnlyList<SiteFile> files, CancellationToken cancellationToken)
    {
        var entries = files.Select(file => new RepositoryEntry(
            file.Source, file.Version, file.Size, file.Kind switch { SiteFileKind.Link => RepositoryEntryKind.Link, SiteFileKind.Submodule => RepositoryEntryKind.Submodule, _ => RepositoryEntryKind.File })).ToList();
        var contents = new List<byte[]?>(files.Count);
        await foreach (var content in repositories.ReadMany(commit, entries, ISiteFiles.MostBytes, cancellationToken))
        {
            contents.Add(content.Content?.ToArray());
        }

        return contents;
    }

    private static SiteFile FileOf(RepositoryEntry entry) => new(
        entry.Path, entry.Size, entry.Blob,
        entry.Kind switch { RepositoryEntryKind.Link => SiteFileKind.Link, RepositoryEntryKind.Submodule => SiteFileKind.Submodule, _ => SiteFileKind.File });
}
