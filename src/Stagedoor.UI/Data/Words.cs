using System.Globalization;

namespace Stagedoor.UI;

/// <summary>Times, durations and numbers as people read them.</summary>
internal static class Words
{
    /// <summary><c>20 min ago</c>, <c>yesterday</c>, <c>in 3 d</c>.</summary>
    public static string Relative(DateTimeOffset at, DateTimeOffset now)
    {
        var distance = now - at;
        var past = distance >= TimeSpan.Zero;
        var length = distance.Duration();
        if (length < TimeSpan.FromSeconds(45))
        {
            return past ? "just now" : "in a moment";
        }

        if (length >= TimeSpan.FromDays(1) && length < TimeSpan.FromDays(2))
        {
            return past ? "yesterday" : "tomorrow";
        }

        var text = length.TotalDays switch
        {
            >= 365 => $"{(int)(length.TotalDays / 365)} y",
            >= 30 => $"{Math.Min(11, (int)(length.TotalDays / 30))} mo",
            >= 14 => $"{(int)(length.TotalDays / 7)} w",
            >= 2 => $"{(int)length.TotalDays} d",
            _ when length.TotalMinutes >= 59.5 => $"{Math.Max(1, (int)length.TotalHours)} h",
            _ => $"{Math.Max(1, (int)Math.Round(length.TotalMinutes))} min",
        };
        return past ? $"{text} ago" : $"in {text}";
    }

    public static string Absolute(DateTimeOffset at) => at.ToUniversalTime().ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture);

    public static string Machine(DateTimeOffset at) => at.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    /// <summary>The two largest units: <c>1 h 4 min</c>, <c>3.2 s</c>, <c>450 ms</c>.</summary>
    public static string Length(TimeSpan of)
    {
        var sign = of < TimeSpan.Zero ? "−" : "";
        var length = of.Duration();
        return sign + length switch
        {
            { TotalMilliseconds: < 1 } => "0 ms",
            { TotalMilliseconds: < 999.5 } => $"{Math.Round(length.TotalMilliseconds)} ms",
            { TotalSeconds: < 9.95 } => $"{length.TotalSeconds.ToString("0.#", CultureInfo.InvariantCulture)} s",
            { TotalMinutes: < 1 } => $"{(int)length.TotalSeconds} s",
            { TotalHours: < 1 } => Two(length.Minutes, "min", length.Seconds, "s"),
            { TotalDays: < 1 } => Two(length.Hours, "h", length.Minutes, "min"),
            _ => Two((int)length.TotalDays, "d", length.Hours, "h"),
        };
    }

    public static string Grouped(IFormattable value) => value.ToString("#,0.##", CultureInfo.InvariantCulture);

    /// <summary>At most two letters that stand for a name.</summary>
    public static string Initials(string name)
    {
        var words = name.Split([' ', '-', '.', '_'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return words switch
        {
            [] => "?",
            [var only] => First(only),
            [var first, .., var last] => First(first) + First(last),
        };

        static string First(string word) => StringInfo.GetNextTextElement(word).ToUpperInvariant();
    }

    /// <summary>A long id with its middle left out.</summary>
    public static string Short(string text) => text.Length <= 14 ? text : $"{text[..6]}…{text[^4..]}";

    private static string Two(int large, string largeUnit, int small, string smallUnit) =>
        small == 0 ? $"{large} {largeUnit}" : $"{large} {largeUnit} {small} {smallUnit}";
}
