using Stagedoor.Catalog.Reading;
using Stagedoor.Catalog.Reading.Files;
using Stagedoor.Sources;

namespace Stagedoor.Catalog.Pages.Detail.Repository;

/// <summary>Looks into the folder of an entity: its readme, its languages, who has worked on it.</summary>
internal sealed class SourceReading(IRepositories repositories, FileRoots roots, TimeProvider time)
{
    private const int MostContributors = 30;

    /// <summary>The catalog keeps the copy current by reading from it; for these facts it is as it is.</summary>
    private static readonly TimeSpan AsItIs = TimeSpan.MaxValue;

    /// <summary>The commit that is looked at now, which is cheap to ask; nothing for a folder of this machine.</summary>
    public async Task<string?> CommitOf(EntityFolder folder, CancellationToken cancellationToken) =>
        folder.Repository is { } file ? (await Resolve(file, cancellationToken)).Commit.Sha : null;

    /// <param name="former">What was found the last time: what has not changed is taken from it.</param>
    /// <exception cref="OutboundException">It cannot be read.</exception>
    public async Task<SourceFacts> Read(EntityFolder folder, SourceFacts? former, CancellationToken cancellationToken)
    {
        if (folder.Repository is not { } file)
        {
            return await ReadLocal(folder.Local!, cancellationToken);
        }

        var (commit, settled) = await Resolve(file, cancellationToken);
        if (former is not null && former.Commit == commit.Sha)
        {
            return former;
        }

        var under = settled.Path.Length == 0 ? null : settled.Path;
        var tree = await repositories.Tree(commit, under, cancellationToken);
        var readme = Find(tree, settled.Path) ?? (under is null ? null : Find(await repositories.Tree(commit, null, cancellationToken), ""));
        return new SourceFacts(
            commit.Sha,
            readme is null ? null : readme.Blob == former?.Readme?.Blob && readme.Path == former.Readme.Path ? former.Readme : await Format(readme, commit, settled, folder, cancellationToken),
            await repositories.Languages(commit, under, cancellationToken),
            await repositories.Contributors(commit, under, MostContributors, cancellationToken),
            WhyNot: null);
    }

    private async Task<(RepositoryCommit Commit, RepositoryFile Settled)> Resolve(RepositoryFile file, CancellationToken cancellationToken)
    {
        var settled = await repositories.Settle(file, AsItIs, cancellationToken);
        return (await repositories.Resolve(settled.Repository, settled.Reference, AsItIs, cancellationToken), settled);
    }

    private async Task<Readme> Format(RepositoryEntry entry, RepositoryCommit commit, RepositoryFile settled, EntityFolder folder, CancellationToken cancellationToken)
    {
        var content = await repositories.Read(commit, entry.Path, ReadmeText.MostBytes, cancellationToken);
        return new Readme(
            entry.Path, entry.Blob, folder.CodeRoot is null ? null : folder.CodeRoot + entry.Path,
            ReadmeText.Format(content is { } bytes ? bytes.Span : default, entry.Path, folder.CodeRoot, path => repositories.RawAddress(settled with { Path = path })));
    }

    private static RepositoryEntry? Find(IReadOnlyList<RepositoryEntry> tree, string folder)
    {
        var prefix = folder.Length == 0 ? "" : $"{folder}/";
        var here = tree.Where(entry => entry.Kind is RepositoryEntryKind.File or RepositoryEntryKind.Executable && entry.Size <= ReadmeText.MostBytes
            && entry.Path.StartsWith(prefix, StringComparison.Ordinal) && entry.Path.IndexOf('/', prefix.Length) < 0).ToList();
        return ReadmeText.Among(here.Select(entry => entry.Path[prefix.Length..])) is { } name ? here.Find(entry => entry.Path.Length == prefix.Length + name.Length && entry.Path.EndsWith(name, StringComparison.Ordinal)) : null;
    }

    private async Task<SourceFacts> ReadLocal(string folder, CancellationToken cancellationToken)
    {
        var real = RealPath.Of(folder);
        if (real is null || !roots.Allows(real) || ReadmeText.Among(Directory.EnumerateFiles(real, "README*", new EnumerationOptions { MatchCasing = MatchCasing.CaseInsensitive }).Take(20).Select(Path.GetFileName).OfType<string>()) is not { } name)
        {
            return new SourceFacts(null, null, [], [], null);
        }

        var outcome = await new StableFile(roots, new ReadingLimits { MostBytes = ReadmeText.MostBytes }, time).Read(Path.Combine(real, name), real: null, cancellationToken);
        return outcome.Problem is { } problem ? SourceFacts.Unknown(problem)
            : new SourceFacts(null, new Readme(name, "", null, ReadmeText.Format(outcome.Content.Span, name, codeRoot: null, _ => null)), [], [], null);
    }
}
