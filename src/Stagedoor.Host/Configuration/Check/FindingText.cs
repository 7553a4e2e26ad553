using System.Globalization;
using System.Text;

namespace Stagedoor.Host.Configuration.Check;

/// <summary>Writes findings for a terminal: where, what, the line with a caret below the spot, and what would be right.</summary>
internal static class FindingText
{
    private const int MaxLineLength = 160;

    /// <summary>All of them, in the order in which they stand in their files.</summary>
    public static string Write(IReadOnlyCollection<Finding> findings)
    {
        var places = findings.Select(finding => finding.Origin.Name).Distinct().ToList();
        var text = new StringBuilder();
        foreach (var finding in findings.OrderBy(finding => places.IndexOf(finding.Origin.Name)).ThenBy(finding => finding.Origin.Line).ThenBy(finding => finding.Origin.Column))
        {
            Append(text, finding);
            text.Append('\n');
        }

        var mistakes = findings.Count(finding => finding.Kind == FindingKind.Mistake);
        if (mistakes > 0)
        {
            text.Append(Count(mistakes)).Append(".\n");
        }

        return text.ToString();
    }

    public static string Count(int mistakes) => $"{(mistakes == 1 ? "1 mistake" : $"{mistakes} mistakes")} in the configuration";

    public static string Write(Finding finding)
    {
        var text = new StringBuilder();
        Append(text, finding);
        return text.ToString().TrimEnd('\n');
    }

    private static void Append(StringBuilder text, Finding finding)
    {
        var origin = finding.Origin;
        var place = origin.Kind switch
        {
            OriginKind.File when origin.Line > 0 => $"{origin.Name}:{origin.Line}:{origin.Column}",
            OriginKind.Environment => $"environment variable {origin.Name}",
            OriginKind.CommandLine => $"option {origin.Name}",
            OriginKind.Default => "configuration",
            _ => origin.Name,
        };
        text.Append(CultureInfo.InvariantCulture, $"{place}: {(finding.Kind == FindingKind.Mistake ? "error" : "note")}: {Printable(finding.Message)}\n");
        if (origin.File is { } file && origin.Line >= 1 && origin.Line <= file.Lines.Count)
        {
            AppendLine(text, file.Lines[origin.Line - 1], finding);
        }

        if (finding.Help is not null)
        {
            text.Append(CultureInfo.InvariantCulture, $"    {Printable(finding.Help)}\n");
        }
    }

    private static void AppendLine(StringBuilder text, string line, Finding finding)
    {
        var column = finding.Origin.Column - 1;
        var (shown, caret) = Excerpt(line, finding, column);
        shown = Printable(shown);
        if (shown.Length > MaxLineLength)
        {
            shown = shown[..MaxLineLength] + "...";
        }

        var number = finding.Origin.Line.ToString(CultureInfo.InvariantCulture);
        text.Append(CultureInfo.InvariantCulture, $"  {number} | {shown}\n");
        if (caret >= 0 && caret < shown.Length)
        {
            var mark = new string('^', Math.Clamp(finding.Length, 1, shown.Length - caret));
            text.Append(CultureInfo.InvariantCulture, $"  {new string(' ', number.Length)} | {new string(' ', caret)}{mark}\n");
        }
    }

    /// <summary>What may be shown of a line, and where in it the spot is.</summary>
    private static (string Shown, int Caret) Excerpt(string line, Finding finding, int column)
    {
        // A line with braces may hold other keys' secrets: only the spot itself is shown.
        if (HasBraces(line) && !finding.IsSecret && column >= 0 && column < line.Length)
        {
            return ($"... {Secrets.HideWithin(line.Substring(column, Math.Min(finding.Length, line.Length - column)))} ...", 4);
        }

        if (finding.IsUnknownKey && column >= 0 && column + finding.Length <= line.Length)
        {
            var isWhole = line[(column + finding.Length)..].Trim() is "" or ":";
            return (line[..(column + finding.Length)] + (isWhole ? ":" : ": ..."), column);
        }

        return (Secrets.HideInLine(line, finding.IsSecret), column);
    }

    /// <summary>Other braces than those of <c>${NAME}</c>.</summary>
    private static bool HasBraces(string line) => line.Replace("${", "", StringComparison.Ordinal).Contains('{');

    /// <summary>Keeps a file from steering the terminal.</summary>
    private static string Printable(string line) => string.Create(line.Length, line, static (span, source) =>
    {
        for (var i = 0; i < source.Length; i++)
        {
            span[i] = char.IsControl(source[i]) ? ' ' : source[i];
        }
    });
}
