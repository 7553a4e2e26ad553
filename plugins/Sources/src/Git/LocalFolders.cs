using Stagedoor.Plugins;

namespace Stagedoor.Sources.Git;

/// <summary>Repositories of this machine, read where they are; only below the allowed roots.</summary>
internal sealed class LocalFolders(SourcesOptions options, IPortalFolders folders)
{
    private readonly string _configurationFolder = folders.Configuration;
    private readonly IReadOnlyList<string> _roots = SampleRepositories.Folder(folders) is { } sample ? [.. options.Roots, sample] : options.Roots;

    public string? WhyNot(string path)
    {
        if (RealPath.Of(path) is { } real)
        {
            return IsAllowed(real) ? null : Refusal(path, real);
        }

        // What is not there may come to be, where it may be.
        return IsAllowed(Path.GetFullPath(path)) ? null : Refusal(path, path);
    }

    /// <summary>The folder that git calls the repository: of a working tree the <c>.git</c> in it.</summary>
    /// <exception cref="OutboundException">There is none, or it may not be read.</exception>
    public string Find(string path)
    {
        if (WhyNot(path) is { } reason)
        {
            throw new OutboundException(reason, isPassing: false);
        }

        var folder = GitFolder(path);
        if (folder is null)
        {
            throw Directory.Exists(path)
                ? new OutboundException($"{path} is not a git repository.", isPassing: false)
                : new OutboundException($"There is no folder {path}.", isPassing: false) { IsMissing = true };
        }

        // A worktree keeps its objects with the repository that it belongs to.
        var common = Path.Combine(folder, "commondir");
        var objects = File.Exists(common) ? Path.GetFullPath(File.ReadAllText(common).Trim(), folder) : folder;
        return (WhyNot(folder) ?? WhyNot(objects)) is { } refusal ? throw new OutboundException(refusal, isPassing: false) : folder;
    }

    public IReadOnlyList<RepositoryAddress> In(string folder)
    {
        var full = Path.GetFullPath(folder, _configurationFolder);
        if (WhyNot(full) is { } reason)
        {
            throw new OutboundException(reason, isPassing: false);
        }

        try
        {
            return
            [
                .. Directory.EnumerateDirectories(full)
                    .Where(below => GitFolder(below) is { } repository && WhyNot(repository) is null)
                    .Order(StringComparer.Ordinal)
                    .Select(below => new RepositoryAddress("file://" + below)),
            ];
        }
        catch (DirectoryNotFoundException e)
        {
            throw new OutboundException($"There is no folder {full}.", isPassing: false, e) { IsMissing = true };
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new OutboundException($"{full} cannot be read: {e.Message}", isPassing: true, e);
        }
    }

    private static string? GitFolder(string path)
    {
        var inside = Path.Combine(path, ".git");
        if (File.Exists(inside))
        {
            // A worktree, or a submodule: the file says where its repository is.
            using var reader = new StreamReader(inside);
            var line = reader.ReadLine() ?? "";
            return line.StartsWith("gitdir: ", StringComparison.Ordinal) ? Path.GetFullPath(line["gitdir: ".Length..].Trim(), path) : null;
        }

        return IsRepository(inside) ? inside : IsRepository(path) ? path : null;
    }

    private static bool IsRepository(string path) =>
        File.Exists(Path.Combine(path, "HEAD")) && Directory.Exists(Path.Combine(path, "objects")) && Directory.Exists(Path.Combine(path, "refs"));

    private bool IsAllowed(string path) => _roots.Any(root =>
    {
        var full = Path.GetFullPath(root, _configurationFolder);
        var real = Path.TrimEndingDirectorySeparator(RealPath.Of(full) ?? full);
        return path == real || path.StartsWith(real + Path.DirectorySeparatorChar, StringComparison.Ordinal);
    });

    private string Refusal(string path, string real) =>
        $"{path}{(path == real ? "" : $" leads to {real}, which")} is not in a folder whose repositories may be read{(options.Roots.Count == 0 ? "" : $" ({string.Join(", ", options.Roots)})")}. Add it to sources.roots, or move it.";
}
