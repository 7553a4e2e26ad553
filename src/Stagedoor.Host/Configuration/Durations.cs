using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml;

namespace Stagedoor.Host.Configuration;

/// <summary>Reads and writes durations as people write them: <c>30s</c>, <c>1h30m</c>, and as .NET and ISO 8601 do.</summary>
internal static partial class Durations
{
    public const string Expected = "a duration such as 500ms, 30s, 5m, 2h or 1d";

    private static readonly (string Unit, TimeSpan Length)[] Units =
    [
        ("d", TimeSpan.FromDays(1)), ("h", TimeSpan.FromHours(1)), ("m", TimeSpan.FromMinutes(1)), ("s", TimeSpan.FromSeconds(1)), ("ms", TimeSpan.FromMilliseconds(1)),
    ];

    public static bool TryParse(string text, out TimeSpan duration)
    {
        text = text.Trim();
        duration = default;
        try
        {
            if (Parts().Match(text) is { Success: true } match && text.Length > 0)
            {
                foreach (var (unit, length) in Units)
                {
                    if (match.Groups[unit] is { Success: true } part)
                    {
                        duration += length * double.Parse(part.ValueSpan, CultureInfo.InvariantCulture);
                    }
                }

                return true;
            }

            if (text.StartsWith('P') || text.StartsWith("-P", StringComparison.Ordinal))
            {
                duration = XmlConvert.ToTimeSpan(text);
                return true;
            }
        }
        catch (Exception problem) when (problem is FormatException or OverflowException)
        {
            return false;
        }

        // A bare number would be days to .NET, and seconds to most people: neither is meant for certain.
        return text.Contains(':') && TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out duration);
    }

    public static string Write(TimeSpan duration)
    {
        if (duration == TimeSpan.Zero)
        {
            return "0s";
        }

        if (duration < TimeSpan.Zero || duration.Ticks % TimeSpan.TicksPerMillisecond != 0)
        {
            return duration.ToString("c", CultureInfo.InvariantCulture);
        }

        var text = "";
        foreach (var (unit, length) in Units.Where(unit => unit.Length >= TimeSpan.FromMinutes(1)))
        {
            var count = duration.Ticks / length.Ticks;
            duration -= length * count;
            text += count > 0 ? $"{count}{unit}" : "";
        }

        return text + (duration == TimeSpan.Zero ? ""
            : duration < TimeSpan.FromSeconds(1) ? $"{duration.TotalMilliseconds.ToString(CultureInfo.InvariantCulture)}ms"
            : $"{duration.TotalSeconds.ToString(CultureInfo.InvariantCulture)}s");
    }

    [GeneratedRegex(
        @"^((?<d>\d+(\.\d+)?)d)?\s*((?<h>\d+(\.\d+)?)h)?\s*((?<m>\d+(\.\d+)?)m)?\s*((?<s>\d+(\.\d+)?)s)?\s*((?<ms>\d+(\.\d+)?)ms)?$",
        RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Parts();
}
