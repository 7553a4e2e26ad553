namespace Stagedoor.Sources;

/// <summary>
/// Git repositories, near and far. They are fetched bare into the portal's data folder, and files are read from the
/// object store at a commit: nothing is checked out.
/// </summary>
public interface IRepositories
{
    /// <summary>Reads <c>https://host/owner/name.git</c>, <c>ssh://…</c>, <c>git@host:owner/name.git</c> or <c>file:///…</c>; the message of the failure says what is wrong.</summary>
    /// <exception cref="OutboundException">It is not the address of a repository, or not an allowed one.</exception>
    RepositoryAddress Parse(string address);

    /// <summary>
    /// Reads <c>git:https://host/owner/name.git?ref=main&amp;path=catalog-info.yaml</c>, or the same without <c>git:</c>, whose
    /// reference and path may be missing, or <c>url:</c> with an address that <see cref="Locate"/> recognises.
    /// </summary>
    /// <exception cref="OutboundException">It is neither.</exception>
    RepositoryFile ParsePlace(string place);

    /// <summary>
    /// The one location reference by which a file is known everywhere: <c>url:</c> and its address at its code host where
    /// the host's form is known, otherwise <c>git:</c> as <see cref="ParsePlace"/> reads it.
    /// </summary>
    string PlaceOf(RepositoryFile file);

    /// <summary>
    /// Recognises the address of a file or folder as code hosts show it, such as
    /// <c>https://github.com/owner/name/blob/main/catalog-info.yaml</c>; nothing if the address is not one of those.
    /// </summary>
    RepositoryFile? Locate(Uri address);

    /// <summary>Whether a file that is named by its address at the code host is to be read by git: the host is in <c>sources.hosts</c>.</summary>
    bool ReadsByGit(RepositoryAddress repository);

    /// <summary>Where a code host gives the plain content of a file; nothing if that is not known.</summary>
    Uri? RawAddress(RepositoryFile file);

    /// <summary>Whether the repository may be read, and if not, why.</summary>
    string? WhyNot(RepositoryAddress repository);

    /// <summary>
    /// The commit that a branch, tag or commit names; the default branch if none is given. Fetches first when the copy is
    /// older than <paramref name="maxAge"/>. Concurrent callers share one fetch.
    /// </summary>
    /// <exception cref="OutboundException">It cannot be reached, or there is no such branch, tag or commit.</exception>
    Task<RepositoryCommit> Resolve(RepositoryAddress repository, string? reference, TimeSpan maxAge, CancellationToken cancellationToken);

    /// <summary>
    /// The same file, with its branch told: the default branch if none was named, and one with slashes in its name, which an
    /// address does not show the end of.
    /// </summary>
    /// <exception cref="OutboundException">The repository cannot be reached.</exception>
    Task<RepositoryFile> Settle(RepositoryFile file, TimeSpan maxAge, CancellationToken cancellationToken);

    /// <summary>All files at a commit, below a folder if one is given.</summary>
    Task<IReadOnlyList<RepositoryEntry>> Tree(RepositoryCommit commit, string? under, CancellationToken cancellationToken);

    /// <summary>The content of a file at a commit; nothing if it is not there.</summary>
    Task<ReadOnlyMemory<byte>?> Read(RepositoryCommit commit, string path, long mostBytes, CancellationToken cancellationToken);

    /// <summary>Many files of one commit, in the order asked for.</summary>
    IAsyncEnumerable<RepositoryContent> ReadMany(RepositoryCommit commit, IReadOnlyList<RepositoryEntry> files, long mostBytes, CancellationToken cancellationToken);

    /// <summary>The newest commits that touched a path, or all.</summary>
    Task<IReadOnlyList<CommitInfo>> Log(RepositoryCommit commit, string? path, int limit, CancellationToken cancellationToken);

    /// <summary>For each file the newest commit that touched it, found in one walk. Files that did not change for very long may be missing.</summary>
    Task<IReadOnlyDictionary<string, CommitInfo>> LastChanges(RepositoryCommit commit, IReadOnlyCollection<string> paths, CancellationToken cancellationToken);

    /// <summary>Who has committed to a path, or to all, those with the most commits first. Of a very long history the newest part counts.</summary>
    Task<IReadOnlyList<Contributor>> Contributors(RepositoryCommit commit, string? path, int limit, CancellationToken cancellationToken);

    /// <summary>
    /// In which languages the files below a folder are written, or all, the largest first. What others wrote and what was generated does not
    /// count; data and texts count only where there is nothing else.
    /// </summary>
    Task<IReadOnlyList<LanguageShare>> Languages(RepositoryCommit commit, string? under, CancellationToken cancellationToken);

    /// <summary>Who wrote each line.</summary>
    Task<IReadOnlyList<BlameLine>> Blame(RepositoryCommit commit, string path, CancellationToken cancellationToken);

    /// <summary>Branches and tags.</summary>
    Task<IReadOnlyList<RepositoryReference>> References(RepositoryAddress repository, TimeSpan maxAge, CancellationToken cancellationToken);

    /// <summary>The repositories that lie directly in a folder of this machine, bare or not; the folder must be an allowed root.</summary>
    /// <exception cref="OutboundException">The folder is not there, or is none that may be read.</exception>
    IReadOnlyList<RepositoryAddress> InFolder(string folder);

    /// <summary>Calls back soon after a branch or tag of a repository on this machine has moved; nothing for one that is elsewhere.</summary>
    IDisposable? Watch(RepositoryAddress repository, Action changed);
}

/// <summary>A repository. <paramref name="Url"/> carries no credentials and is what is shown.</summary>
public sealed record RepositoryAddress(string Url)
{
    public override string ToString() => Url;
}

/// <summary>A file or folder of a repository at a branch, tag or commit.</summary>
/// <param name="Reference">Nothing for the default branch.</param>
/// <param name="Path">Without a slash at the beginning; empty for the whole repository.</param>
public sealed record RepositoryFile(RepositoryAddress Repository, string? Reference, string Path);

/// <param name="Sha">The full hash.</param>
public sealed record RepositoryCommit(RepositoryAddress Repository, string Sha);

/// <param name="Blob">The hash of its content.</param>
/// <param name="Size">In bytes.</param>
public sealed record RepositoryEntry(string Path, string Blob, long Size, RepositoryEntryKind Kind);

public enum RepositoryEntryKind
{
    File,
    Executable,
    Link,
    Submodule,
}

/// <param name="Content">Nothing, if it is larger than what was allowed.</param>
public sealed record RepositoryContent(RepositoryEntry Entry, ReadOnlyMemory<byte>? Content);

public sealed record CommitInfo(string Sha, string Author, string AuthorEmail, DateTimeOffset At, string Subject);

/// <summary>Somebody who has committed, told by the address of their mail.</summary>
/// <param name="Name">As in their newest commit.</param>
public sealed record Contributor(string Name, string Email, long Commits, DateTimeOffset LastAt);

/// <param name="Bytes">Of all files in it.</param>
public sealed record LanguageShare(string Name, long Bytes);

public sealed record BlameLine(int Line, string Sha, string Author, string AuthorEmail, DateTimeOffset At);

public sealed record RepositoryReference(string Name, string Sha, bool IsTag, bool IsDefault);
