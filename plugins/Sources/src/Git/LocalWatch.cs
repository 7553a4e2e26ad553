namespace Stagedoor.Sources.Git;

/// <summary>
/// Looks each second whether a branch or tag of a repository on this machine has moved. A few times of folders tell: git
/// puts each reference in place by renaming. Being told by the system would take one of its few watches for each repository.
/// </summary>
internal sealed class LocalWatch : IDisposable
{
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(1);

    private readonly Func<string> _find;
    private readonly Action _changed;
    private readonly ITimer _timer;
    private string _seen;
    private int _isLooking;

    public LocalWatch(Func<string> find, Action changed, TimeProvider time)
    {
        _find = find;
        _changed = changed;
        _seen = Fingerprint();
        _timer = time.CreateTimer(_ => LookAgain(), null, Look, Look);
    }

    public void Dispose() => _timer.Dispose();

    private void LookAgain()
    {
        if (Interlocked.Exchange(ref _isLooking, 1) == 1)
        {
            return;
        }

        try
        {
            var now = Fingerprint();
            if (now != _seen)
            {
                _seen = now;
                _changed();
            }
        }
        finally
        {
            Volatile.Write(ref _isLooking, 0);
        }
    }

    private string Fingerprint()
    {
        try
        {
            var folder = _find();
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
