using System.Collections;
using System.Globalization;
using Stagedoor.Host.Configuration;

namespace Stagedoor.Host.CommandLine.Output;

/// <summary>Writes a value as a person reads it in a table.</summary>
internal static class CellText
{
    public static string Of(object? value) => value switch
    {
        null or "" => "-",
        string text => Printable(text),
        bool yes => yes ? "yes" : "no",
        DateTimeOffset at => at.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture),
        TimeSpan length => Durations.Write(Round(length)),
        IEnumerable list => list.Cast<object?>().ToList() is { Count: > 0 } items ? string.Join(", ", items.Select(Of)) : "-",
        IFormattable formattable => formattable.ToString(null, CultureInfo.InvariantCulture),
        _ => Printable(value.ToString() ?? ""),
    };

    /// <summary>Text on one line, without characters that would steer the terminal.</summary>
    public static string Printable(string text) =>
        text.Any(char.IsControl) ? new string([.. text.Select(letter => char.IsControl(letter) ? ' ' : letter)]) : text;

    /// <summary>The same, but lines stay lines.</summary>
    public static string PrintableLines(string text) => string.Join('\n', text.ReplaceLineEndings("\n").Split('\n').Select(Printable));

    private static TimeSpan Round(TimeSpan length) =>
        length >= TimeSpan.FromSeconds(10) ? TimeSpan.FromSeconds(Math.Round(length.TotalSeconds)) : TimeSpan.FromMilliseconds(Math.Round(length.TotalMilliseconds));
}
