using System.Globalization;

namespace Stagedoor.Host.Jobs.Planning;

/// <summary>Durations as they follow "every".</summary>
internal static class DurationWords
{
    /// <summary><c>5 minutes</c>, <c>hour</c> (of one), <c>90 seconds</c>.</summary>
    public static string Of(TimeSpan duration)
    {
        var (count, unit) = duration switch
        {
            { TotalDays: >= 1 } when duration.Ticks % TimeSpan.TicksPerDay == 0 => (duration.TotalDays, "day"),
            { TotalHours: >= 1 } when duration.Ticks % TimeSpan.TicksPerHour == 0 => (duration.TotalHours, "hour"),
            { TotalMinutes: >= 1 } when duration.Ticks % TimeSpan.TicksPerMinute == 0 => (duration.TotalMinutes, "minute"),
            { TotalSeconds: >= 1 } when duration.Ticks % TimeSpan.TicksPerSecond == 0 => (duration.TotalSeconds, "second"),
            _ => (duration.TotalMilliseconds, "millisecond"),
        };
        return count == 1 ? unit : string.Create(CultureInfo.InvariantCulture, $"{count:0.###} {unit}s");
    }
}
