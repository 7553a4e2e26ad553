using Stagedoor.Host.Texts;
using Stagedoor.Plugins;

namespace Stagedoor.Host.Operations.Running;

/// <summary>
/// Collects results, log lines and progress of a run and writes them together: a few times a second, or as soon as
/// there are many. What could not be written stays for the next try.
/// </summary>
internal sealed class RunJournal(RunStore store, Guid id, Guid claim, RunnerLimits limits, long linesBefore, TimeProvider time) : IDisposable
{
    private const int ManyItems = 25;
    private const int ManyLines = 200;
    private readonly Lock _lock = new();
    private readonly SemaphoreSlim _oneAtATime = new(1);
    private readonly Pace _pace = new(time);
    private List<OperationItem> _items = [];
    private List<OperationLogLine> _lines = [];
    private PileProgress? _progress;
    private long _lastDone;
    private long _linesSoFar = linesBefore;
    private bool _closed;

    /// <summary>What was seen at the last write.</summary>
    public event Action<Sight?>? Seen;

    public bool IsFull
    {
        get
        {
            lock (_lock)
            {
                return _items.Count >= ManyItems || _lines.Count >= ManyLines;
            }
        }
    }

    public void Add(OperationItem item)
    {
        lock (_lock)
        {
            ThrowIfClosed();
            _items.Add(item);
        }
    }

    /// <summary>Adds a line of the handler, as long as the log is not full.</summary>
    public void Say(OperationLogLevel level, string text)
    {
        lock (_lock)
        {
            ThrowIfClosed();
            _linesSoFar++;
            if (_linesSoFar <= limits.MostLogLines)
            {
                _lines.Add(new OperationLogLine(0, time.GetUtcNow(), level, PlainText.Cut(text, OperationStore.LongestText)));
            }
            else if (_linesSoFar == limits.MostLogLines + 1L)
            {
                _lines.Add(new OperationLogLine(
                    0, time.GetUtcNow(), OperationLogLevel.Warning, $"The log is full at {limits.MostLogLines:N0} lines. What the operation says from here on is left out."));
            }
        }
    }

    /// <summary>Adds a line of the portal's own, which there is always room for.</summary>
    public void Note(OperationLogLevel level, string text)
    {
        lock (_lock)
        {
            _lines.Add(new OperationLogLine(0, time.GetUtcNow(), level, PlainText.Cut(text, OperationStore.LongestText)));
        }
    }

    public void Progress(long? done, long? total, string? message)
    {
        lock (_lock)
        {
            ThrowIfClosed();
            _progress = new PileProgress(done ?? _progress?.Done, total ?? _progress?.Total, PlainText.CutOrNull(message, OperationStore.LongestText) ?? _progress?.Message);
        }
    }

    /// <summary>Writes what has piled up.</summary>
    public async Task Flush(CancellationToken cancellationToken)
    {
        await _oneAtATime.WaitAsync(cancellationToken);
        try
        {
            var pile = Take();
            if (pile.IsEmpty)
            {
                return;
            }

            Sight? sight;
            try
            {
                sight = await store.Write(id, claim, pile, cancellationToken);
            }
            catch
            {
                PutBack(pile);
                throw;
            }

            Seen?.Invoke(sight);
            if (sight is null)
            {
                throw new StopRunException(StopReason.LeaseLost);
            }
        }
        finally
        {
            _oneAtATime.Release();
        }
    }

    /// <summary>Writes what has piled up, waiting for the database to come back as long as the run may go on.</summary>
    public async Task FlushPatiently(CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                await Flush(cancellationToken);
                return;
            }
            catch (DatabaseUnavailableException)
            {
                await Task.Delay(limits.Flush, time, cancellationToken);
            }
        }
    }

    /// <summary>Refuses everything a handler says from now on: its run is over.</summary>
    public void Close()
    {
        lock (_lock)
        {
            _closed = true;
        }
    }

    public void Dispose() => _oneAtATime.Dispose();

    private void ThrowIfClosed()
    {
        if (_closed)
        {
            throw new StopRunException(StopReason.LeaseLost);
        }
    }

    private Pile Take()
    {
        lock (_lock)
        {
            double? pace = null;
            if (_items.Count > 0 || _progress is not null)
            {
                var moved = _items.Count;
                if (_progress?.Done is { } done)
                {
                    moved += (int)Math.Clamp(done - _lastDone, 0, int.MaxValue - moved);
                    _lastDone = done;
                }

                pace = _pace.Moved(moved);
            }

            var pile = new Pile(_items, _lines, _progress, pace);
            _items = [];
            _lines = [];
            _progress = null;
            return pile;
        }
    }

    private void PutBack(Pile pile)
    {
        lock (_lock)
        {
            _items = [.. pile.Items, .. _items];
            _lines = [.. pile.Lines, .. _lines];
            _progress = _progress is null
                ? pile.Progress
                : new PileProgress(_progress.Done ?? pile.Progress?.Done, _progress.Total ?? pile.Progress?.Total, _progress.Message ?? pile.Progress?.Message);
        }
    }
}
