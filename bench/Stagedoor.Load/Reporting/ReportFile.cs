using System.Globalization;
using System.Text.Json;

namespace Stagedoor.Load.Reporting;

/// <summary>Where the report of a run is put: in the folder <c>--out</c>, by the day and by what was measured.</summary>
internal static class ReportFile
{
    private static readonly JsonSerializerOptions Indented = new(JsonSerializerDefaults.Web) { WriteIndented = true, IncludeFields = true };

    /// <param name="figures">What the report is made of, for programs; they stand beside it.</param>
    public static async Task Write(Arguments arguments, DateTimeOffset now, string what, string report, object? figures, CancellationToken cancellationToken)
    {
        var folder = Directory.CreateDirectory(arguments.Text("--out")).FullName;
        var file = Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"{now:yyyy-MM-dd}-{what}.md"));
        await File.WriteAllTextAsync(file, report, cancellationToken);
        if (figures is not null)
        {
            await File.WriteAllTextAsync(Path.ChangeExtension(file, ".json"), JsonSerializer.Serialize(figures, Indented), cancellationToken);
        }

        Console.WriteLine(report);
        Console.Error.WriteLine($"Written to {file}");
    }
}
