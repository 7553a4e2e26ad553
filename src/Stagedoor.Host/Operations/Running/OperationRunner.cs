using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Stagedoor.Host.Configuration.Sections;
using Stagedoor.Host.Starting;
using Stagedoor.Plugins;

namespace Stagedoor.Host.Operations.Running;

/// <summary>Takes operations from the queue, as many at a time as allowed, and gives them back when the portal stops.</summary>
internal sealed class OperationRunner(
    IDatabase database, IWorkQueue queue, OperationStore operations, RunStore store, OperationKinds kinds, IServiceScopeFactory scopes,
    IOptions<OperationsOptions> options, RunnerLimits limits, TimeProvider time, ILogger<OperationRunner> logger) : IBackgroundPart, IDisposable
{
    private readonly ConcurrentDictionary<Work, (OperationRun Run, Task Task)> _running = new();
    private readonly SemaphoreSlim _wake = new(0, 1);
    private readonly CancellationTokenSource _stopping = new();
    private readonly List<IDisposable> _listening = [];
    private Task _loop = Task.CompletedTask;

    public Task Start(CancellationToken cancellationToken)
    {
        _listening.Add(queue.WhenAdded(OperationStore.Queue, _ => Wake()));
        _listening.Add(database.Listen(OperationStore.Channel, Hear));
        _loop = Task.Run(() => Loop(_stopping.Token), CancellationToken.None);
        return Task.CompletedTask;
    }

    public async Task Stop(CancellationToken cancellationToken)
    {
        await _stopping.CancelAsync();
        foreach (var listening in _listening)
        {
            listening.Dispose();
        }

        await _loop;
        foreach (var (run, _) in _running.Values)
        {
            run.ShutDown();
        }

        try
        {
            await Task.WhenAll(_running.Values.Select(running => running.Task)).WaitAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            logger.LogWarning(
                "Operations {Operations} did not stop in time; another replica takes them up when their lease is over", string.Join(", ", _running.Values.Select(running => running.Run.Id)));
        }
    }

    public void Dispose()
    {
        _stopping.Dispose();
        _wake.Dispose();
    }

    private async Task Loop(CancellationToken cancellationToken)
    {
        var sweptAt = (long?)null;
        var isAway = false;
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                if (sweptAt is not { } at || time.GetElapsedTime(at) >= limits.Sweep)
                {
                    await Sweep(cancellationToken);
                    sweptAt = time.GetTimestamp();
                }

                var free = options.Value.Concurrency - _running.Count;
                if (free > 0)
                {
                    foreach (var work in await queue.Claim(OperationStore.Queue, free, limits.Lease, cancellationToken))
                    {
                        Begin(work);
                    }
                }

                isAway = false;
                await Pause(cancellationToken);
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                return;
            }
            catch (DatabaseUnavailableException away)
            {
                // Once is enough: the outage may last, and others tell of it too.
                logger.Log(isAway ? LogLevel.Debug : LogLevel.Warning, "Operations wait for the database: {Reason}", away.Message);
                isAway = true;
                await Task.Delay(limits.Poll, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
            catch (Exception problem)
            {
                logger.LogWarning(problem, "Looking for operations failed; the next look is in {Poll}", limits.Poll);
                await Task.Delay(limits.Poll, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    /// <summary>Waits for a sign that there may be work, but not long: signs can get lost.</summary>
    private async Task Pause(CancellationToken cancellationToken)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var sign = _wake.WaitAsync(either.Token);
        await Task.WhenAny(sign, Task.Delay(limits.Poll, time, either.Token));
        await either.CancelAsync();
        await ((Task)sign).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        cancellationToken.ThrowIfCancellationRequested();
    }

    /// <summary>Queues what waits outside the queue: operations whose plugin was not active somewhere, or is again.</summary>
    private async Task Sweep(CancellationToken cancellationToken)
    {
        var waiting = await operations.Waiting(kinds.Names, cancellationToken);
        if (waiting.Count > 0)
        {
            await queue.Add(OperationStore.Queue, [.. waiting.Select(OperationQueue.ItemFor)], cancellationToken);
        }
    }

    private void Begin(Work work)
    {
        if (!Guid.TryParse(work.Key, out var id))
        {
            throw new InvalidOperationException($"The queue {OperationStore.Queue} holds '{work.Key}', which is not the id of an operation.");
        }

        var before = _running.Values.FirstOrDefault(running => running.Run.Id == id).Task ?? Task.CompletedTask;
        var run = new OperationRun(id, work, queue, store, kinds, scopes, limits, time, logger);
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var task = Task.Run(() => Run(run, work, before, started.Task), CancellationToken.None);
        _running[work] = (run, task);
        started.SetResult();
    }

    private async Task Run(OperationRun run, Work work, Task before, Task started)
    {
        try
        {
            await started;

            // After an outage the same replica may get its own operation back while the first run is still ending.
            await before;
            await run.Run(CancellationToken.None);
        }
        catch (Exception problem)
        {
            logger.LogError(problem, "Operation {Operation} could not be taken up or let go of; it is tried again when its lease is over", run.Id);
        }
        finally
        {
            _running.TryRemove(work, out _);
            run.Dispose();
            await Wake();
        }
    }

    private async Task Hear(string? notice, CancellationToken cancellationToken)
    {
        foreach (var (run, _) in _running.Values)
        {
            if (notice is null || notice == run.Id.ToString("N"))
            {
                await run.Look(cancellationToken);
            }
        }
    }

    private Task Wake()
    {
        try
        {
            _wake.Release();
        }
        catch (SemaphoreFullException)
        {
            // It has been woken already and not looked yet.
        }

        return Task.CompletedTask;
    }
}
