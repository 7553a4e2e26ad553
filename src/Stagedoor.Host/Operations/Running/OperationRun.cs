using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Stagedoor.Host.Texts;
using Stagedoor.Plugins;

namespace Stagedoor.Host.Operations.Running;

/// <summary>One operation in the hands of this replica, from taking it up to letting go of it.</summary>
internal sealed class OperationRun(
    Guid id, Work work, IWorkQueue queue, RunStore store, OperationKinds kinds, IServiceScopeFactory scopes, RunnerLimits limits, TimeProvider time,
    ILogger logger) : IDisposable
{
    private static readonly ActivitySource Activities = new("Stagedoor.Operations");
    private static readonly TimeSpan LastWords = TimeSpan.FromSeconds(10);
    private readonly RunSteering _steering = new(limits, time);

    public Guid Id => id;

    public void ShutDown() => _steering.Stop(StopReason.ShuttingDown);

    /// <summary>Looks at once for what is wanted of the run, because somebody said that it has changed.</summary>
    public async Task Look(CancellationToken cancellationToken)
    {
        var sight = await store.Look(id, work.Claim, cancellationToken);

        // Before it is taken up, and after it ended, the row is not this run's, and that is no reason to stop.
        if (sight is not null)
        {
            _steering.Saw(sight);
        }
    }

    public async Task Run(CancellationToken cancellationToken)
    {
        var kindName = await store.FindKind(id, cancellationToken);
        if (kindName is null)
        {
            await queue.Complete([work], cancellationToken);
            return;
        }

        if (kinds.Find(kindName) is not { } kind)
        {
            await store.WaitFor(id, $"Waits for the plugin {kinds.PluginOf(kindName)}, which is not active.", cancellationToken);
            await queue.Complete([work], cancellationToken);
            return;
        }

        var taken = await store.TakeUp(id, work.Claim, cancellationToken);
        if (taken is null)
        {
            await queue.Complete([work], cancellationToken);
            return;
        }

        // Taking up may have come too late. Only who still has the lease may go on; the row is then surely this run's.
        if (!await queue.Renew(work, limits.Lease, cancellationToken))
        {
            return;
        }

        await Work(taken, kind);
    }

    public void Dispose() => _steering.Dispose();

    private async Task Work(TakenUp taken, OperationKind kind)
    {
        using var activity = Activities.StartActivity($"operation {kind.Name}");
        activity?.SetTag("stagedoor.operation", id);
        using var journal = new RunJournal(store, id, work.Claim, limits, taken.LogLines, time);
        journal.Seen += _steering.Saw;
        _steering.Limit(taken.Own.RateLimit);
        if (taken.Interrupted)
        {
            journal.Note(OperationLogLevel.Warning, "Taken up again after an interruption.");
        }

        using var over = new CancellationTokenSource();
        var beating = Task.Run(() => Beat(over.Token), CancellationToken.None);
        var writing = Task.Run(() => WriteNowAndThen(journal, over.Token), CancellationToken.None);
        var problem = await Handle(taken, kind, journal);
        journal.Close();
        await over.CancelAsync();
        await writing;
        await LetGo(kind, problem, journal);
        await beating;
    }

    private async Task<Exception?> Handle(TakenUp taken, OperationKind kind, RunJournal journal)
    {
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            var handler = (IOperationHandler)scope.ServiceProvider.GetRequiredService(kind.Handler);
            var context = new RunContext(taken, work.Claim, store, journal, _steering, time);
            await (taken.IsUndo ? ((IUndoableOperationHandler)handler).Undo(context, _steering.Token) : handler.Run(context, _steering.Token));
            return _steering is { HasObeyed: true, IsStopping: true } ? new StopRunException(_steering.Reason) : null;
        }
        catch (Exception problem)
        {
            return problem;
        }
    }

    /// <summary>Writes down how the run ended, and gives the work back or declares it done.</summary>
    private async Task LetGo(OperationKind kind, Exception? problem, RunJournal journal)
    {
        using var limit = new CancellationTokenSource(LastWords, time);
        try
        {
            if (problem is null)
            {
                await End(OperationState.Succeeded, message: null, journal, limit.Token);
            }
            else if (problem is DatabaseUnavailableException && !_steering.IsStopping)
            {
                logger.LogWarning(problem, "Operation {Operation} lost the database and is tried again", id);
                journal.Note(OperationLogLevel.Warning, "The database could not be reached. It goes on by itself.");
                await journal.FlushPatiently(limit.Token);
                if (await store.Settle(id, work.Claim, OperationState.Waiting, message: null, interrupted: true, wasIdle: true, limit.Token) == OperationState.Waiting)
                {
                    await queue.Fail(work, problem.Message, limit.Token);
                }
                else
                {
                    await queue.Complete([work], limit.Token);
                }
            }
            else if (problem is OperationCanceledException or DatabaseUnavailableException && _steering.IsStopping)
            {
                await Stop(journal, limit.Token);
            }
            else
            {
                logger.LogError(problem, "Operation {Operation} ({Kind}) failed", id, kind.Name);
                var message = string.IsNullOrWhiteSpace(problem.Message) ? problem.GetType().Name : problem.Message;
                journal.Note(OperationLogLevel.Error, $"Failed: {message}");
                await End(OperationState.Failed, PlainText.Cut(message, OperationStore.LongestText), journal, limit.Token);
            }
        }
        catch (StopRunException)
        {
            await LeaveToOthers(limit.Token);
        }
        catch (Exception lost) when (lost is DatabaseUnavailableException or OperationCanceledException)
        {
            logger.LogWarning(lost, "How operation {Operation} ended could not be written down; it is taken up again when its lease is over", id);
        }
    }

    private async Task End(OperationState state, string? message, RunJournal journal, CancellationToken cancellationToken)
    {
        await journal.FlushPatiently(cancellationToken);
        if (await store.End(id, work.Claim, state, message, cancellationToken))
        {
            await queue.Complete([work], cancellationToken);
        }
        else
        {
            await LeaveToOthers(cancellationToken);
        }
    }

    private async Task Stop(RunJournal journal, CancellationToken cancellationToken)
    {
        if (_steering.Reason == StopReason.ShuttingDown)
        {
            journal.Note(OperationLogLevel.Warning, "Interrupted: this portal is stopping. Another goes on with it, or this one when it is back.");
        }
        else if (_steering.Reason == StopReason.FailuresInARow && _steering.Message is { } why)
        {
            journal.Note(OperationLogLevel.Warning, why);
        }

        // Also after a lost lease: as long as nobody has taken its place, what was done can be written down, and should be.
        await journal.FlushPatiently(cancellationToken);
        if (_steering.Reason == StopReason.LeaseLost)
        {
            await LeaveToOthers(cancellationToken);
            return;
        }

        var state = _steering.Reason == StopReason.FailuresInARow ? OperationState.Paused : OperationState.Waiting;
        var isShutdown = _steering.Reason == StopReason.ShuttingDown;
        var settled = await store.Settle(id, work.Claim, state, _steering.Message, interrupted: isShutdown, wasIdle: isShutdown, cancellationToken);
        if (settled == OperationState.Waiting)
        {
            await queue.Release([work], cancellationToken);
        }
        else if (settled is not null)
        {
            await queue.Complete([work], cancellationToken);
        }
        else
        {
            await LeaveToOthers(cancellationToken);
        }
    }

    private async Task LeaveToOthers(CancellationToken cancellationToken)
    {
        logger.LogWarning("Operation {Operation} was taken over by another replica; this one stops working on it", id);

        // If the lease is after all still this run's, whoever wrote its claim into the row came too late and has stopped.
        await queue.Release([work], cancellationToken);
    }

    private async Task WriteNowAndThen(RunJournal journal, CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(limits.Flush, time);
        try
        {
            while (await timer.WaitForNextTickAsync(cancellationToken))
            {
                try
                {
                    await journal.Flush(cancellationToken);
                }
                catch (DatabaseUnavailableException unavailable)
                {
                    logger.LogDebug(unavailable, "Results of operation {Operation} wait for the database", id);
                }
                catch (StopRunException)
                {
                    return;
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The run is over; what is left is written by whoever lets go of it.
        }
        catch (Exception problem)
        {
            logger.LogError(problem, "Results of operation {Operation} cannot be written", id);
        }
    }

    private async Task Beat(CancellationToken cancellationToken)
    {
        var renewedAt = time.GetTimestamp();
        using var timer = new PeriodicTimer(limits.Heartbeat, time);
        while (await Tick(timer, cancellationToken))
        {
            try
            {
                using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
                limit.CancelAfter(limits.Heartbeat);
                var asked = time.GetTimestamp();
                if (!await queue.Renew(work, limits.Lease, limit.Token))
                {
                    _steering.Stop(StopReason.LeaseLost);
                    return;
                }

                renewedAt = asked;
                _steering.Saw(await store.Look(id, work.Claim, limit.Token));
            }
            catch (Exception problem) when (!cancellationToken.IsCancellationRequested)
            {
                logger.LogWarning(problem, "The lease of operation {Operation} could not be renewed", id);
                if (time.GetElapsedTime(renewedAt) + limits.Heartbeat >= limits.Lease)
                {
                    _steering.Stop(StopReason.LeaseLost);
                    return;
                }
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }

    private static async Task<bool> Tick(PeriodicTimer timer, CancellationToken cancellationToken)
    {
        try
        {
            return await timer.WaitForNextTickAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }
}
