using Quartz;
using Stagedoor.Host.Jobs.Planning;
using Stagedoor.Host.Jobs.Running;
using Stagedoor.Plugins;

namespace Stagedoor.Host.Jobs.Scheduling;

/// <summary>Jobs and triggers in Quartz's terms, and back.</summary>
internal static class Triggers
{
    public const string Planned = "planned";

    private const string Jobs = "jobs";
    private const string ByHand = "by-hand";
    private const string FingerprintData = "schedule";
    private const string RunData = "run";
    private const string PressedByData = "pressed-by";
    private const string PressedByNameData = "pressed-by-name";

    public static JobKey JobOf(string job) => new(job, Jobs);

    public static TriggerKey PlanOf(string job) => new(job, Planned);

    public static string? FingerprintOf(ITrigger trigger) =>
        trigger.JobDataMap.TryGetValue(FingerprintData, out var fingerprint) ? fingerprint as string : null;

    public static IJobDetail Detail(PlannedJob job) => JobBuilder.Create<QuartzRun>()
        .WithIdentity(JobOf(job.Name))
        .WithDescription(job.Description ?? job.Name)
        .StoreDurably()
        .DisallowConcurrentExecution()
        .RequestRecovery(job.Schedule.Scope == Stagedoor.Plugins.JobScope.Cluster)
        .Build();

    /// <summary>
    /// The trigger of a job's plan. Its execution group is the job's name: a replica serves only the jobs it has, so that
    /// an older version beside it does not fire a job it does not know.
    /// </summary>
    public static ITrigger Plan(PlannedJob job, TimeProvider time) => TriggerBuilder.Create(time)
        .WithIdentity(PlanOf(job.Name))
        .ForJob(JobOf(job.Name))
        .WithExecutionGroup(job.Name)
        .UsingJobData(FingerprintData, job.Fingerprint)
        .StartAt(time.GetUtcNow() + job.Schedule.InitialDelay)
        .WithSchedule(Schedule(job.Schedule))
        .Build();

    public static ITrigger Now(PlannedJob job, Guid run, string? pressedBy, string? pressedByName, TimeProvider time) => TriggerBuilder.Create(time)
        .WithIdentity(job.Name, ByHand)
        .ForJob(JobOf(job.Name))
        .WithExecutionGroup(job.Name)
        .UsingJobData(RunData, run.ToString())
        .UsingJobData(PressedByData, pressedBy ?? "")
        .UsingJobData(PressedByNameData, pressedByName ?? "")
        .StartNow()
        .Build();

    public static Firing Read(IJobExecutionContext context)
    {
        var data = context.Trigger.JobDataMap;
        var dueAt = context.ScheduledFireTimeUtc ?? context.FireTimeUtc;
        var byHand = Guid.TryParse(Text(data, RunData), out var run);
        return new Firing(byHand && !context.Recovering ? run : Guid.CreateVersion7(), dueAt)
        {
            ByHand = byHand,
            PressedBy = Text(data, PressedByData),
            PressedByName = Text(data, PressedByNameData),
            Again = context.Recovering,
        };
    }

    /// <summary>What was missed is made up for by one run; then the plan goes on.</summary>
    private static IScheduleBuilder Schedule(JobSchedule schedule) => schedule.Every is { } every
        ? SimpleScheduleBuilder.Create().WithInterval(every).RepeatForever().WithMisfireInstruction(SimpleTriggerMisfireInstruction.NowWithExistingCount)
        : CronScheduleBuilder.Create(schedule.Cron!).InTimeZone(TimeZoneInfo.Utc).WithMisfireInstruction(CronTriggerMisfireInstruction.FireAndProceed);

    private static string? Text(JobDataMap data, string key) => data.TryGetValue(key, out var value) && value is string { Length: > 0 } text ? text : null;
}
