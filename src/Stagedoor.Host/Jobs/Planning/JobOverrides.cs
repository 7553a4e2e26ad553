using Quartz;
using Stagedoor.Host.Configuration.Sections;

namespace Stagedoor.Host.Jobs.Planning;

/// <summary>
/// What the configuration says about a job, below <c>jobs.&lt;name&gt;</c>. What cannot be scheduled keeps that one job from
/// running, and says why; the portal runs on.
/// </summary>
internal static class JobOverrides
{
    /// <summary>Timers cannot wait longer.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromDays(24);

    public static PlannedJob Apply(PlannedJob job, JobOptions? configured)
    {
        if (configured is not null)
        {
            var schedule = job.Schedule;
            if (configured.Every is not null || configured.Cron is not null)
            {
                schedule = schedule with { Every = configured.Every, Cron = configured.Cron };
            }

            schedule = schedule with { Timeout = configured.Timeout ?? schedule.Timeout, Jitter = configured.Jitter ?? schedule.Jitter };
            job = job with { Schedule = schedule, PausedByConfiguration = configured.Paused ?? false };
        }

        return job with { Problem = FindProblem(job) };
    }

    private static string? FindProblem(PlannedJob job)
    {
        var schedule = job.Schedule;
        if (schedule.Timeout > Longest || schedule.Jitter > Longest)
        {
            return $"The timeout and the jitter of {job.Name} may be 24 days at most.";
        }

        if (schedule.Every < TimeSpan.FromMilliseconds(100))
        {
            return $"{job.Name} would run every {DurationWords.Of(schedule.Every.Value)}. The shortest is 100 milliseconds.";
        }

        if (schedule.Cron is not { } cron)
        {
            return null;
        }

        if (cron.Split(' ', StringSplitOptions.RemoveEmptyEntries).Length != 6 || !CronExpression.TryParse(cron, out var expression))
        {
            return $"'{cron}' of {job.Name} is not a cron expression of six fields. Write second minute hour day month weekday, for example 0 30 3 * * ?";
        }

        return expression.GetNextValidTimeAfter(DateTimeOffset.UnixEpoch) is null ? $"The time that '{cron}' of {job.Name} describes never comes." : null;
    }
}
