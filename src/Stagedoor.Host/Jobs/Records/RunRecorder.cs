using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Stagedoor.Host.Jobs.Records;

/// <summary>
/// Writes runs down without ever failing a job: what the database does not take now is written later, so that no run
/// stays "running" because the database was away when it ended.
/// </summary>
internal sealed class RunRecorder(JobRuns runs, JobTimings timings, TimeProvider time, ILogger<RunRecorder> logger)
{
    /// <summary>More than this waiting means a long outage; the oldest are let go, and the log has them.</summary>
    private const int MostWaiting = 1_000;

    private readonly ConcurrentQueue<JobRun> _waiting = new();

    public async Task Write(JobRun run)
    {
        try
        {
            using var patience = new CancellationTokenSource(timings.RecordPatience, time);
            await runs.Save(run, patience.Token);
        }
        catch (Exception exception)
        {
            logger.LogWarning(
                exception, "The run {Run} of the job {Job} ({Outcome}) could not be written down. It is tried again.", run.Id, run.Job, run.Outcome);
            if (!run.IsRunning)
            {
                _waiting.Enqueue(run);
                while (_waiting.Count > MostWaiting && _waiting.TryDequeue(out _))
                {
                }
            }
        }
    }

    /// <summary>Writes what could not be written. Throws when the database still does not take it.</summary>
    public async Task CatchUp(CancellationToken cancellationToken)
    {
        while (_waiting.TryPeek(out var run))
        {
            await runs.Save(run, cancellationToken);
            _waiting.TryDequeue(out _);
        }
    }
}
