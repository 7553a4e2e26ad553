using Microsoft.Extensions.FileSystemGlobbing;

namespace Stagedoor.Catalog.Validate;

/// <summary>Finds the files to check: those that are named, and in folders those that look like catalog files.</summary>
internal static class CatalogFileSearch
{
    private static readonly string[] Names = ["**/catalog-info.yaml", "**/catalog-info.yml"];
    private static readonly string[] NeverThere = ["**/.git/**", "**/node_modules/**", "**/bin/**", "**/obj/**"];

    /// <exception cref="ValidateException">A path names nothing.</exception>
    public static IReadOnlyList<string> Find(string workingDirectory, IReadOnlyList<string> paths, IReadOnlyList<string> patterns)
    {
        var found = new List<string>();
        foreach (var path in paths.Select(path => Path.GetFullPath(path, workingDirectory)))
        {
            if (File.Exists(path))
            {
                found.Add(path);
            }
            else if (Directory.Exists(path))
            {
                found.AddRange(InFolder(path, patterns));
            }
            else
            {
                throw new ValidateException($"There is no file or folder {Path.GetRelativePath(workingDirectory, path)}.");
            }
        }

        return found.Count > 0
            ? [.. found.Distinct(StringComparer.Ordinal)]
            : throw new ValidateException($"No catalog file lies in {string.Join(", ", paths.Select(path => $"'{path}'"))}. Looked for {string.Join(", ", Names.Concat(patterns))}; --pattern looks for others.");
    }

    private static IEnumerable<string> InFolder(string folder, IReadOnlyList<string> patterns)
    {
        var matcher = new Matcher(StringComparison.Ordinal);
        matcher.AddIncludePatterns(Names.Concat(patterns));
        matcher.AddExcludePatterns(NeverThere);
        return matcher.GetResultsInFullPath(folder).Order(StringComparer.Ordinal);
    }
}
