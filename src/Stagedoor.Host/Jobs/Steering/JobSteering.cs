using Quartz;
using Stagedoor.Host.Jobs.Planning;
using Stagedoor.Host.Jobs.Records;
using Stagedoor.Host.Jobs.Running;
using Stagedoor.Host.Jobs.Scheduling;
using Stagedoor.Plugins;

namespace Stagedoor.Host.Jobs.Steering;

/// <summary>
/// What a person may do to a job, from any replica. Each deed is recorded by the audit, in the transaction that does it
/// where it is one of ours.
/// </summary>
internal sealed class JobSteering(
    IDatabase database, IAudit audit, JobPlan plan, JobSchedulers schedulers, JobRuns runs, Replica replica, TimeProvider time)
{
    public async Task<Steered> RunNow(string name, Caller by, CancellationToken cancellationToken)
    {
        if (plan.Find(name) is not { } job)
        {
            return Steered.NoSuchJob(name);
        }

        if (job.Problem is { } problem)
        {
            return Steered.Refused($"{job.Name} cannot run. {problem}");
        }

        if (await IsRunning(job, cancellationToken) is { } running)
        {
            return Steered.Refused(running);
        }

        await audit.Record(new AuditEntry(by, "jobs.run", job.Name), cancellationToken);
        var run = Guid.CreateVersion7();
        var trigger = Triggers.Now(job, run, by.Ref.ToString(), by.Name, time);
        var scheduled = await schedulers.Of(job).ScheduleTrigger(trigger, TriggerConflict.Keep, cancellationToken);
        if (scheduled.Outcome == ScheduleOutcome.Kept)
        {
            return Steered.Refused($"Somebody has just asked for a run of {job.Name}, and it is about to start.");
        }

        if (job.Schedule.Scope == Stagedoor.Plugins.JobScope.Replica)
        {
            var notice = new JobNotice(job.Name, replica.Name, by.Ref.ToString(), by.Name);
            await database.Notify(JobNotice.Channel, notice.Write(), cancellationToken);
            return Steered.Done($"{job.Name} starts on every replica.", run);
        }

        return Steered.Done($"{job.Name} starts.", run);
    }

    public async Task<Steered> Pause(string name, Caller by, CancellationToken cancellationToken)
    {
        if (plan.Find(name) is not { } job)
        {
            return Steered.NoSuchJob(name);
        }

        var pause = new JobPause { Job = job.Name, PausedAt = time.GetUtcNow(), PausedBy = by.Ref.ToString(), PausedByName = by.Name };
        var paused = await Deed(
            transaction => JobPauses.Add(transaction, pause, cancellationToken), new AuditEntry(by, "jobs.paused", job.Name), cancellationToken);
        return paused ? Steered.Done($"{job.Name} is paused. It does not run by its plan until somebody resumes it.") : Steered.Refused($"{job.Name} is paused already.");
    }

    public async Task<Steered> Resume(string name, Caller by, CancellationToken cancellationToken)
    {
        if (plan.Find(name) is not { } job)
        {
            return Steered.NoSuchJob(name);
        }

        if (job.PausedByConfiguration)
        {
            return Steered.Refused($"{job.Name} is paused by the configuration. Remove jobs.{job.Name}.paused and restart the portal.");
        }

        var resumed = await Deed(
            transaction => JobPauses.Remove(transaction, job.Name, cancellationToken), new AuditEntry(by, "jobs.resumed", job.Name), cancellationToken);
        return resumed ? Steered.Done($"{job.Name} runs by its plan again.") : Steered.Refused($"{job.Name} is not paused.");
    }

    /// <summary>Ends what runs of a job, wherever it runs.</summary>
    public async Task<Steered> Cancel(string name, Caller by, CancellationToken cancellationToken)
    {
        if (plan.Find(name) is not { } job)
        {
            return Steered.NoSuchJob(name);
        }

        var asked = await Deed(
            async transaction => await JobRuns.AskToCancel(transaction, job.Name, by.Name, cancellationToken) > 0,
            new AuditEntry(by, "jobs.cancelled", job.Name),
            cancellationToken);
        return asked ? Steered.Done($"{job.Name} is asked to stop.") : Steered.Refused($"{job.Name} is not running.");
    }

    private Task<bool> Deed(Func<ITransaction, Task<bool>> deed, AuditEntry entry, CancellationToken cancellationToken) => database.Transaction(
        async transaction =>
        {
            if (!await deed(transaction))
            {
                return false;
            }

            await audit.Record(transaction, entry, cancellationToken);
            await transaction.Notify(JobNotice.Channel, new JobNotice().Write(), cancellationToken);
            return true;
        },
        cancellationToken);

    /// <summary>Our table knows runs on all replicas; Quartz also knows those that have not got that far.</summary>
    private async Task<string?> IsRunning(PlannedJob job, CancellationToken cancellationToken)
    {
        if ((await runs.Running(cancellationToken)).FirstOrDefault(run => run.Job == job.Name) is { } run)
        {
            return $"{job.Name} is running already, on {run.Replica}. Wait until it ends, or cancel it.";
        }

        var query = new FireInstanceQuery { Job = Triggers.JobOf(job.Name), State = FireInstanceState.Executing, Take = 1 };
        if ((await schedulers.Of(job).QueryFireInstances(query, cancellationToken)).Items is not [var firing])
        {
            return null;
        }

        // A firing whose run has been written down as ended is only being cleared away. The column keeps microseconds.
        return await runs.List(job.Name, offset: 0, limit: 1, cancellationToken) is [{ IsRunning: false } last]
            && last.DueAt.AddMilliseconds(1) >= (firing.ScheduledFireTimeUtc ?? firing.FireTimeUtc)
            ? null
            : $"{job.Name} is just starting.";
    }
}
