using Microsoft.Extensions.Logging;
using Stagedoor.Catalog.Reading.Patterns;

namespace Stagedoor.Catalog.Reading.Files;

/// <summary>
/// Calls back soon after files of a target have changed. Told by the system where that works; where it does not (a network
/// disk, no watches left, a folder that is not there yet) by looking each second.
/// </summary>
internal sealed class FileWatch : IDisposable
{
    private static readonly TimeSpan Quiet = TimeSpan.FromMilliseconds(75);
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(1);
    private static readonly string[] RemoteFormats = ["nfs", "nfs4", "cifs", "smb", "smb2", "smb3", "9p", "fuse", "fuseblk", "vboxsf", "virtiofs", "afs", "ceph", "glusterfs"];

    private readonly Lock _gate = new();
    private readonly FileTarget _target;
    private readonly IReadOnlyList<Glob> _patterns;
    private readonly Func<string> _fingerprint;
    private readonly Action _changed;
    private readonly FolderWatches _folders;
    private readonly ILogger _log;
    private readonly ITimer _debounce;
    private readonly ITimer _poll;
    private IDisposable? _subscription;
    private string? _seen;
    private bool _isDisposed;
    private int _isLooking;

    public FileWatch(FileTarget target, Func<string> fingerprint, Action changed, FolderWatches folders, TimeProvider time, ILogger log)
    {
        _target = target;
        _patterns = [.. target.Include.Select(Glob.Parse)];
        _fingerprint = fingerprint;
        _changed = changed;
        _folders = folders;
        _log = log;
        _debounce = time.CreateTimer(_ => Tell(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _poll = time.CreateTimer(_ => Poll(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        if (!TryWatch())
        {
            StartPolling();
        }
    }

    /// <summary>Whether it looks by itself instead of being told.</summary>
    public bool IsPolling => _subscription is null;

    public void Dispose()
    {
        lock (_gate)
        {
            _isDisposed = true;
            _subscription?.Dispose();
            _debounce.Dispose();
            _poll.Dispose();
        }
    }

    private bool TryWatch()
    {
        if (!Directory.Exists(_target.Folder) || IsRemote(_target.Folder))
        {
            return false;
        }

        _subscription = _folders.Subscribe(_target.Folder, _patterns.Any(pattern => pattern.GoesDeeper), Noticed, Lost);
        return _subscription is not null;
    }

    private void Noticed(string fullPath, bool isNewOrGone)
    {
        // A shared watch tells of more than was asked for: of what is beside the folder, and of the folders above it.
        var concerns = IsBelow(fullPath, _target.Folder) ? ConcernsFiles(fullPath, isNewOrGone) : isNewOrGone && IsBelow(_target.Folder, fullPath);
        lock (_gate)
        {
            if (concerns && !_isDisposed)
            {
                _debounce.Change(Quiet, Timeout.InfiniteTimeSpan);
            }
        }
    }

    private bool ConcernsFiles(string fullPath, bool isNewOrGone)
    {
        var path = Path.GetRelativePath(_target.Folder, fullPath).Replace(Path.DirectorySeparatorChar, '/');
        return _patterns.Any(pattern => pattern.Matches(path)) || (isNewOrGone && MayHold(path, fullPath));
    }

    private static bool IsBelow(string path, string folder) =>
        path.StartsWith(folder, StringComparison.Ordinal)
        && (path.Length == folder.Length || folder.EndsWith(Path.DirectorySeparatorChar) || path[folder.Length] == Path.DirectorySeparatorChar);

    /// <summary>A folder, or a link that stands for one, came or went. Of what is gone nobody can tell any more what it was.</summary>
    private bool MayHold(string path, string fullPath) =>
        _patterns.Any(pattern => pattern.MayMatchBelow(path)) && !File.Exists(fullPath)
        || path.StartsWith("..", StringComparison.Ordinal);

    private void Lost(Exception e)
    {
        lock (_gate)
        {
            if (_isDisposed)
            {
                return;
            }

            _subscription = null;
            _debounce.Change(Quiet, Timeout.InfiniteTimeSpan);
            StartPolling();
        }
    }

    /// <summary>It stays with looking: what took the watch away once may do so again.</summary>
    private void StartPolling()
    {
        _seen = Seen();
        _poll.Change(Look, Look);
    }

    private void Poll()
    {
        if (Interlocked.Exchange(ref _isLooking, 1) == 1)
        {
            return;
        }

        try
        {
            var now = Seen();
            if (now is not null && now != _seen)
            {
                _seen = now;
                Tell();
            }
        }
        finally
        {
            Volatile.Write(ref _isLooking, 0);
        }
    }

    private string? Seen()
    {
        try
        {
            return _fingerprint();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or PlaceException)
        {
            _log.LogDebug(e, "{Folder} could not be looked at", _target.Folder);
            return null;
        }
    }

    private void Tell()
    {
        if (!_isDisposed)
        {
            _changed();
        }
    }

    private static bool IsRemote(string folder)
    {
        try
        {
            var drive = new DriveInfo(folder);
            return drive.DriveType == DriveType.Network
                || RemoteFormats.Any(format => drive.DriveFormat.Equals(format, StringComparison.OrdinalIgnoreCase) || drive.DriveFormat.StartsWith(format + ".", StringComparison.OrdinalIgnoreCase));
        }
        catch (Exception e) when (e is IOException or ArgumentException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
