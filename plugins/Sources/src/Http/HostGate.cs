namespace Stagedoor.Sources.Http;

/// <summary>
/// Stands before one host: lets few requests through at once, none while the host asked to wait, and hardly any while it
/// keeps failing, so that a host that is down for a day slows nobody else.
/// </summary>
internal sealed class HostGate(string host, TimeProvider time) : IDisposable
{
    private const int AtOnce = 8;
    private const int FailuresUntilShut = 5;
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(5);

    private readonly Lock _lock = new();
    private readonly SemaphoreSlim _slots = new(AtOnce);
    private int _failures;
    private DateTimeOffset _shutUntil;
    private DateTimeOffset _waitUntil;

    /// <exception cref="OutboundException">Not now.</exception>
    public async Task<IDisposable> Enter(CancellationToken cancellationToken)
    {
        await _slots.WaitAsync(cancellationToken);
        try
        {
            RequireOpen();
            return new Slot(_slots);
        }
        catch
        {
            _slots.Release();
            throw;
        }
    }

    public void Succeeded()
    {
        lock (_lock)
        {
            _failures = 0;
        }
    }

    public void Failed()
    {
        lock (_lock)
        {
            _failures++;
            if (_failures >= FailuresUntilShut)
            {
                var pause = FirstPause * Math.Pow(2, Math.Min(_failures - FailuresUntilShut, 10));
                _shutUntil = time.GetUtcNow() + (pause < LongestPause ? pause : LongestPause);
            }
        }
    }

    /// <summary>The host asked to be left alone for a while.</summary>
    public void WaitFor(TimeSpan pause)
    {
        lock (_lock)
        {
            var until = time.GetUtcNow() + (pause < TimeSpan.FromHours(1) ? pause : TimeSpan.FromHours(1));
            _waitUntil = until > _waitUntil ? until : _waitUntil;
        }
    }

    public void Dispose() => _slots.Dispose();

    private void RequireOpen()
    {
        lock (_lock)
        {
            var now = time.GetUtcNow();
            if (now < _waitUntil)
            {
                throw new OutboundException($"{host} asked to wait until {_waitUntil:HH:mm:ss} UTC. It is asked again after that.", isPassing: true);
            }

            if (now < _shutUntil)
            {
                throw new OutboundException($"{host} has failed {_failures} times in a row, so it is left alone until {_shutUntil:HH:mm:ss} UTC. It is asked again after that.", isPassing: true);
            }

            if (_failures >= FailuresUntilShut)
            {
                // One may try; the others wait for how that goes.
                _shutUntil = now + FirstPause;
            }
        }
    }

    private sealed class Slot(SemaphoreSlim slots) : IDisposable
    {
        private SemaphoreSlim? _slots = slots;

        public void Dispose() => Interlocked.Exchange(ref _slots, null)?.Release();
    }
}
