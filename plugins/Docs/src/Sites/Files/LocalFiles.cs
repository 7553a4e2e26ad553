using System.Collections.Concurrent;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;
using Stagedoor.Sources;

namespace Stagedoor.Docs.Sites.Files;

/// <summary>The files of a folder of this machine as they lie, whether git knows them or not. Links are not followed.</summary>
internal sealed class LocalFiles(string root) : ISiteFiles
{
    private static readonly HashSet<string> NotLookedInto = new(StringComparer.Ordinal) { ".git", "node_modules", ".hg", ".svn" };

    private readonly ConcurrentDictionary<string, string> _seen = new(StringComparer.Ordinal);
    private readonly string _opening = Guid.NewGuid().ToString("N")[..8];

    /// <summary>Pages include files that were not looked at when the site was arranged, so that each opening has a version of its own.</summary>
    public string Version => $"{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join(';', _seen.OrderBy(seen => seen.Key, StringComparer.Ordinal).Select(seen => seen.Value)))))[..32]}-{_opening}";

    /// <summary>Whether everything that was looked at is still as it was.</summary>
    public bool IsCurrent()
    {
        foreach (var (path, fingerprint) in _seen)
        {
            var now = path.EndsWith('/') ? Fingerprint(List(path[..^1])) : Fingerprint(One(path) is { } file ? [file] : []);
            if (now != fingerprint)
            {
                return false;
            }
        }

        return true;
    }

    public Task<IReadOnlyList<SiteFile>> Below(string folder, CancellationToken cancellationToken)
    {
        var files = List(folder);
        _seen.TryAdd(folder + "/", Fingerprint(files));
        return Task.FromResult<IReadOnlyList<SiteFile>>(files);
    }

    public Task<SiteFile?> Find(string path, CancellationToken cancellationToken)
    {
        var file = One(path);
        _seen.TryAdd(path, Fingerprint(file is null ? [] : [file]));
        return Task.FromResult(file);
    }

    public async Task<byte[]?> Read(SiteFile file, CancellationToken cancellationToken) =>
        file.Kind == SiteFileKind.File ? await Read(file.Source, cancellationToken) : null;

    public async IAsyncEnumerable<byte[]?> ReadMany(IReadOnlyList<SiteFile> files, long mostBytes, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var file in files)
        {
            yield return file.Size > mostBytes ? null : await Read(file, cancellationToken);
        }
    }

    private async Task<byte[]?> Read(string path, CancellationToken cancellationToken)
    {
        var full = Full(path);
        if (!IsInside(RealPath.Of(full)))
        {
            return null;
        }

        try
        {
            await using var stream = new FileStream(full, new FileStreamOptions { Share = FileShare.ReadWrite | FileShare.Delete, Options = FileOptions.Asynchronous | FileOptions.SequentialScan });
            if (stream.Length > ISiteFiles.MostBytes || (RealPath.OfOpen(stream.SafeFileHandle) is { } real && !IsInside(real)))
            {
                return null;
            }

            using var content = new MemoryStream((int)stream.Length);
            await stream.CopyToAsync(content, cancellationToken);
            return content.ToArray();
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException or UnauthorizedAccessException)
        {
            // It went while its folder was being read, or is nobody's to read: as if it were not there.
            return null;
        }
    }

    private List<SiteFile> List(string folder)
    {
        var files = new List<SiteFile>();
        var open = new Stack<string>([folder]);
        while (files.Count < ISiteFiles.Most && open.TryPop(out var at))
        {
            var directory = new DirectoryInfo(Full(at));
            if (!directory.Exists || !IsInside(RealPath.Of(directory.FullName)))
            {
                continue;
            }

            foreach (var entry in Entries(directory))
            {
                var path = SitePath.Under(at, entry.Name);
                if (entry.LinkTarget is not null)
                {
                    files.Add(new SiteFile(path, 0, "", SiteFileKind.Link));
                }
                else if (entry is FileInfo file)
                {
                    files.Add(FileOf(path, file));
                }
                else if (!NotLookedInto.Contains(entry.Name))
                {
                    open.Push(path);
                }
            }
        }

        files.Sort((one, other) => string.CompareOrdinal(one.Source, other.Source));
        return files;
    }

    private static FileSystemInfo[] Entries(DirectoryInfo directory)
    {
        try
        {
            return directory.GetFileSystemInfos();
        }
        catch (Exception e) when (e is DirectoryNotFoundException or UnauthorizedAccessException)
        {
            // It went meanwhile, or is nobody's to read.
            return [];
        }
    }

    private SiteFile? One(string path)
    {
        if (path.Split('/').Any(NotLookedInto.Contains))
        {
            return null;
        }

        var file = new FileInfo(Full(path));
        return file.LinkTarget is not null ? new SiteFile(path, 0, "", SiteFileKind.Link) : file.Exists && IsInside(RealPath.Of(file.FullName)) ? FileOf(path, file) : null;
    }

    private static SiteFile FileOf(string path, FileInfo file) =>
        new(path, file.Length, string.Create(CultureInfo.InvariantCulture, $"{file.LastWriteTimeUtc.Ticks:x}-{file.Length:x}")) { ChangedAt = new DateTimeOffset(file.LastWriteTimeUtc) };

    private static string Fingerprint(IReadOnlyCollection<SiteFile> files) => string.Join('\n', files.Select(file => $"{file.Source}\t{file.Version}"));

    private bool IsInside(string? real) => real is not null && RealPath.Of(root) is { } top && (real == top || real.StartsWith(top.TrimEnd(Path.DirectorySeparatorChar) + Path.DirectorySeparatorChar, StringComparison.Ordinal));

    private string Full(string path) => Path.GetFullPath(path.Replace('/', Path.DirectorySeparatorChar), root);
}
