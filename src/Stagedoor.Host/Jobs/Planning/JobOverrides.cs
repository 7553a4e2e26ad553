using Microsoft.Extensions.Configuration;
using Quartz;

namespace Stagedoor.Host.Jobs.Planning;

/// <summary>
/// What the configuration says about a job: <c>jobs.&lt;name&gt;</c> with <c>every</c> or <c>cron</c>, <c>timeout</c>,
/// <c>jitter</c>, <c>paused</c>. A mistake there keeps the one job from being scheduled, and says why; the portal runs on.
/// </summary>
internal static class JobOverrides
{
    public const string Section = "jobs";

    private static readonly string[] Known = ["every", "cron", "timeout", "jitter", "paused"];

    /// <summary>Timers cannot wait longer.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromDays(24);

    public static PlannedJob Apply(PlannedJob job, IConfigurationSection section)
    {
        var schedule = job.Schedule;
        try
        {
            if (section.GetChildren().FirstOrDefault(child => !Known.Contains(child.Key, StringComparer.OrdinalIgnoreCase)) is { } unknown)
            {
                throw new FormatException($"{unknown.Path} is not a setting of a job. There are {string.Join(", ", Known)}.");
            }

            var (every, cron) = (Duration(section, "every"), section["cron"]);
            if (every is not null && cron is not null)
            {
                throw new FormatException($"{section.Path} has both every and cron. Keep one of them.");
            }

            if (every is not null || cron is not null)
            {
                schedule = schedule with { Every = every, Cron = cron };
            }

            schedule = schedule with
            {
                Timeout = Duration(section, "timeout") ?? schedule.Timeout,
                Jitter = Duration(section, "jitter", mayBeZero: true) ?? schedule.Jitter,
            };
            job = job with { Schedule = schedule, PausedByConfiguration = Flag(section, "paused") };
            Check(job);
            return job;
        }
        catch (FormatException mistake)
        {
            return job with { Schedule = schedule, Problem = mistake.Message };
        }
    }

    private static void Check(PlannedJob job)
    {
        var schedule = job.Schedule;
        if (schedule.Timeout > Longest || schedule.Jitter > Longest)
        {
            throw new FormatException($"The timeout and the jitter of {job.Name} may be 24 days at most.");
        }

        if (schedule.Every < TimeSpan.FromMilliseconds(100))
        {
            throw new FormatException($"{job.Name} would run every {Durations.Words(schedule.Every.Value)}. The shortest is 100 milliseconds.");
        }

        if (schedule.Cron is { } cron)
        {
            if (cron.Split(' ', StringSplitOptions.RemoveEmptyEntries).Length != 6 || !CronExpression.TryParse(cron, out var expression))
            {
                throw new FormatException(
                    $"'{cron}' of {job.Name} is not a cron expression of six fields. Write second minute hour day month weekday, for example 0 30 3 * * ?");
            }

            if (expression.GetNextValidTimeAfter(DateTimeOffset.UnixEpoch) is null)
            {
                throw new FormatException($"The time that '{cron}' of {job.Name} describes never comes.");
            }
        }
    }

    private static TimeSpan? Duration(IConfigurationSection section, string key, bool mayBeZero = false)
    {
        if (section[key] is not { } text)
        {
            return null;
        }

        if (!Durations.TryParse(text, out var duration) || duration < TimeSpan.Zero || (duration == TimeSpan.Zero && !mayBeZero))
        {
            throw new FormatException($"{section.Path}:{key} is '{text}', which is not a duration. Write 30s, 5m, 2h or 1d.");
        }

        return duration;
    }

    private static bool Flag(IConfigurationSection section, string key) => section[key] switch
    {
        null => false,
        var text when bool.TryParse(text, out var flag) => flag,
        var text => throw new FormatException($"{section.Path}:{key} is '{text}'. Write true or false."),
    };
}
