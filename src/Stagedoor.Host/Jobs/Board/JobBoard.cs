using Stagedoor.Host.Jobs.Planning;
using Stagedoor.Host.Jobs.Records;
using Stagedoor.Host.Jobs.Scheduling;
using Stagedoor.Host.Jobs.Steering;

namespace Stagedoor.Host.Jobs.Board;

/// <summary>Tells of all jobs what they are, when they run next, and how they went.</summary>
internal sealed class JobBoard(JobPlan plan, JobSchedulers schedulers, JobRuns runs, JobPauses pauses)
{
    /// <summary>How many past runs stand beside a job.</summary>
    public const int Remembered = 20;

    public async Task<IReadOnlyList<JobState>> List(CancellationToken cancellationToken)
    {
        var latest = await runs.Latest(Remembered, cancellationToken);
        var paused = await pauses.List(cancellationToken);
        var planned = await schedulers.Planned(cancellationToken);
        return [.. plan.All.Select(job => new JobState(job)
        {
            NextRunAt = planned.GetValueOrDefault(job.Name)?.NextFireTimeUtc,
            Pause = paused.GetValueOrDefault(job.Name),
            Running = [.. latest[job.Name].Where(run => run.IsRunning)],
            Ended = [.. latest[job.Name].Where(run => !run.IsRunning)],
        })];
    }

    public async Task<JobState?> Find(string name, CancellationToken cancellationToken)
    {
        if (plan.Find(name) is not { } job)
        {
            return null;
        }

        var latest = await runs.List(job.Name, offset: 0, Remembered, cancellationToken);
        return new JobState(job)
        {
            NextRunAt = (await schedulers.Planned(cancellationToken)).GetValueOrDefault(job.Name)?.NextFireTimeUtc,
            Pause = (await pauses.List(cancellationToken)).GetValueOrDefault(job.Name),
            Running = [.. latest.Where(run => run.IsRunning)],
            Ended = [.. latest.Where(run => !run.IsRunning)],
        };
    }

    /// <summary>A page of a job's history, newest first.</summary>
    public async Task<(IReadOnlyList<JobRun> Items, long Total)> Runs(PlannedJob job, int offset, int limit, CancellationToken cancellationToken) =>
        (await runs.List(job.Name, offset, limit, cancellationToken), await runs.Count(job.Name, cancellationToken));
}
