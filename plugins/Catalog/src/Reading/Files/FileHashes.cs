using System.Collections.Concurrent;

namespace Stagedoor.Catalog.Reading.Files;

/// <summary>
/// Remembers the hashes of files by size and time, so that a folder of ten thousand in which one has changed costs one
/// reading. A file that changed just before it was read may change again without its time showing it, and is not trusted.
/// </summary>
internal sealed class FileHashes(TimeProvider time)
{
    private const int Most = 500_000;
    private static readonly TimeSpan Settled = TimeSpan.FromSeconds(2);

    private readonly ConcurrentDictionary<string, Known> _known = new(StringComparer.Ordinal);

    public string? Find(FileInfo file) =>
        _known.TryGetValue(file.FullName, out var known) && file.Exists && !IsLink(file) && known.Fits(file) ? known.Hash : null;

    public void Remember(FileInfo file, string hash)
    {
        file.Refresh();
        if (!file.Exists || IsLink(file) || time.GetUtcNow().UtcDateTime - file.LastWriteTimeUtc < Settled)
        {
            _known.TryRemove(file.FullName, out _);
            return;
        }

        if (_known.Count >= Most)
        {
            _known.Clear();
        }

        _known[file.FullName] = new Known(file.Length, file.LastWriteTimeUtc, hash);
    }

    private static bool IsLink(FileInfo file) => file.Attributes.HasFlag(FileAttributes.ReparsePoint);

    private sealed record Known(long Length, DateTime Written, string Hash)
    {
        public bool Fits(FileInfo file) => file.Length == Length && file.LastWriteTimeUtc == Written;
    }
}
