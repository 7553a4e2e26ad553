using Stagedoor.Plugins;

namespace Stagedoor.Host.Notifications;

/// <summary>Deletes notifications that were sent half a year ago.</summary>
internal sealed class PruneInbox(IDatabase database, UnreadCounts counts, TimeProvider time) : IScheduledJob
{
    private static readonly TimeSpan Kept = TimeSpan.FromDays(180);

    public async Task Run(JobContext job, CancellationToken cancellationToken)
    {
        var deleted = await database.Execute(
            "delete from portal_inbox where sent_at < @before", new { before = time.GetUtcNow() - Kept }, cancellationToken);
        if (deleted > 0)
        {
            await database.Notify(UnreadCounts.Channel, UnreadCounts.Everybody, cancellationToken);
            counts.Forget(subject: null);
        }

        job.Summary = deleted == 1 ? "1 notification deleted" : $"{deleted} notifications deleted";
    }
}
