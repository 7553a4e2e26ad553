using Stagedoor.Plugins;

namespace Stagedoor.Host.Operations.Running;

/// <summary>
/// Why and how a run is to stop. Softly: no further item is begun. Hard: the handler's token is cancelled too.
/// </summary>
internal sealed class RunSteering(RunnerLimits limits, TimeProvider time) : IDisposable
{
    private readonly Lock _lock = new();
    private readonly CancellationTokenSource _soft = new();
    private readonly CancellationTokenSource _hard = new(Timeout.InfiniteTimeSpan, time);
    private readonly RateGate _rate = new(time);
    private int _holdingItems;
    private bool _disposed;

    public StopReason Reason { get; private set; }

    /// <summary>What to say about it.</summary>
    public string? Message { get; private set; }

    public bool IsStopping => Reason != StopReason.None;

    /// <summary>The handler was led out of its work before it was through.</summary>
    public bool HasObeyed { get; private set; }

    /// <summary>The handler's token.</summary>
    public CancellationToken Token => _hard.Token;

    public void Limit(double? itemsPerSecond) => _rate.Limit(itemsPerSecond);

    /// <summary>Follows what was seen in the operation's row.</summary>
    public void Saw(Sight? sight)
    {
        switch (sight)
        {
            case null:
                Stop(StopReason.LeaseLost);
                break;
            case { State: OperationState.Pausing }:
                Stop(StopReason.Pause);
                break;
            case { State: OperationState.Cancelling }:
                Stop(StopReason.Cancel);
                break;
            case { } seen:
                _rate.Limit(seen.RateLimit);
                break;
        }
    }

    public void Stop(StopReason reason)
    {
        lock (_lock)
        {
            if (_disposed || reason <= Reason)
            {
                return;
            }

            // Asynchronously: what waits for these tokens must not run under the lock.
            Reason = reason;
            _ = _soft.CancelAsync();
            if (reason == StopReason.ShuttingDown && _holdingItems > 0)
            {
                _hard.CancelAfter(limits.ItemGrace);
            }
            else if (reason is StopReason.ShuttingDown or StopReason.Cancel or StopReason.LeaseLost)
            {
                _ = _hard.CancelAsync();
            }
        }
    }

    public void StopAfterFailures(string message)
    {
        lock (_lock)
        {
            Message ??= message;
        }

        Stop(StopReason.FailuresInARow);
    }

    public void ThrowIfStopping()
    {
        if (IsStopping)
        {
            HasObeyed = true;
            throw new StopRunException(Reason);
        }
    }

    public async Task PassRateLimit(CancellationToken cancellationToken)
    {
        while (_rate.Take() is { } wait)
        {
            using var either = CancellationTokenSource.CreateLinkedTokenSource(_soft.Token, cancellationToken);
            await Task.Delay(wait, time, either.Token);
        }
    }

    /// <summary>While held, items may be finished even when the portal is about to stop.</summary>
    public IDisposable HoldingItems()
    {
        Interlocked.Increment(ref _holdingItems);
        return new Hold(this);
    }

    public void Dispose()
    {
        lock (_lock)
        {
            _disposed = true;
            _soft.Dispose();
            _hard.Dispose();
        }
    }

    private sealed class Hold(RunSteering steering) : IDisposable
    {
        public void Dispose() => Interlocked.Decrement(ref steering._holdingItems);
    }
}
