using Stagedoor.Plugins;

namespace Stagedoor.Host.Marks;

/// <summary>Deletes visits of long ago.</summary>
internal sealed class PruneVisits(IDatabase database, TimeProvider time) : IScheduledJob
{
    public static readonly TimeSpan Kept = TimeSpan.FromDays(180);

    public async Task Run(JobContext job, CancellationToken cancellationToken)
    {
        var deleted = await database.Execute("delete from portal_visits where last_at < @before", new { before = time.GetUtcNow() - Kept }, cancellationToken);
        job.Summary = deleted == 1 ? "1 visit forgotten" : $"{deleted} visits forgotten";
    }
}
