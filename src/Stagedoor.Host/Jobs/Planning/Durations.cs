using System.Globalization;

namespace Stagedoor.Host.Jobs.Planning;

/// <summary>Durations as operators write them: <c>30s</c>, <c>5m</c>, <c>2h</c>, <c>1d</c>, or <c>00:05:00</c>.</summary>
internal static class Durations
{
    public static bool TryParse(string text, out TimeSpan duration)
    {
        duration = default;
        text = text.Trim();
        if (text.Contains(':'))
        {
            return TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out duration);
        }

        var unit = text.Length - text.AsSpan().TrimEnd("abcdefghijklmnopqrstuvwxyz").Length;
        if (unit == 0 || !double.TryParse(text.AsSpan(0, text.Length - unit), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var count))
        {
            return false;
        }

        double? milliseconds = text[^unit..] switch
        {
            "ms" => 1,
            "s" => 1_000,
            "m" => 60_000,
            "h" => 3_600_000,
            "d" => 86_400_000,
            _ => null,
        };
        if (milliseconds is not { } factor || count * factor > TimeSpan.MaxValue.TotalMilliseconds / 2)
        {
            return false;
        }

        duration = TimeSpan.FromMilliseconds(count * factor);
        return true;
    }

    /// <summary><c>5 minutes</c>, <c>hour</c> (of one), <c>90 seconds</c>: what comes after "every".</summary>
    public static string Words(TimeSpan duration)
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
