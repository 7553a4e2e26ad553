namespace Stagedoor.Host.Operations.Running;

/// <summary>How fast a run goes: the average over its last half minute.</summary>
internal sealed class Pace(TimeProvider time)
{
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(30);
    private readonly Queue<(long At, long Done)> _samples = new([(time.GetTimestamp(), 0)]);
    private long _done;

    /// <summary>Counts progress and tells the items a second.</summary>
    public double Moved(long by)
    {
        var now = time.GetTimestamp();
        _done += by;
        var (at, done) = _samples.Peek();
        var seconds = Math.Max(time.GetElapsedTime(at, now).TotalSeconds, 0.25);
        var pace = (_done - done) / seconds;
        if (_samples.Count < 2 || time.GetElapsedTime(_samples.Last().At, now) >= TimeSpan.FromSeconds(1))
        {
            _samples.Enqueue((now, _done));
        }

        while (_samples.Count > 2 && time.GetElapsedTime(_samples.Peek().At, now) > Window)
        {
            _samples.Dequeue();
        }

        return Math.Max(0, pace);
    }
}
