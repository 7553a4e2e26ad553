using Microsoft.Extensions.Logging;
using Quartz;
using Quartz.Extensibility;
using Stagedoor.Host.Jobs.Planning;
using Stagedoor.Host.Jobs.Records;
using Stagedoor.Host.Jobs.Running;

namespace Stagedoor.Host.Jobs.Scheduling;

/// <summary>What Quartz runs, whichever job it is: the key names the job, and the trigger says how it came about.</summary>
internal sealed class QuartzRun(JobPlan plan, JobRunner runner, ILogger<QuartzRun> logger) : IJob, IJobFactory
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
    {
        if (plan.Find(context.JobDetail.Key.Name) is not { } job)
        {
            logger.LogWarning("The job {Job} was due here, but this version of the portal does not have it.", context.JobDetail.Key.Name);
            return;
        }

        var outcome = await runner.Run(job, Triggers.Read(context), cancellationToken);
        if (outcome == JobOutcome.Interrupted)
        {
            // Tells Quartz to hand the run to another replica.
            throw new OperationCanceledException(cancellationToken);
        }
    }

    public ValueTask<JobScope> CreateJob(TriggerFiredBundle bundle, IScheduler scheduler, CancellationToken cancellationToken = default) =>
        ValueTask.FromResult(new JobScope(this));

    public ValueTask ReturnJob(JobScope scope, CancellationToken cancellationToken = default) => ValueTask.CompletedTask;
}
