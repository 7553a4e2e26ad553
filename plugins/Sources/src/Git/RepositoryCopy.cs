namespace Stagedoor.Sources.Git;

/// <summary>One repository as the portal reads it: its own copy of one that is elsewhere, or one of this machine where it is.</summary>
internal sealed class RepositoryCopy : IDisposable
{
    private readonly Lock _gate = new();
    private readonly RepositoryAddress _repository;
    private readonly Func<bool, DateTimeOffset, Task>? _fetch;
    private readonly TimeProvider _time;
    private Round? _running;
    private Task? _next;
    private DateTimeOffset? _freshAt;
    private bool _isDamaged;

    /// <param name="fetch">Takes whether the copy is damaged, and since when a fetch by somebody else counts. Nothing for a repository of this machine.</param>
    public RepositoryCopy(RepositoryAddress repository, string folder, ObjectReader objects, Func<bool, DateTimeOffset, Task>? fetch, TimeProvider time)
    {
        _repository = repository;
        _fetch = fetch;
        _time = time;
        Folder = folder;
        Objects = objects;
        _freshAt = fetch is null ? null : CopyFetch.FetchedAt(folder);
        UsedAt = time.GetUtcNow();
    }

    public string Folder { get; }

    public ObjectReader Objects { get; }

    public DateTimeOffset UsedAt { get; private set; }

    /// <summary>Makes sure that it is not older than that. Whoever asks while a fetch is about to begin shares it.</summary>
    public Task Fresh(TimeSpan maxAge, CancellationToken cancellationToken)
    {
        UsedAt = _time.GetUtcNow();
        if (_fetch is null)
        {
            return Task.CompletedTask;
        }

        lock (_gate)
        {
            var now = _time.GetUtcNow();
            if (!_isDamaged && _freshAt is { } at && now - at <= maxAge && maxAge > TimeSpan.Zero)
            {
                return Task.CompletedTask;
            }

            if (_running is null)
            {
                return Begin().WaitAsync(cancellationToken);
            }

            // A fetch under way may have looked before what the caller wants to see was there.
            return now - _running.StartedAt <= maxAge && maxAge > TimeSpan.Zero
                ? _running.Task.WaitAsync(cancellationToken)
                : (_next ??= Next(_running.Task)).WaitAsync(cancellationToken);
        }
    }

    /// <summary>Something in it could not be read.</summary>
    public void IsDamaged()
    {
        lock (_gate)
        {
            _isDamaged = true;
        }
    }

    public void Dispose() => Objects.Dispose();

    public override string ToString() => _repository.Url;

    private async Task Next(Task running)
    {
        await ((Task)Task.WhenAny(running)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        Task begun;
        lock (_gate)
        {
            _next = null;
            begun = _running is { } other ? other.Task : Begin();
        }

        await begun;
    }

    private Task Begin()
    {
        var startedAt = _time.GetUtcNow();
        var wasDamaged = _isDamaged;
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _running = new Round(startedAt, done.Task);
        _ = Task.Run(() => Work(startedAt, wasDamaged, done));
        return done.Task;
    }

    private async Task Work(DateTimeOffset startedAt, bool wasDamaged, TaskCompletionSource done)
    {
        Exception? failure = null;
        try
        {
            await _fetch!(wasDamaged, startedAt);
            await Objects.Restart(CancellationToken.None);
        }
        catch (Exception e)
        {
            failure = e;
        }

        lock (_gate)
        {
            _running = null;
            if (failure is null)
            {
                _freshAt = startedAt;
                _isDamaged &= !wasDamaged;
            }
        }

        if (failure is null)
        {
            done.SetResult();
        }
        else
        {
            // Whoever waits hears of it; if all have gone, nobody needs to.
            done.SetException(failure);
            _ = done.Task.Exception;
        }
    }

    private sealed record Round(DateTimeOffset StartedAt, Task Task);
}
