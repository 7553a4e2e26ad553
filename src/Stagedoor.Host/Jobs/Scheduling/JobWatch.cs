using Microsoft.Extensions.Logging;
using Stagedoor.Host.Jobs.Planning;
using Stagedoor.Host.Jobs.Records;
using Stagedoor.Host.Jobs.Running;
using Stagedoor.Host.Jobs.Steering;
using Stagedoor.Plugins;

namespace Stagedoor.Host.Jobs.Scheduling;

/// <summary>
/// Looks after the jobs, on every notice and every few seconds: ends the records of runs whose replica died, cancels
/// what somebody wants cancelled, pauses what somebody has paused, writes what could not be written.
/// </summary>
internal sealed class JobWatch(
    IDatabase database, JobPlan plan, JobRuns runs, JobPauses pauses, RunRecorder recorder, RunsHere here, Replica replica,
    JobTimings timings, TimeProvider time, ILogger<JobWatch> logger) : IDisposable
{
    private readonly CancellationTokenSource _stopping = new();
    private readonly SemaphoreSlim _one = new(1);
    private IDisposable? _listening;
    private Task _loop = Task.CompletedTask;
    private bool _troubled;

    public async Task Begin(JobSchedulers schedulers, CancellationToken cancellationToken)
    {
        await schedulers.Pause(await WantedPauses(cancellationToken), cancellationToken);
        _listening = database.Listen(JobNotice.Channel, (payload, stop) => Hear(schedulers, payload, stop));
        _loop = Task.Run(() => Loop(schedulers), CancellationToken.None);
    }

    /// <summary>Looks no more.</summary>
    public async Task Rest()
    {
        _listening?.Dispose();
        _listening = null;
        await _stopping.CancelAsync();
        await _loop;

        // A notice may still be in hand.
        await _one.WaitAsync(CancellationToken.None);
        _one.Release();
    }

    /// <summary>The last runs have ended: a last chance to write them down.</summary>
    public Task End() => Try("written down", recorder.CatchUp, CancellationToken.None);

    public void Dispose()
    {
        _listening?.Dispose();
        _stopping.Dispose();
        _one.Dispose();
    }

    private async Task Loop(JobSchedulers schedulers)
    {
        using var timer = new PeriodicTimer(timings.Watch, time);
        try
        {
            do
            {
                await Look(schedulers, _stopping.Token);
            }
            while (await timer.WaitForNextTickAsync(_stopping.Token));
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
        {
        }
    }

    private async Task Hear(JobSchedulers schedulers, string? payload, CancellationToken cancellationToken)
    {
        if (_stopping.IsCancellationRequested)
        {
            return;
        }

        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _stopping.Token);
        try
        {
            if (JobNotice.Read(payload) is { RunToo: { } name } notice && notice.From != replica.Name && plan.Find(name) is { Problem: null } job)
            {
                var now = Triggers.Now(job, Guid.CreateVersion7(), notice.By, notice.ByName, time);
                await schedulers.Of(job).ScheduleTrigger(now, Quartz.TriggerConflict.Keep, either.Token);
            }

            await Look(schedulers, either.Token);
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
        {
            logger.LogDebug("A notice came as the jobs were stopping.");
        }
    }

    private async Task Look(JobSchedulers schedulers, CancellationToken cancellationToken)
    {
        await _one.WaitAsync(cancellationToken);
        try
        {
            var well = await Try("written down", recorder.CatchUp, cancellationToken)
                && await Try("looked after", stop => LookAtRuns(schedulers, stop), cancellationToken)
                && await Try("paused or resumed", async stop => await schedulers.Pause(await WantedPauses(stop), stop), cancellationToken);
            if (well && _troubled)
            {
                logger.LogInformation("The jobs are looked after again.");
            }

            _troubled = !well;
        }
        finally
        {
            _one.Release();
        }
    }

    private async Task LookAtRuns(JobSchedulers schedulers, CancellationToken cancellationToken)
    {
        // The runs first: a replica that begins a run is known to be alive before that.
        var running = await runs.Running(cancellationToken);
        var alive = running.Count > 0 ? await schedulers.Alive(cancellationToken) : null;
        foreach (var run in running)
        {
            if (run.Replica == replica.Name)
            {
                if (run.CancelAskedBy is not null)
                {
                    here.Cancel(run.Id);
                }
            }
            else if (alive?.Contains(run.Replica) != true
                && await runs.Interrupt(run.Id, $"The replica {run.Replica} that ran it is gone.", time.GetUtcNow(), cancellationToken))
            {
                logger.LogWarning("A run of the job {Job} was interrupted: the replica {Replica} is gone.", run.Job, run.Replica);
            }
        }
    }

    private async Task<Func<PlannedJob, bool>> WantedPauses(CancellationToken cancellationToken)
    {
        var paused = await pauses.List(cancellationToken);
        return job => job.PausedByConfiguration || paused.ContainsKey(job.Name);
    }

    private async Task<bool> Try(string what, Func<CancellationToken, Task> step, CancellationToken cancellationToken)
    {
        try
        {
            await step(cancellationToken);
            return true;
        }
        catch (Exception exception)
        {
            if (!_troubled && !cancellationToken.IsCancellationRequested)
            {
                logger.LogWarning(exception, "The runs of jobs could not be {What}. It is tried again every {Watch}.", what, timings.Watch);
            }

            return false;
        }
    }
}
