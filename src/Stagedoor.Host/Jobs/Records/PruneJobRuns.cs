using Stagedoor.Plugins;

namespace Stagedoor.Host.Jobs.Records;

/// <summary>Forgets old runs: what is beyond the last 200 of a job, and what is older than 30 days.</summary>
internal sealed class PruneJobRuns(JobRuns runs, TimeProvider time) : IScheduledJob
{
    public async Task Run(JobContext job, CancellationToken cancellationToken)
    {
        var gone = await runs.Prune(time.GetUtcNow(), cancellationToken);
        job.Summary = gone == 1 ? "1 run forgotten" : $"{gone} runs forgotten";
    }
}
