namespace Stagedoor.Sources.Git;

/// <summary>
/// Looks each second whether a branch or tag of a repository on this machine has moved. A few times of folders tell: git
/// puts each reference in place by renaming. Being told by the system would take one of its few watches for each repository.
/// </summary>
internal static class LocalWatch
{
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(1);

    public static IDisposable Begin(Func<string> find, Action changed, TimeProvider time) =>
        new LookingWatch(() => Fingerprint(find), seen: Fingerprint(find), changed, Look, time);

    private static string Fingerprint(Func<string> find)
    {
        try
        {
            var folder = find();
            var refs = Path.Combine(folder, "refs");
            IEnumerable<FileSystemInfo> looked =
            [
                new FileInfo(Path.Combine(folder, "HEAD")), new FileInfo(Path.Combine(folder, "packed-refs")), new DirectoryInfo(refs),
                .. Directory.Exists(refs) ? new DirectoryInfo(refs).EnumerateDirectories("*", SearchOption.AllDirectories) : [],
            ];
            return string.Join('|', looked.Select(entry => entry.Exists ? entry.LastWriteTimeUtc.Ticks : 0));
        }
        catch (Exception e) when (e is OutboundException or IOException or UnauthorizedAccessException)
        {
            // Gone or not to be read is a state too, which the next reading tells about.
            return e.GetType().Name;
        }
    }
}
