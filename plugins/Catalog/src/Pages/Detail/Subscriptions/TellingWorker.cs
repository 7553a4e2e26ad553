using Microsoft.Extensions.Logging;
using Stagedoor.Catalog.Engine.Store;
using Stagedoor.Plugins;

namespace Stagedoor.Catalog.Pages.Detail.Subscriptions;

/// <summary>Takes changes from the queue and tells subscribers of them, one after the other, on every replica.</summary>
internal sealed class TellingWorker(IWorkQueue queue, TellSubscribers subscribers, ILogger<TellingWorker> log) : IBackgroundWork
{
    /// <summary>As long as it may take to ask for each of many thousand people what they may see.</summary>
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(5);

    public async Task Run(CancellationToken stopping)
    {
        using var added = new SemaphoreSlim(0);
        using var hearing = queue.WhenAdded(
            TellingWork.Queue,
            _ =>
            {
                added.Release();
                return Task.CompletedTask;
            });
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                if (await queue.Claim(TellingWork.Queue, 1, Lease, stopping) is [var work])
                {
                    await Work(work, stopping);
                }
                else
                {
                    await added.WaitAsync(LookAgain, stopping);
                }
            }
            catch (Exception e) when (e is not OperationCanceledException and not OutOfMemoryException)
            {
                // One bad moment of the database must not leave the portal without anybody who tells.
                log.LogError(e, "What subscribers are to be told could not be taken from the queue");
                await Task.Delay(LookAgain, stopping);
            }
        }
    }

    private async Task Work(Work work, CancellationToken stopping)
    {
        try
        {
            await subscribers.Tell(TellingWork.SequenceOf(work), stopping);
            await queue.Complete([work], stopping);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            await queue.Release([work], CancellationToken.None);
            throw;
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            log.LogError(e, "Subscribers could not be told of the change {Sequence}; it is tried again", work.Key);
            await queue.Fail(work, e.Message, stopping);
        }
    }
}
