using Microsoft.Extensions.Logging;
using Stagedoor.Plugins;

namespace Stagedoor.Catalog.Engine.Refreshing;

/// <summary>Takes places from the queue and reads them, a few at a time, on every replica.</summary>
internal sealed class PlaceWorker(IWorkQueue queue, PlaceRefresh refresh, ILogger<PlaceWorker> log) : IBackgroundWork
{
    private const int Lines = 3;

    /// <summary>Places that take long, such as those of hosts that do not answer, leave their line to others: so many of each line.</summary>
    private const int MostSlow = 10;
    private static readonly TimeSpan Quick = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(5);

    public async Task Run(CancellationToken stopping)
    {
        using var added = new SemaphoreSlim(0);
        using var hearing = queue.WhenAdded(
            RefreshWork.Queue,
            _ =>
            {
                added.Release(Lines);
                return Task.CompletedTask;
            });
        await Task.WhenAll(Enumerable.Range(0, Lines).Select(_ => Line(added, stopping)));
    }

    private async Task Line(SemaphoreSlim added, CancellationToken stopping)
    {
        var working = new List<Task>();
        try
        {
            while (!stopping.IsCancellationRequested)
            {
                try
                {
                    await Next(added, working, stopping);
                }
                catch (Exception e) when (e is not OperationCanceledException and not OutOfMemoryException)
                {
                    // One bad moment of the database must not leave the portal with one reader less.
                    log.LogError(e, "A place could not be taken from the queue");
                    await Task.Delay(LookAgain, stopping);
                }
            }
        }
        finally
        {
            await Task.WhenAll(working);
        }
    }

    private async Task Next(SemaphoreSlim added, List<Task> working, CancellationToken stopping)
    {
        var claimed = await queue.Claim(RefreshWork.Queue, 1, Lease, stopping);
        if (claimed.Count == 0)
        {
            await added.WaitAsync(LookAgain, stopping);
            return;
        }

        var work = Work(claimed[0], stopping);
        working.Add(work);
        await IsDoneOrSlow(work, stopping);
        while (working.Count > MostSlow && working.TrueForAll(task => !task.IsCompleted))
        {
            await Task.WhenAny(working);
        }

        var done = working.FindAll(task => task.IsCompleted);
        working.RemoveAll(done.Contains);
        await Task.WhenAll(done);
    }

    private static async Task IsDoneOrSlow(Task work, CancellationToken stopping)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        await Task.WhenAny(work, Task.Delay(Quick, patience.Token));
        await patience.CancelAsync();
    }

    private async Task Work(Work work, CancellationToken stopping)
    {
        using var lost = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        var renewing = Renew(work, lost);
        var place = RefreshWork.PlaceOf(work);
        try
        {
            await refresh.Run(place, lost.Token);
            await queue.Complete([work], stopping);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            await queue.Release([work], CancellationToken.None);
            throw;
        }
        catch (OperationCanceledException) when (lost.IsCancellationRequested)
        {
            log.LogWarning("The claim on the reading of {Place} was lost; another replica has it", place);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            log.LogError(e, "The reading of {Place} ended early and will be tried again", place);
            await queue.Fail(work, e.Message, stopping);
        }
        finally
        {
            await lost.CancelAsync();
            await renewing;
        }
    }

    private async Task Renew(Work work, CancellationTokenSource lost)
    {
        while (true)
        {
            await Task.Delay(Lease / 3, lost.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (lost.IsCancellationRequested)
            {
                return;
            }

            try
            {
                if (!await queue.Renew(work, Lease, lost.Token))
                {
                    await lost.CancelAsync();
                    return;
                }
            }
            catch (Exception e) when (e is not OutOfMemoryException)
            {
                // If it goes on so, the lease runs out and another replica takes over.
                log.LogDebug(e, "A claim could not be renewed");
            }
        }
    }
}
