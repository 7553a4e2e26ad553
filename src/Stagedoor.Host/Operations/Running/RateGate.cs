namespace Stagedoor.Host.Operations.Running;

/// <summary>
/// A token bucket that lets items through at a rate which may change at any time. What a slow timer or a
/// slow moment loses is made up for within a quarter of a second's worth of items.
/// </summary>
internal sealed class RateGate(TimeProvider time)
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(1);
    private readonly Lock _lock = new();
    private double? _rate;
    private double _tokens = 1;
    private long _filledAt = time.GetTimestamp();

    public void Limit(double? itemsPerSecond)
    {
        lock (_lock)
        {
            if (_rate is { } old)
            {
                Fill(old);
            }
            else
            {
                _filledAt = time.GetTimestamp();
            }

            _rate = itemsPerSecond;
        }
    }

    /// <summary>Takes a token, or tells how long to wait before trying again.</summary>
    public TimeSpan? Take()
    {
        lock (_lock)
        {
            if (_rate is not { } rate)
            {
                return null;
            }

            Fill(rate);
            if (_tokens >= 1)
            {
                _tokens -= 1;
                return null;
            }

            // Never long: the limit may be raised meanwhile. Rounded up to what timers can tell apart.
            var wait = TimeSpan.FromMilliseconds(Math.Ceiling((1 - _tokens) / rate * 1000));
            return wait < LongestWait ? wait : LongestWait;
        }
    }

    private void Fill(double rate)
    {
        var now = time.GetTimestamp();
        _tokens = Math.Min(Math.Max(1, rate / 4), _tokens + (time.GetElapsedTime(_filledAt, now).TotalSeconds * rate));
        _filledAt = now;
    }
}
