namespace Stagedoor.Catalog.Reading.Git;

/// <summary>Paths inside a repository, which have no way out of it.</summary>
internal static class RepositoryPaths
{
    /// <summary>A path relative to a file; one that begins with a slash is relative to the repository.</summary>
    /// <exception cref="PlaceException">It leads out of the repository.</exception>
    public static string Beside(string file, string relative)
    {
        var parts = new List<string>();
        if (!relative.StartsWith('/'))
        {
            parts.AddRange(file.Split('/')[..^1]);
        }

        foreach (var part in relative.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            if (part == ".." && parts.Count == 0)
            {
                throw new PlaceException($"{relative} leads out of the repository that {file} is in. A file may only name files of its own repository.", isGone: false);
            }

            if (part == "..")
            {
                parts.RemoveAt(parts.Count - 1);
            }
            else if (part != ".")
            {
                parts.Add(part);
            }
        }

        return string.Join('/', parts);
    }
}
