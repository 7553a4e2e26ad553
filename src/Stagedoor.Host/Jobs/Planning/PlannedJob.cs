using System.Globalization;
using Stagedoor.Plugins;

namespace Stagedoor.Host.Jobs.Planning;

/// <summary>A job as it is to run here: what its plugin says, with what the configuration overrides.</summary>
internal sealed record PlannedJob(string Name, string PluginId, string PluginName, Type Type, string? Description, JobSchedule Schedule)
{
    /// <summary>Why it is not scheduled, in a sentence for the operator.</summary>
    public string? Problem { get; init; }

    /// <summary>The configuration says <c>paused: true</c>, which nobody can resume from a page.</summary>
    public bool PausedByConfiguration { get; init; }

    /// <summary>When it runs, in words: <c>every 5 minutes</c>, or what the cron expression means.</summary>
    public string When => Schedule.Every is { } every ? $"every {DurationWords.Of(every)}" : CronWords.Of(Schedule.Cron!);

    /// <summary>What a stored trigger is compared by: another text means another schedule.</summary>
    public string Fingerprint => Schedule.Every is { } every
        ? string.Create(CultureInfo.InvariantCulture, $"every {every:c}")
        : $"cron {Schedule.Cron}";
}
