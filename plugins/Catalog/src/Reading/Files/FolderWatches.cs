using Microsoft.Extensions.Logging;

namespace Stagedoor.Catalog.Reading.Files;

/// <summary>
/// The system's watches on folders, shared: a system has few of them, often 128 for a person, and a catalog may name ten
/// thousand files. One that reaches into a folder's folders serves whoever asks for one of those.
/// </summary>
internal sealed class FolderWatches(TimeProvider time, ILogger<FolderWatches> log) : IDisposable
{
    /// <summary>Others need some, too.</summary>
    private const int Most = 48;

    private static readonly TimeSpan Look = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private readonly Dictionary<string, Watched> _watched = new(StringComparer.Ordinal);
    private ITimer? _looking;

    /// <returns>Nothing, if the folder cannot be watched: whoever asks must look by itself.</returns>
    public IDisposable? Subscribe(string folder, bool deep, Action<string, bool> noticed, Action<Exception> lost)
    {
        lock (_gate)
        {
            var watched = Covering(folder, deep) ?? Open(folder, deep);
            if (watched is null)
            {
                return null;
            }

            var subscription = new Subscription(this, watched, noticed, lost);
            watched.Subscriptions.Add(subscription);
            return subscription;
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _looking?.Dispose();
            foreach (var watched in _watched.Values)
            {
                watched.Watcher.Dispose();
            }

            _watched.Clear();
        }
    }

    private Watched? Covering(string folder, bool deep)
    {
        if (_watched.GetValueOrDefault(folder) is { } same && (same.Watcher.IncludeSubdirectories || !deep))
        {
            return same;
        }

        for (var above = Path.GetDirectoryName(folder); above is not null; above = Path.GetDirectoryName(above))
        {
            if (_watched.GetValueOrDefault(above) is { Watcher.IncludeSubdirectories: true } found)
            {
                return found;
            }
        }

        return null;
    }

    private Watched? Open(string folder, bool deep)
    {
        if (_watched.GetValueOrDefault(folder) is { } shallow)
        {
            // It is asked to reach deeper from now on.
            shallow.Watcher.IncludeSubdirectories = deep || shallow.Watcher.IncludeSubdirectories;
            return shallow;
        }

        if (_watched.Count >= Most)
        {
            log.LogDebug("{Most} folders are watched; {Folder} is looked at each second instead", Most, folder);
            return null;
        }

        FileSystemWatcher? watcher = null;
        try
        {
            watcher = new FileSystemWatcher(folder)
            {
                IncludeSubdirectories = deep,
                NotifyFilter = NotifyFilters.FileName | NotifyFilters.DirectoryName | NotifyFilters.LastWrite | NotifyFilters.Size,
                InternalBufferSize = 64 * 1024,
            };
            var watched = new Watched(folder, watcher);
            watcher.Changed += (_, e) => Notice(watched, e.FullPath, isNewOrGone: false);
            watcher.Created += (_, e) => Notice(watched, e.FullPath, isNewOrGone: true);
            watcher.Deleted += (_, e) => Notice(watched, e.FullPath, isNewOrGone: true);
            watcher.Renamed += (_, e) =>
            {
                Notice(watched, e.OldFullPath, isNewOrGone: true);
                Notice(watched, e.FullPath, isNewOrGone: true);
            };
            watcher.Error += (_, e) => Lose(watched, e.GetException());
            watcher.EnableRaisingEvents = true;
            _watched[folder] = watched;
            _looking ??= time.CreateTimer(_ => LookForFolders(), null, Look, Look);
            return watched;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            watcher?.Dispose();
            log.LogWarning(e, "{Folder} cannot be watched, so it is looked at each second", folder);
            return null;
        }
    }

    private void Notice(Watched watched, string path, bool isNewOrGone)
    {
        foreach (var subscription in Of(watched))
        {
            subscription.Noticed(path, isNewOrGone);
        }
    }

    /// <summary>Too much happened at once, the watches ran out, or the folder is gone: what was missed is unknown.</summary>
    private void Lose(Watched watched, Exception e)
    {
        log.LogWarning(e, "{Folder} is no longer told about by the system, so it is looked at each second", watched.Folder);
        IReadOnlyList<Subscription> all;
        lock (_gate)
        {
            all = [.. watched.Subscriptions];
            watched.Subscriptions.Clear();
            Close(watched);
        }

        foreach (var subscription in all)
        {
            subscription.Lost(e);
        }
    }

    /// <summary>A folder that is taken away takes its watch along without a word.</summary>
    private void LookForFolders()
    {
        IReadOnlyList<Watched> all;
        lock (_gate)
        {
            all = [.. _watched.Values];
        }

        foreach (var watched in all.Where(watched => !Directory.Exists(watched.Folder)))
        {
            Lose(watched, new DirectoryNotFoundException($"{watched.Folder} is gone."));
        }
    }

    private IReadOnlyList<Subscription> Of(Watched watched)
    {
        lock (_gate)
        {
            return [.. watched.Subscriptions];
        }
    }

    private void Leave(Subscription subscription, Watched watched)
    {
        lock (_gate)
        {
            if (watched.Subscriptions.Remove(subscription) && watched.Subscriptions.Count == 0)
            {
                Close(watched);
            }
        }
    }

    private void Close(Watched watched)
    {
        if (_watched.GetValueOrDefault(watched.Folder) == watched)
        {
            _watched.Remove(watched.Folder);
        }

        watched.Watcher.Dispose();
    }

    private sealed class Watched(string folder, FileSystemWatcher watcher)
    {
        public string Folder { get; } = folder;

        public FileSystemWatcher Watcher { get; } = watcher;

        public HashSet<Subscription> Subscriptions { get; } = [];
    }

    private sealed class Subscription(FolderWatches owner, Watched watched, Action<string, bool> noticed, Action<Exception> lost) : IDisposable
    {
        public Action<string, bool> Noticed { get; } = noticed;

        public Action<Exception> Lost { get; } = lost;

        public void Dispose() => owner.Leave(this, watched);
    }
}
