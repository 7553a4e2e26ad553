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
    private readonly ILogger _log;
    private readonly ITimer _debounce;
    private readonly ITimer _poll;
    private FileSystemWatcher? _watcher;
    private string? _seen;
    private bool _isDisposed;
    private int _isLooking;

    public FileWatch(FileTarget target, Func<string> fingerprint, Action changed, TimeProvider time, ILogger log)
    {
        _target = target;
        _patterns = [.. target.Include.Select(Glob.Parse)];
        _fingerprint = fingerprint;
        _changed = changed;
        _log = log;
        _debounce = time.CreateTimer(_ => Tell(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _poll = time.CreateTimer(_ => Poll(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        if (!TryWatch())
        {
            StartPolling();
        }
    }

    /// <summary>Whether it looks by itself instead of being told.</summary>
    public bool IsPolling => _watcher is null;

    public void Dispose()
    {
        lock (_gate)
        {
            _isDisposed = true;
            _watcher?.Dispose();
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

        FileSystemWatcher? watcher = null;
        try
        {
            watcher = new FileSystemWatcher(_target.Folder)
            {
                IncludeSubdirectories = _patterns.Any(pattern => pattern.GoesDeeper),
                NotifyFilter = NotifyFilters.FileName | NotifyFilters.DirectoryName | NotifyFilters.LastWrite | NotifyFilters.Size,
                InternalBufferSize = 64 * 1024,
            };
            watcher.Changed += (_, e) => Noticed(e.FullPath, isNewOrGone: false);
            watcher.Created += (_, e) => Noticed(e.FullPath, isNewOrGone: true);
            watcher.Deleted += (_, e) => Noticed(e.FullPath, isNewOrGone: true);
            watcher.Renamed += (_, e) =>
            {
                Noticed(e.OldFullPath, isNewOrGone: true);
                Noticed(e.FullPath, isNewOrGone: true);
            };
            watcher.Error += (_, e) => Lost(e.GetException());
            watcher.EnableRaisingEvents = true;
            _watcher = watcher;
            _poll.Change(Look, Look);
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            watcher?.Dispose();
            _log.LogWarning(e, "{Folder} cannot be watched, so it is looked at each second", _target.Folder);
            return false;
        }
    }

    private void Noticed(string fullPath, bool isNewOrGone)
    {
        var path = Path.GetRelativePath(_target.Folder, fullPath).Replace(Path.DirectorySeparatorChar, '/');
        var concerns = _patterns.Any(pattern => pattern.Matches(path)) || (isNewOrGone && MayHold(path, fullPath));
        lock (_gate)
        {
            if (concerns && !_isDisposed)
            {
                _debounce.Change(Quiet, Timeout.InfiniteTimeSpan);
            }
        }
    }

    /// <summary>A folder, or a link that stands for one, came or went. Of what is gone nobody can tell any more what it was.</summary>
    private bool MayHold(string path, string fullPath) =>
        _patterns.Any(pattern => pattern.MayMatchBelow(path)) && !File.Exists(fullPath)
        || path.StartsWith("..", StringComparison.Ordinal);

    /// <summary>Too much happened at once, the watches ran out, or the folder is gone: what was missed is unknown.</summary>
    private void Lost(Exception e)
    {
        _log.LogWarning(e, "{Folder} is no longer told about by the system, so it is looked at each second", _target.Folder);
        lock (_gate)
        {
            if (_isDisposed)
            {
                return;
            }

            _watcher?.Dispose();
            _watcher = null;
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
            if (_watcher is not null)
            {
                // A folder that is taken away takes its watch along without a word.
                if (!Directory.Exists(_target.Folder))
                {
                    Lost(new DirectoryNotFoundException($"{_target.Folder} is gone."));
                }

                return;
            }

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
