namespace Stagedoor.Sources;

/// <summary>Looks again and again at something that tells nobody when it changes, and says when it looks otherwise than before.</summary>
public sealed class LookingWatch : IDisposable
{
    private readonly Func<string> _look;
    private readonly Action _changed;
    private readonly ITimer _timer;
    private string? _seen;
    private int _isLooking;

    /// <param name="look">What there is to see, in short. It fails at nothing.</param>
    /// <param name="seen">What was seen before; nothing lets the first look tell.</param>
    public LookingWatch(Func<string> look, string? seen, Action changed, TimeSpan every, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(time);
        _look = look;
        _seen = seen;
        _changed = changed;
        _timer = time.CreateTimer(_ => LookAgain(), null, every, every);
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
            var now = _look();
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
}
