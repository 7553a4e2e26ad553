using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Stagedoor.Plugins;

namespace Stagedoor.Catalog.Validate;

/// <summary>How <c>catalog validate</c> tells what it has found.</summary>
internal enum ReportFormat
{
    Text,
    Json,

    /// <summary>Workflow commands, which GitHub shows beside the lines of a pull request.</summary>
    Github,

    /// <summary>A code quality report, which GitLab shows in a merge request.</summary>
    Gitlab,
}

/// <summary>Writes the findings of <c>catalog validate</c>.</summary>
internal static class Report
{
    private static readonly JsonSerializerOptions Readable = new(JsonSerializerDefaults.Web) { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static void Write(ValidationResult result, ReportFormat format, CommandOutput output)
    {
        switch (format)
        {
            case ReportFormat.Json:
                output.Line(JsonSerializer.Serialize(result.Findings.Select(Json), Readable));
                break;
            case ReportFormat.Gitlab:
                output.Line(JsonSerializer.Serialize(result.Findings.Select(GitLab), Readable));
                break;
            case ReportFormat.Github:
                foreach (var finding in result.Findings)
                {
                    output.Line(GitHub(finding));
                }

                break;
            default:
                WriteText(result, output);
                output.Line(Closing(result));
                return;
        }

        output.Note(Closing(result));
    }

    private static void WriteText(ValidationResult result, CommandOutput output)
    {
        foreach (var file in result.Findings.GroupBy(finding => finding.File, StringComparer.Ordinal))
        {
            foreach (var finding in file.OrderBy(finding => finding.Problem.Line))
            {
                var place = finding.Problem.Line == 0 ? finding.File : $"{finding.File}:{finding.Problem.Line}";
                output.Line($"{place}: {(finding.IsWarning ? "warning: " : "")}{finding.Text}");
            }

            output.Line("");
        }
    }

    private static string Closing(ValidationResult result)
    {
        var found = result is { Mistakes: 0, Warnings: 0 }
            ? "all is right"
            : string.Join(", ", new[] { (result.Mistakes, "mistake"), (result.Warnings, "warning") }.Where(one => one.Item1 > 0).Select(one => Count(one.Item1, one.Item2)));
        var elsewhere = result.Elsewhere == 0 ? "" : $" {(result.Elsewhere == 1 ? "1 target of a location lies elsewhere and was" : $"{result.Elsewhere} targets of locations lie elsewhere and were")} not read.";
        return $"{Count(result.Files, "file")}, {Count(result.Entities, "entity", "entities")}: {found}.{elsewhere}";
    }

    private static string Count(int number, string one, string? many = null) => $"{number} {(number == 1 ? one : many ?? one + "s")}";

    private static object Json(FileFinding finding) => new
    {
        finding.File,
        finding.Problem.Line,
        finding.Problem.Document,
        Level = finding.IsWarning ? "warning" : "error",
        Entity = finding.Problem.Entity?.ToString(),
        finding.Problem.Field,
        finding.Problem.Message,
    };

    private static string GitHub(FileFinding finding) =>
        $"::{(finding.IsWarning ? "warning" : "error")} file={Property(finding.File)},line={Math.Max(1, finding.Problem.Line)},title={Property(finding.Problem.Field.Length == 0 ? "Catalog" : finding.Problem.Field)}::{Data(finding.Text)}";

    private static string Data(string text) =>
        text.Replace("%", "%25", StringComparison.Ordinal).Replace("\r", "%0D", StringComparison.Ordinal).Replace("\n", "%0A", StringComparison.Ordinal);

    private static string Property(string text) => Data(text).Replace(":", "%3A", StringComparison.Ordinal).Replace(",", "%2C", StringComparison.Ordinal);

    private static object GitLab(FileFinding finding) => new Dictionary<string, object>
    {
        ["description"] = finding.Text,
        ["check_name"] = "catalog",
        // Without the line, so that GitLab knows a mistake again that has only moved.
        ["fingerprint"] = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{finding.File}\n{finding.Problem.Document}\n{finding.Text}")).AsSpan(0, 16)),
        ["severity"] = finding.IsWarning ? "minor" : "major",
        ["location"] = new { path = finding.File, lines = new { begin = Math.Max(1, finding.Problem.Line) } },
    };
}
