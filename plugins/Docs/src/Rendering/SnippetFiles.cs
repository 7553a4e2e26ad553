using Stagedoor.Docs.Markdown.Before;
using Stagedoor.Docs.Sites;
using Stagedoor.Docs.Sites.Files;

namespace Stagedoor.Docs.Rendering;

/// <summary>
/// Fetches the files that a page includes before it is rendered, since rendering waits for nothing: only those below the
/// folder of the site, whole, by lines (<c>file.md:3:7</c>) or by a section (<c>file.md:name</c>).
/// </summary>
internal sealed class SnippetFiles(ISiteFiles files, SiteSettings settings)
{
    private const int MostRounds = 20;
    private const int MostFiles = 500;
    private const int MostLength = 1024 * 1024;

    private readonly Dictionary<string, string?> _texts = new(StringComparer.Ordinal);

    public string? Text(string name) => _texts.GetValueOrDefault(name);

    public async Task Fetch(string page, CancellationToken cancellationToken)
    {
        for (var round = 0; round < MostRounds; round++)
        {
            var missing = new HashSet<string>(StringComparer.Ordinal);
            new Snippets(name => _texts.TryGetValue(name, out var known) ? known : Missing(name), []).Include(page);
            if (missing.Count == 0 || _texts.Count >= MostFiles)
            {
                return;
            }

            foreach (var name in missing.Take(MostFiles - _texts.Count).ToList())
            {
                _texts[name] = await Find(name, cancellationToken);
            }

            string? Missing(string name)
            {
                missing.Add(name);
                return null;
            }
        }
    }

    private async Task<string?> Find(string name, CancellationToken cancellationToken)
    {
        if (await Whole(name, cancellationToken) is { } whole)
        {
            return whole;
        }

        var parts = name.Split(':');
        return parts.Length is 2 or 3 && await Whole(parts[0], cancellationToken) is { } text ? PartOf(text.Split('\n'), parts[1..]) : null;
    }

    private async Task<string?> Whole(string name, CancellationToken cancellationToken)
    {
        foreach (var folder in settings.SnippetFolders)
        {
            if (SitePath.Combine(folder, name) is { } path && !SitePath.IsHidden(path) && (settings.Folder.Length == 0 || SitePath.IsBelow(path, settings.Folder))
                && await files.Find(path, cancellationToken) is { Kind: SiteFileKind.File, Size: <= MostLength } file
                && await files.Read(file, cancellationToken) is { } content)
            {
                return PageText.Of(content).Text;
            }
        }

        return null;
    }

    private static string? PartOf(string[] lines, string[] parts)
    {
        if (parts.All(part => part.Length == 0 || int.TryParse(part, out _)))
        {
            var first = int.TryParse(parts[0], out var start) ? Math.Max(1, start) : 1;
            var last = parts.Length > 1 ? (int.TryParse(parts[1], out var end) ? end : lines.Length) : lines.Length;
            return string.Join('\n', lines.Skip(first - 1).Take(Math.Max(0, last - first + 1)));
        }

        var begin = Array.FindIndex(lines, line => line.Contains($"--8<-- [start:{parts[0]}]", StringComparison.Ordinal));
        var stop = Array.FindIndex(lines, line => line.Contains($"--8<-- [end:{parts[0]}]", StringComparison.Ordinal));
        return begin < 0 ? null : string.Join('\n', lines[(begin + 1)..(stop > begin ? stop : lines.Length)]);
    }
}
