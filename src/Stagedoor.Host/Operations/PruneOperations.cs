using Microsoft.Extensions.Options;
using Stagedoor.Host.Configuration.Sections;
using Stagedoor.Plugins;

namespace Stagedoor.Host.Operations;

/// <summary>Deletes operations that ended long ago, with their items and logs.</summary>
internal sealed class PruneOperations(OperationStore store, IOptions<OperationsOptions> options, TimeProvider time) : IScheduledJob
{
    private const int AtATime = 20;

    public async Task Run(JobContext job, CancellationToken cancellationToken)
    {
        var before = time.GetUtcNow() - options.Value.Retention;
        var all = 0;
        int deleted;
        do
        {
            deleted = await store.DeleteEndedBefore(before, AtATime, cancellationToken);
            all += deleted;
        }
        while (deleted == AtATime);

        job.Summary = all == 1 ? "1 operation deleted" : $"{all} operations deleted";
    }
}
