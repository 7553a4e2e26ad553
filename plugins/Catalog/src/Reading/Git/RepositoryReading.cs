using System.Runtime.CompilerServices;
using Stagedoor.Catalog.Reading.Patterns;
using Stagedoor.Plugins;
using Stagedoor.Sources;

namespace Stagedoor.Catalog.Reading.Git;

/// <summary>Reads the entity files of a repository at a commit, in one pass over its tree.</summary>
internal sealed class RepositoryReading(IRepositories repositories, ReadingLimits limits)
{
    private static readonly string[] CatalogFiles = ["**/catalog-info.yaml", "**/catalog-info.yml"];
    private static readonly TimeSpan BesideAge = TimeSpan.FromSeconds(30);

    /// <param name="what">Its path is a pattern, a file, a folder, or empty.</param>
    /// <exception cref="PlaceException">It cannot be read.</exception>
    public async Task<PlaceReading> Read(RepositoryFile what, PlaceRequest request, CancellationToken cancellationToken)
    {
        try
        {
            what = await repositories.Settle(what, request.MaxAge, cancellationToken);
            var commit = await repositories.Resolve(what.Repository, what.Reference, TimeSpan.MaxValue, cancellationToken);
            var selection = SelectionOf(what, request, out var under, out var isExact);
            var version = $"{commit.Sha} {ContentHash.Of(System.Text.Encoding.UTF8.GetBytes(selection.Text))[..12]}";
            if (version == request.KnownVersion)
            {
                return new PlaceReading(version, Unchanged: true, AsyncEnumerable.Empty<PlaceFile>(), []);
            }

            var tree = await repositories.Tree(commit, under, cancellationToken);
            var found = Select(tree, selection, what, ref isExact);
            if (isExact && found.Count == 0)
            {
                throw new PlaceException($"There is no {what.Path} in {what.Repository}{(what.Reference is { } at ? $" at {at}" : "")}.", isGone: true);
            }

            if (found.Count > limits.MostFiles)
            {
                throw new PlaceException($"There are more than {limits.MostFiles} files to read in {what.Repository}. Name fewer by include and exclude.", isGone: false);
            }

            return new PlaceReading(version, Unchanged: false, Contents(what, commit, found, request, cancellationToken), []);
        }
        catch (OutboundException e)
        {
            throw new PlaceException(e.Message, e.IsMissing, e);
        }
    }

    /// <exception cref="PlaceException">It cannot be read.</exception>
    public async Task<ReadOnlyMemory<byte>> ReadFile(RepositoryFile file, CancellationToken cancellationToken)
    {
        try
        {
            file = await repositories.Settle(file, BesideAge, cancellationToken);
            var commit = await repositories.Resolve(file.Repository, file.Reference, TimeSpan.MaxValue, cancellationToken);
            return await repositories.Read(commit, file.Path, limits.MostBytes, cancellationToken)
                ?? throw new PlaceException($"There is no {file.Path} in {file.Repository}.", isGone: true);
        }
        catch (OutboundException e)
        {
            throw new PlaceException(e.Message, e.IsMissing, e);
        }
    }

    public IDisposable? Watch(RepositoryAddress repository, Action changed) => repositories.Watch(repository, changed);

    private static Selection SelectionOf(RepositoryFile what, PlaceRequest request, out string? under, out bool isExact)
    {
        under = null;
        isExact = what.Path.Length > 0 && !Glob.IsPattern(what.Path);
        if (what.Path.Length == 0)
        {
            return Selection.Of(request, CatalogFiles);
        }

        // What the target itself names stands; include and exclude choose among it.
        var (folder, _) = Glob.Split(what.Path);
        under = folder.Length > 0 ? folder : null;
        return Selection.Of(request with { Include = [what.Path] });
    }

    /// <summary>A path without wildcards may be a file, or a folder with catalog files in it.</summary>
    private static List<(RepositoryEntry Entry, IDescriptorReader? Reader)> Select(
        IReadOnlyList<RepositoryEntry> tree, Selection selection, RepositoryFile what, ref bool isExact)
    {
        var found = new List<(RepositoryEntry Entry, IDescriptorReader? Reader)>();
        var isFolder = isExact && tree.Count > 0 && tree.All(entry => entry.Path != what.Path);
        var inFolder = isFolder ? CatalogFiles.Select(pattern => Glob.Parse($"{what.Path}/{pattern}")).ToList() : [];
        foreach (var entry in tree)
        {
            IDescriptorReader? reader = null;
            if (entry.Kind != RepositoryEntryKind.Submodule && (selection.Selects(entry.Path, out reader) || inFolder.Any(glob => glob.Matches(entry.Path))))
            {
                found.Add((entry, reader));
            }
        }

        isExact &= !isFolder;
        found.Sort((a, b) => string.CompareOrdinal(a.Entry.Path, b.Entry.Path));
        return found;
    }

    private async IAsyncEnumerable<PlaceFile> Contents(
        RepositoryFile what, RepositoryCommit commit, List<(RepositoryEntry Entry, IDescriptorReader? Reader)> found, PlaceRequest request,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var changed = found.Where(file => Problem(file.Entry) is null && request.KnownHash(file.Entry.Path) != file.Entry.Blob).Select(file => file.Entry).ToList();
        var commits = changed.Count == 0
            ? new Dictionary<string, CommitInfo>()
            : await Translated(repositories.LastChanges(commit, [.. changed.Select(entry => entry.Path)], cancellationToken));
        await using var contents = repositories.ReadMany(commit, changed, limits.MostBytes, cancellationToken).GetAsyncEnumerator(cancellationToken);
        foreach (var (entry, reader) in found)
        {
            var target = repositories.PlaceOf(what with { Path = entry.Path });
            if (Problem(entry) is { } problem)
            {
                yield return new PlaceFile(entry.Path, target, ContentHash.OfProblem(problem), null) { Reader = reader, Problem = problem };
                continue;
            }

            if (request.KnownHash(entry.Path) == entry.Blob)
            {
                yield return new PlaceFile(entry.Path, target, entry.Blob, null) { Reader = reader };
                continue;
            }

            await Translated(contents.MoveNextAsync().AsTask());
            var last = commits.GetValueOrDefault(entry.Path);
            yield return new PlaceFile(entry.Path, target, entry.Blob, contents.Current.Content)
            {
                Reader = reader,
                Commit = last?.Sha,
                Author = last?.Author,
                CommittedAt = last?.At,
                Problem = contents.Current.Content is null ? TooLarge(entry) : null,
            };
        }
    }

    private string? Problem(RepositoryEntry entry) =>
        entry.Kind == RepositoryEntryKind.Link ? $"{entry.Path} is a link, and links in repositories are not followed. Put the file itself there."
        : entry.Size > limits.MostBytes ? TooLarge(entry)
        : null;

    private string TooLarge(RepositoryEntry entry) => $"{entry.Path} is larger than {limits.MostBytesText}. Split it into several files.";

    private static async Task<T> Translated<T>(Task<T> task)
    {
        try
        {
            return await task;
        }
        catch (OutboundException e)
        {
            throw new PlaceException(e.Message, e.IsMissing, e);
        }
    }
}
