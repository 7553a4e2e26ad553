using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Stagedoor.Sources;

namespace Stagedoor.Docs.Sites.Files;

/// <summary>The files of a repository at a commit, read from git's own store. What was listed once is not asked for again.</summary>
internal sealed class GitFiles(IRepositories repositories, RepositoryCommit commit) : ISiteFiles
{
    private readonly ConcurrentDictionary<string, SiteFile?> _found = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, IReadOnlyList<SiteFile>> _listed = new(StringComparer.Ordinal);

    public string Version => commit.Sha;

    public async Task<IReadOnlyList<SiteFile>> Below(string folder, CancellationToken cancellationToken)
    {
        if (_listed.TryGetValue(folder, out var known))
        {
            return known;
        }

        var entries = await repositories.Tree(commit, folder.Length == 0 ? null : folder, cancellationToken);
        List<SiteFile> files = [.. entries.Where(entry => SitePath.IsBelow(entry.Path, folder)).Take(ISiteFiles.Most).Select(FileOf)];
        foreach (var file in files)
        {
            _found[file.Source] = file;
        }

        return _listed[folder] = files;
    }

    public async Task<SiteFile?> Find(string path, CancellationToken cancellationToken)
    {
        if (path.Length == 0)
        {
            return null;
        }

        if (_found.TryGetValue(path, out var known))
        {
            return known;
        }

        if (_listed.Any(listed => listed.Value.Count < ISiteFiles.Most && SitePath.IsBelow(path, listed.Key)))
        {
            return null;
        }

        return _found[path] = (await repositories.Tree(commit, path, cancellationToken)).Where(entry => entry.Path == path).Select(FileOf).FirstOrDefault();
    }

    public async Task<byte[]?> Read(SiteFile file, CancellationToken cancellationToken)
    {
        await foreach (var content in ReadMany([file], ISiteFiles.MostBytes, cancellationToken))
        {
            return content;
        }

        return null;
    }

    public async IAsyncEnumerable<byte[]?> ReadMany(IReadOnlyList<SiteFile> files, long mostBytes, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var entries = files.Select(file => new RepositoryEntry(
            file.Source, file.Version, file.Size, file.Kind switch { SiteFileKind.Link => RepositoryEntryKind.Link, SiteFileKind.Submodule => RepositoryEntryKind.Submodule, _ => RepositoryEntryKind.File })).ToList();
        await foreach (var content in repositories.ReadMany(commit, entries, mostBytes, cancellationToken))
        {
            yield return content.Content?.ToArray();
        }
    }

    private static SiteFile FileOf(RepositoryEntry entry) => new(
        entry.Path, entry.Size, entry.Blob,
        entry.Kind switch { RepositoryEntryKind.Link => SiteFileKind.Link, RepositoryEntryKind.Submodule => SiteFileKind.Submodule, _ => SiteFileKind.File });
}
