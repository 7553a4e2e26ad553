using System.Globalization;

namespace Stagedoor.Host.Jobs.Planning;

/// <summary>The common cron expressions as people say them; any other as it is written.</summary>
internal static class CronWords
{
    private static readonly Dictionary<string, string> Days = new(StringComparer.OrdinalIgnoreCase)
    {
        ["SUN"] = "Sunday", ["MON"] = "Monday", ["TUE"] = "Tuesday", ["WED"] = "Wednesday", ["THU"] = "Thursday", ["FRI"] = "Friday", ["SAT"] = "Saturday",
        ["MON-FRI"] = "weekday",
    };

    public static string Of(string cron)
    {
        var fields = cron.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (fields is not ["0", var minute, var hour, "*" or "?", "*", var day] || !TryNumber(minute, 59, out var m))
        {
            return $"{cron} (UTC)";
        }

        var every = day is "*" or "?" ? "day" : Days.GetValueOrDefault(day);
        return (hour, every) switch
        {
            ("*", "day") => m == 0 ? "every hour, on the hour" : $"every hour, {m} min past",
            (_, not null) when TryNumber(hour, 23, out var h) => $"every {every} at {h:00}:{m:00} UTC",
            _ => $"{cron} (UTC)",
        };
    }

    private static bool TryNumber(string text, int most, out int number) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number) && number <= most;
}
