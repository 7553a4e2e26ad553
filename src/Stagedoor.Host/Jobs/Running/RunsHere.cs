using System.Collections.Concurrent;

namespace Stagedoor.Host.Jobs.Running;

/// <summary>What runs in this process, so that it can be cancelled and waited for.</summary>
internal sealed class RunsHere
{
    private readonly ConcurrentDictionary<Guid, RunHere> _runs = new();

    public bool Any => !_runs.IsEmpty;

    public RunHere Add(Guid run)
    {
        var here = new RunHere(run, ended: () => _runs.TryRemove(run, out _));
        _runs[run] = here;
        return here;
    }

    public void Cancel(Guid run)
    {
        if (_runs.TryGetValue(run, out var here))
        {
            here.Cancel();
        }
    }
}

/// <summary>A run in this process.</summary>
internal sealed class RunHere(Guid id, Action ended) : IDisposable
{
    private readonly Lock _gate = new();
    private readonly CancellationTokenSource _cancel = new();
    private bool _ended;

    public Guid Id { get; } = id;

    public CancellationToken Cancelled => _cancel.Token;

    public void Cancel()
    {
        lock (_gate)
        {
            if (!_ended)
            {
                // Elsewhere, because what the job has hung on its token runs inside.
                _ = _cancel.CancelAsync();
            }
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _ended = true;
        }

        ended();
        _cancel.Dispose();
    }
}
