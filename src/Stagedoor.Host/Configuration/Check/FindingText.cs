using System.Globalization;
using System.Text;

namespace Stagedoor.Host.Configuration.Check;

/// <summary>Writes findings for a terminal: where, what, the line with a caret below the spot, and what would be right.</summary>
internal static class FindingText
{
    private const int MaxLineLength = 160;

    public static string Write(IReadOnlyCollection<Finding> findings)
    {
        var text = new StringBuilder();
        foreach (var finding in findings)
        {
            Append(text, finding);
            text.Append('\n');
        }

        var mistakes = findings.Count(finding => finding.Kind == FindingKind.Mistake);
        if (mistakes > 0)
        {
            text.Append(CultureInfo.InvariantCulture, $"{(mistakes == 1 ? "1 mistake" : $"{mistakes} mistakes")} in the configuration.\n");
        }

        return text.ToString();
    }

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
        text.Append(CultureInfo.InvariantCulture, $"{place}: {(finding.Kind == FindingKind.Mistake ? "error" : "note")}: {finding.Message}\n");
        if (origin.File is { } file && origin.Line >= 1 && origin.Line <= file.Lines.Count)
        {
            AppendLine(text, file.Lines[origin.Line - 1], finding);
        }

        if (finding.Help is not null)
        {
            text.Append(CultureInfo.InvariantCulture, $"    {finding.Help}\n");
        }
    }

    private static void AppendLine(StringBuilder text, string line, Finding finding)
    {
        var shown = Printable(Secrets.HideInLine(line, finding.IsSecret));
        if (shown.Length > MaxLineLength)
        {
            shown = shown[..MaxLineLength] + "...";
        }

        var number = finding.Origin.Line.ToString(CultureInfo.InvariantCulture);
        var margin = new string(' ', number.Length);
        text.Append(CultureInfo.InvariantCulture, $"  {number} | {shown}\n");
        var column = finding.Origin.Column - 1;
        if (column >= 0 && column < shown.Length)
        {
            var caret = new string('^', Math.Clamp(finding.Length, 1, shown.Length - column));
            text.Append(CultureInfo.InvariantCulture, $"  {margin} | {new string(' ', column)}{caret}\n");
        }
    }

    /// <summary>Keeps a file from steering the terminal.</summary>
    private static string Printable(string line) => string.Create(line.Length, line, static (span, source) =>
    {
        for (var i = 0; i < source.Length; i++)
        {
            span[i] = char.IsControl(source[i]) ? ' ' : source[i];
        }
    });
}
