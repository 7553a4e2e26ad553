using Stagedoor.Catalog.Engine.Store;
using Stagedoor.Plugins;

namespace Stagedoor.Catalog.Engine.Refreshing;

/// <summary>Sends for places whose time has come: the safety net below watching and hooks.</summary>
internal sealed class ReadDuePlaces(PlaceStore places, RefreshWork work) : IScheduledJob
{
    public async Task Run(JobContext job, CancellationToken cancellationToken)
    {
        var due = await places.DuePlaces(cancellationToken);
        if (due.Count > 0)
        {
            await work.Add(due, RefreshOrder.Usual, cancellationToken);
            job.Summary = $"{due.Count} sent for";
        }
    }
}
