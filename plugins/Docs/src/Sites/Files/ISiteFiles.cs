namespace Stagedoor.Docs.Sites.Files;

/// <summary>The files of a repository at a commit, or of a folder of this machine as they lie.</summary>
internal interface ISiteFiles
{
    /// <summary>Most files that a site has.</summary>
    const int Most = 30_000;

    /// <summary>Larger files are not shown.</summary>
    const long MostBytes = 32 * 1024 * 1024;

    /// <summary>All files below a folder; empty if it is not there. No more than <see cref="Most"/>.</summary>
    Task<IReadOnlyList<SiteFile>> Below(string folder, CancellationToken cancellationToken);

    /// <summary>A file by its path; nothing if it is not there.</summary>
    Task<SiteFile?> Find(string path, CancellationToken cancellationToken);

    /// <summary>A content; nothing for what is too large, gone, or no plain file.</summary>
    Task<byte[]?> Read(SiteFile file, CancellationToken cancellationToken);

    /// <summary>One content after the other in the order of the question, so that nobody holds all of them; nothing for what is larger than asked for.</summary>
    IAsyncEnumerable<byte[]?> ReadMany(IReadOnlyList<SiteFile> files, long mostBytes, CancellationToken cancellationToken);

    /// <summary>A text that changes with any of what was listed or found so far.</summary>
    string Version { get; }
}
