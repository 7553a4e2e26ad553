using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Stagedoor.Host.Jobs.Planning;
using Stagedoor.Host.Jobs.Records;
using Stagedoor.Plugins;

namespace Stagedoor.Host.Jobs.Running;

/// <summary>
/// Runs a job once: in a scope of its own, within its timeout, written down whatever happens. It returns only when the
/// job's code has ended, because that is what keeps a second run from starting beside it.
/// </summary>
internal sealed class JobRunner(
    IServiceScopeFactory scopes,
    RunRecorder recorder,
    RunsHere here,
    Replica replica,
    JobTelemetry telemetry,
    JobTimings timings,
    TimeProvider time,
    ILoggerFactory loggers)
{
    private readonly ILogger _logger = loggers.CreateLogger("Stagedoor.Jobs");

    public async Task<JobOutcome> Run(PlannedJob job, Firing firing, CancellationToken stopping)
    {
        if (!await WaitJitter(job, firing, stopping))
        {
            return JobOutcome.Interrupted;
        }

        var run = new JobRun
        {
            Id = firing.Run, Job = job.Name, DueAt = firing.DueAt, StartedAt = time.GetUtcNow(), Replica = replica.Name,
            ByHand = firing.ByHand, PressedBy = firing.PressedBy, PressedByName = firing.PressedByName,
        };
        using var running = here.Add(run.Id);
        using var activity = telemetry.Begin(job, firing);
        using var scope = _logger.BeginScope(new Dictionary<string, object> { ["Job"] = job.Name, ["Run"] = run.Id });
        await recorder.Write(run);

        using var timeout = new CancellationTokenSource(job.Schedule.Timeout, time);
        using var all = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, running.Cancelled, stopping);
        var context = new JobContext(job.Name, firing.DueAt, firing.ByHand);

        // On another thread, so that a job that never awaits can still be seen to overrun.
        var work = Task.Run(() => Work(job, context, all.Token), CancellationToken.None);
        run = await WatchOver(work, run, job, all.Token);

        var thrown = work.Exception?.InnerException ?? (work.IsCanceled ? new OperationCanceledException() : null);
        var ended = Judge(thrown, running.Cancelled.IsCancellationRequested, timeout.IsCancellationRequested, stopping.IsCancellationRequested);
        run = run with
        {
            EndedAt = time.GetUtcNow(),
            Outcome = ended,
            Summary = Shorten(context.Summary),
            Error = Explain(ended, job, run, thrown),
        };
        telemetry.End(activity, run, ended == JobOutcome.Failed ? thrown : null);
        Log(run, thrown);
        await recorder.Write(run);
        return ended;
    }

    private async Task Work(PlannedJob job, JobContext context, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        await ((IScheduledJob)scope.ServiceProvider.GetRequiredService(job.Type)).Run(context, cancellationToken);
    }

    /// <summary>A run by hand is wanted now, and one that was interrupted has waited already.</summary>
    private async Task<bool> WaitJitter(PlannedJob job, Firing firing, CancellationToken stopping)
    {
        if (job.Schedule.Jitter > TimeSpan.Zero && firing is { ByHand: false, Again: false })
        {
            try
            {
                await Task.Delay(job.Schedule.Jitter * Random.Shared.NextDouble(), time, stopping);
            }
            catch (OperationCanceledException)
            {
                return false;
            }
        }

        return !stopping.IsCancellationRequested;
    }

    private async Task<JobRun> WatchOver(Task work, JobRun run, PlannedJob job, CancellationToken asked)
    {
        await Task.WhenAny(work, Task.Delay(Timeout.InfiniteTimeSpan, asked));
        if (!work.IsCompleted)
        {
            await Task.WhenAny(work, Task.Delay(timings.StopPatience, time, CancellationToken.None));
        }

        if (!work.IsCompleted)
        {
            _logger.LogError(
                "The job {Job} was asked to stop and goes on. No other run of it starts until it ends. It should hand its token to what it awaits.", job.Name);
            run = run with { IgnoresStop = true };
            await recorder.Write(run);
        }

        await work.ContinueWith(static _ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        return run;
    }

    private static JobOutcome Judge(Exception? thrown, bool cancelled, bool timedOut, bool stopping) => thrown switch
    {
        _ when cancelled => JobOutcome.Cancelled,
        _ when timedOut => JobOutcome.TimedOut,
        null => JobOutcome.Succeeded,
        _ when stopping => JobOutcome.Interrupted,
        _ => JobOutcome.Failed,
    };

    private static string? Explain(JobOutcome outcome, PlannedJob job, JobRun run, Exception? thrown)
    {
        var stopped = run.IgnoresStop ? " It did not stop when it was asked to." : "";
        return outcome switch
        {
            JobOutcome.Succeeded => null,
            JobOutcome.TimedOut => $"It took longer than its timeout ({job.Schedule.Timeout:c}).{stopped}",
            JobOutcome.Cancelled => $"Somebody cancelled it.{stopped}",
            JobOutcome.Interrupted => $"The portal stopped.{stopped}",
            _ => Shorten($"{thrown!.GetType().Name}: {thrown.Message}"),
        };
    }

    private void Log(JobRun run, Exception? thrown)
    {
        if (run.Outcome == JobOutcome.Succeeded)
        {
            _logger.LogDebug("The job {Job} took {Took}. {Summary}", run.Job, run.Took, run.Summary);
        }
        else if (run.Outcome == JobOutcome.Failed)
        {
            _logger.LogError(thrown, "The job {Job} failed after {Took}: {Error}", run.Job, run.Took, run.Error);
        }
        else
        {
            _logger.LogWarning("The job {Job} ended as {Outcome} after {Took}. {Error}", run.Job, run.Outcome.Stored(), run.Took, run.Error);
        }
    }

    private static string? Shorten(string? text) => CutText.Line(text, 500) is { Length: > 0 } line ? line : null;
}
