using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace Stagedoor.Load.Catalog.Life;

/// <summary>A generated catalog in files, and edits of it as a person or a pipeline makes them.</summary>
internal sealed class CatalogFiles : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("stagedoor-bench-catalog-");

    public string Target => Path.Combine(_folder.FullName, "catalog", "*", "*.yaml");

    public static async Task<CatalogFiles> Generate(string generator, int count, bool tiny, CancellationToken cancellationToken)
    {
        var files = new CatalogFiles();
        List<string> arguments = ["--out", files._folder.FullName, "--count", count.ToString(CultureInfo.InvariantCulture)];
        if (tiny)
        {
            arguments.Add("--tiny");
        }

        using var process = Process.Start(new ProcessStartInfo(generator, arguments) { UseShellExecute = false })!;
        await process.WaitForExitAsync(cancellationToken);
        return process.ExitCode == 0 ? files : throw new InvalidOperationException($"The generator ended with exit code {process.ExitCode}.");
    }

    /// <summary>Describes the components of one file anew. Tells where the last of them can be asked for.</summary>
    public string Describe(int file, string description, int most)
    {
        var path = Directory.EnumerateFiles(_folder.FullName, "entities-*.yaml", SearchOption.AllDirectories).Order(StringComparer.Ordinal).ElementAt(file);
        var text = new StringBuilder();
        var last = "";
        foreach (var document in File.ReadAllText(path).Split("\n---\n"))
        {
            text.Append(text.Length == 0 ? "" : "---\n");
            if (most == 0 || !document.Contains("\nkind: Component\n", StringComparison.Ordinal))
            {
                text.Append(document.TrimEnd('\n')).Append('\n');
                continue;
            }

            most--;
            var lines = document.TrimEnd('\n').Split('\n').Where(line => !line.StartsWith("  description: ", StringComparison.Ordinal)).ToList();
            lines.Insert(lines.IndexOf("metadata:") + 1, $"  description: {description}");
            last = $"entities/by-name/component/{Value(lines, "  namespace: ") ?? "default"}/{Value(lines, "  name: ")}";
            text.AppendJoin('\n', lines).Append('\n');
        }

        // As editors and git do it: whole, under another name, and then in its place.
        File.WriteAllText(path + ".new", text.ToString());
        File.Move(path + ".new", path, overwrite: true);
        return last;
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private static string? Value(List<string> lines, string key) =>
        lines.Find(line => line.StartsWith(key, StringComparison.Ordinal))?[key.Length..];
}
