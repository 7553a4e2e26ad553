using System.Diagnostics;
using Microsoft.Extensions.Logging;

namespace Stagedoor.Data.Sqlite;

/// <summary>
/// The one thread that writes. Turns are taken first come, first served; what an asynchronous turn awaits comes back to
/// this thread through its own synchronisation context, so a thread pool full of readers cannot starve it.
/// </summary>
internal sealed class SqliteWriter : IDisposable
{
    private static readonly TimeSpan LongTurn = TimeSpan.FromSeconds(10);
    private readonly object _gate = new();
    private readonly Queue<Turn> _turns = new();
    private readonly Queue<Action> _continuations = new();
    private readonly SqliteSession _session;
    private readonly ILogger _logger;
    private readonly Thread _thread;
    private bool _closing;

    public SqliteWriter(SqliteSession session, ILogger logger)
    {
        _session = session;
        _logger = logger;
        _thread = new Thread(Run) { IsBackground = true, Name = "SQLite writer" };
        _thread.Start();
    }

    public bool IsCurrent => Thread.CurrentThread == _thread;

    /// <summary>Runs <paramref name="work"/> on the writer's thread when its turn comes. Until then it can be cancelled.</summary>
    public Task<T> Enter<T>(Func<SqliteSession, Task<T>> work, CancellationToken cancellationToken)
    {
        var turn = new Turn<T>(work, ExecutionContext.Capture(), cancellationToken);
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_closing, typeof(OpenDatabase));
            _turns.Enqueue(turn);
            Monitor.Pulse(_gate);
        }

        Telemetry.WriterQueue.Add(1);
        return turn.Result;
    }

    /// <summary>Runs a step of the turn under way, from wherever its code went.</summary>
    public Task<T> Step<T>(Func<SqliteSession, T> step)
    {
        if (IsCurrent)
        {
            try
            {
                return Task.FromResult(step(_session));
            }
            catch (OperationCanceledException cancelled)
            {
                return Task.FromCanceled<T>(cancelled.CancellationToken.IsCancellationRequested ? cancelled.CancellationToken : new CancellationToken(canceled: true));
            }
            catch (Exception exception)
            {
                return Task.FromException<T>(exception);
            }
        }

        var result = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        Post(() =>
        {
            try
            {
                result.SetResult(step(_session));
            }
            catch (OperationCanceledException cancelled)
            {
                result.SetCanceled(cancelled.CancellationToken);
            }
            catch (Exception exception)
            {
                result.SetException(exception);
            }
        });
        return result.Task;
    }

    /// <summary>Finishes what is under way and what waits, then closes the connection.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _closing = true;
            Monitor.Pulse(_gate);
        }

        // A transaction that never ends must not keep the process.
        if (!_thread.Join(LongTurn))
        {
            _logger.LogError("A transaction kept the SQLite writer until the end. It is rolled back at the next start");
        }
    }

    private void Post(Action continuation)
    {
        lock (_gate)
        {
            _continuations.Enqueue(continuation);
            Monitor.Pulse(_gate);
        }
    }

    private void Run()
    {
        SynchronizationContext.SetSynchronizationContext(new Context(this));
        while (Next() is { } next)
        {
            next();
        }

        _session.Dispose();
    }

    private Action? Next()
    {
        lock (_gate)
        {
            while (true)
            {
                if (_continuations.TryDequeue(out var continuation))
                {
                    return continuation;
                }

                if (_turns.TryDequeue(out var turn))
                {
                    return () => Take(turn);
                }

                if (_closing)
                {
                    return null;
                }

                Monitor.Wait(_gate);
            }
        }
    }

    private void Take(Turn turn)
    {
        Telemetry.WriterQueue.Add(-1);
        Telemetry.WriterWait.Record(turn.Waited.TotalSeconds);
        if (!turn.Begin())
        {
            return;
        }

        var running = turn.Start(_session);
        if (!running.IsCompleted)
        {
            _ = running.ContinueWith(_ => Post(static () => { }), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
            while (!running.IsCompleted)
            {
                NextContinuation()();
            }
        }

        turn.Finish();
    }

    private Action NextContinuation()
    {
        lock (_gate)
        {
            Action? continuation;
            while (!_continuations.TryDequeue(out continuation))
            {
                if (!Monitor.Wait(_gate, LongTurn))
                {
                    _logger.LogWarning("A transaction has kept the SQLite writer waiting for {Seconds} s. Nothing else can be written meanwhile", LongTurn.TotalSeconds);
                }
            }

            return continuation;
        }
    }

    private sealed class Context(SqliteWriter writer) : SynchronizationContext
    {
        public override void Post(SendOrPostCallback d, object? state) => writer.Post(() => d(state));

        public override void Send(SendOrPostCallback d, object? state)
        {
            if (writer.IsCurrent)
            {
                d(state);
                return;
            }

            writer.Step(_ =>
            {
                d(state);
                return true;
            }).GetAwaiter().GetResult();
        }

        public override SynchronizationContext CreateCopy() => this;
    }

    private abstract class Turn
    {
        private readonly long _queued = Stopwatch.GetTimestamp();

        public TimeSpan Waited => Stopwatch.GetElapsedTime(_queued);

        /// <summary>False when it was cancelled while it waited.</summary>
        public abstract bool Begin();

        public abstract Task Start(SqliteSession session);

        public abstract void Finish();
    }

    private sealed class Turn<T> : Turn
    {
        private readonly TaskCompletionSource<T> _result = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly Func<SqliteSession, Task<T>> _work;
        private readonly ExecutionContext? _context;
        private readonly CancellationTokenRegistration _cancellation;
        private int _begun;
        private Task<T>? _running;

        public Turn(Func<SqliteSession, Task<T>> work, ExecutionContext? context, CancellationToken cancellationToken)
        {
            _work = work;
            _context = context;
            _cancellation = cancellationToken.UnsafeRegister(
                static (state, token) =>
                {
                    var turn = (Turn<T>)state!;
                    if (Interlocked.Exchange(ref turn._begun, 1) == 0)
                    {
                        turn._result.SetCanceled(token);
                    }
                },
                this);
        }

        public Task<T> Result => _result.Task;

        public override bool Begin()
        {
            if (Interlocked.Exchange(ref _begun, 1) != 0)
            {
                return false;
            }

            _cancellation.Unregister();
            return true;
        }

        public override Task Start(SqliteSession session)
        {
            if (_context is null)
            {
                _running = Work(session);
            }
            else
            {
                // The code of the turn sees the trace and the identity of whoever asked for it.
                ExecutionContext.Run(_context, _ => _running = Work(session), state: null);
            }

            return _running!;
        }

        public override void Finish() => _result.SetFromTask(_running!);

        private async Task<T> Work(SqliteSession session) => await _work(session);
    }
}
