using Microsoft.Extensions.Logging;
using Quartz;
using Stagedoor.Host.Jobs.Planning;
using Stagedoor.Host.Jobs.Running;
using Stagedoor.Host.Starting;
using Stagedoor.Plugins;

namespace Stagedoor.Host.Jobs.Scheduling;

/// <summary>
/// The schedulers of this replica, with every job of the plan in the one it belongs to. Starting them makes what is
/// stored equal to the plan; stopping them lets running jobs finish, then stops them, then hands them to another replica.
/// </summary>
internal sealed class JobSchedulers(
    SchedulerBuilding building, JobPlan plan, RunsHere here, JobWatch watch, JobTimings timings, TimeProvider time, ILogger<JobSchedulers> logger)
    : IBackgroundPart, IAsyncDisposable
{
    private readonly List<(IScheduler Scheduler, StandaloneSchedulerFactory Factory)> _built = [];
    private IScheduler? _own;
    private IScheduler? _shared;

    public async Task Start(CancellationToken cancellationToken)
    {
        _own = await Build(building.InMemory(), cancellationToken);
        _shared = building.HasCluster ? await Build(building.Cluster(), cancellationToken) : null;
        foreach (var name in plan.UnknownOverrides())
        {
            logger.LogWarning("The configuration has jobs:{Name}, but there is no such job. The page of jobs lists their names.", name);
        }

        foreach (var job in plan.All)
        {
            if (job.Problem is { } problem)
            {
                logger.LogError("The job {Job} is not scheduled. {Problem}", job.Name, problem);
            }
        }

        foreach (var scheduler in Both())
        {
            await MakeEqual(scheduler, cancellationToken);
        }

        await watch.Begin(this, cancellationToken);
        foreach (var scheduler in Both())
        {
            await scheduler.Start(cancellationToken);
        }
    }

    public async Task Stop(CancellationToken cancellationToken)
    {
        await watch.Rest();
        try
        {
            foreach (var scheduler in Both())
            {
                await scheduler.Standby(cancellationToken);
            }

            await WaitForRuns(timings.ShutdownGrace, cancellationToken);
        }
        catch (Exception exception) when (exception is SchedulerException or OperationCanceledException)
        {
            logger.LogWarning(exception, "The jobs could not come to rest by themselves. They are stopped.");
        }

        await Task.WhenAll(Both().Select(scheduler => Shutdown(scheduler, cancellationToken)));
        await watch.End();
    }

    public async ValueTask DisposeAsync()
    {
        await watch.Rest();
        foreach (var (scheduler, factory) in _built)
        {
            if (scheduler.Status is not (SchedulerStatus.Shutdown or SchedulerStatus.ShuttingDown))
            {
                await scheduler.Shutdown(waitForJobsToComplete: false);
            }

            await factory.DisposeAsync();
        }

        _built.Clear();
    }

    /// <summary>The scheduler that a job belongs to, once started.</summary>
    public IScheduler Of(PlannedJob job) =>
        (job.Schedule.Scope == Stagedoor.Plugins.JobScope.Replica ? _own : _shared ?? _own)
        ?? throw new InvalidOperationException("The jobs have not been started yet.");

    /// <summary>The replicas that are alive, or nothing when there can be only this one.</summary>
    public async Task<IReadOnlySet<string>?> Alive(CancellationToken cancellationToken) => _shared is null
        ? null
        : (await _shared.QueryClusterNodes(cancellationToken))
            .Where(node => node.State != ClusterNodeState.Failed)
            .Select(node => node.InstanceId)
            .ToHashSet();

    /// <summary>When each job runs next by its plan, and whether it is paused.</summary>
    public async Task<IReadOnlyDictionary<string, TriggerHeader>> Planned(CancellationToken cancellationToken)
    {
        var planned = new Dictionary<string, TriggerHeader>(StringComparer.OrdinalIgnoreCase);
        var query = new TriggerQuery { Group = GroupMatcher<TriggerKey>.GroupEquals(Triggers.Planned), Take = int.MaxValue };
        foreach (var scheduler in Both())
        {
            foreach (var trigger in (await scheduler.QueryTriggers(query, cancellationToken)).Items)
            {
                planned[trigger.Key.Name] = trigger;
            }
        }

        return planned;
    }

    /// <summary>Pauses and resumes until the triggers are as wanted.</summary>
    public async Task Pause(Func<PlannedJob, bool> wanted, CancellationToken cancellationToken)
    {
        var planned = await Planned(cancellationToken);
        foreach (var job in plan.All.Where(job => job.Problem is null))
        {
            if (!planned.TryGetValue(job.Name, out var trigger))
            {
                // A replica without this job's plugin has taken it from the schedule that all share.
                await MakeEqual(Of(job), job, cancellationToken);
                continue;
            }

            var paused = trigger.State == TriggerState.Paused;
            if (paused != wanted(job))
            {
                var key = Triggers.PlanOf(job.Name);
                await (paused ? Of(job).ResumeTrigger(key, cancellationToken) : Of(job).PauseTrigger(key, cancellationToken));
            }
        }
    }

    private IEnumerable<IScheduler> Both() => _built.Select(built => built.Scheduler);

    private async Task<IScheduler> Build(StandaloneSchedulerFactory factory, CancellationToken cancellationToken)
    {
        var scheduler = await factory.GetScheduler(cancellationToken);
        _built.Add((scheduler, factory));
        return scheduler;
    }

    /// <summary>
    /// A schedule that has not changed keeps its stored trigger, and with it its next run; a changed one replaces it; a
    /// job that is gone is deleted. Of two versions starting side by side, the last one wins.
    /// </summary>
    private async Task MakeEqual(IScheduler scheduler, CancellationToken cancellationToken)
    {
        var jobs = plan.All.Where(job => job.Problem is null && Of(job) == scheduler).ToDictionary(job => Triggers.JobOf(job.Name));
        var stored = await scheduler.QueryJobs(new JobQuery { Take = int.MaxValue }, cancellationToken);
        foreach (var gone in stored.Items.Select(job => job.Key).Where(key => !jobs.ContainsKey(key)))
        {
            logger.LogInformation("The job {Job} is no longer there and leaves the schedule.", gone.Name);
            await scheduler.DeleteJob(gone, cancellationToken);
        }

        foreach (var job in jobs.Values)
        {
            try
            {
                await MakeEqual(scheduler, job, cancellationToken);
            }
            catch (SchedulerException exception) when (exception is not JobPersistenceException)
            {
                logger.LogError(exception, "The job {Job} could not be scheduled: {Reason}", job.Name, exception.Message);
            }
        }
    }

    private async Task MakeEqual(IScheduler scheduler, PlannedJob job, CancellationToken cancellationToken)
    {
        await scheduler.AddJob(Triggers.Detail(job), AddJobOptions.Replacing, cancellationToken);
        var planned = Triggers.PlanOf(job.Name);
        var trigger = await scheduler.GetTrigger(planned, cancellationToken);
        if (trigger is null || Triggers.FingerprintOf(trigger) != job.Fingerprint || trigger.ExecutionGroup != job.Name)
        {
            await scheduler.ScheduleTrigger(Triggers.Plan(job, time), TriggerConflict.Replace, cancellationToken);
        }
        else if (await scheduler.GetTriggerState(planned, cancellationToken) == TriggerState.Error)
        {
            await scheduler.ResetTriggerFromErrorState(planned, cancellationToken);
        }
    }

    private async Task WaitForRuns(TimeSpan atMost, CancellationToken cancellationToken)
    {
        var until = time.GetUtcNow() + atMost;
        while (here.Any && time.GetUtcNow() < until)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(50), time, cancellationToken);
        }
    }

    /// <summary>Cancels what still runs, and waits a little for it to end.</summary>
    private async Task Shutdown(IScheduler scheduler, CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(timings.ShutdownPatience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        try
        {
            await scheduler.Shutdown(waitForJobsToComplete: true, either.Token);
        }
        catch (Exception exception) when (exception is SchedulerException or OperationCanceledException)
        {
            logger.LogWarning(exception, "A scheduler did not stop in time. What it was running is taken over by another replica.");
        }
    }
}
