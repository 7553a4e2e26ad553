namespace Stagedoor.Catalog.Validate;

/// <summary>What a file may name by a path: the repository it lies in, or else the folder that is being checked. As in a portal, nothing outside is read.</summary>
internal sealed class Neighbourhood(string workingDirectory)
{
    private const long MostBytes = Model.Documents.DocumentLimits.MaxBytes;

    private readonly Dictionary<string, string> _roots = new(StringComparer.Ordinal);

    /// <summary>The file that a path in another one means.</summary>
    /// <exception cref="IOException">It may not be read.</exception>
    public string Resolve(string file, string relative)
    {
        if (relative.Contains("://", StringComparison.Ordinal))
        {
            throw new IOException("it is an address, and only a portal reads those");
        }

        var folder = Path.GetDirectoryName(file)!;
        var path = Path.GetFullPath(relative, folder);
        var root = RootOf(folder);
        if (!IsBelow(path, root))
        {
            throw new IOException($"it lies outside of {Path.GetFileName(root)}, where a portal does not read it");
        }

        var real = File.Exists(path) ? File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName : null;
        return real is null || IsBelow(real, root) ? path : throw new IOException("it is a link that leads outside, where a portal does not read it");
    }

    public async Task<ReadOnlyMemory<byte>> ReadBeside(string file, string relative, CancellationToken cancellationToken)
    {
        var path = Resolve(file, relative);
        var length = File.Exists(path) ? new FileInfo(path).Length : throw new FileNotFoundException("there is no such file");
        return length <= MostBytes ? await File.ReadAllBytesAsync(path, cancellationToken) : throw new IOException($"it has more than {MostBytes / 1024 / 1024} MB");
    }

    private static bool IsBelow(string path, string root) => path.StartsWith(root.TrimEnd(Path.DirectorySeparatorChar) + Path.DirectorySeparatorChar, StringComparison.Ordinal);

    private string RootOf(string folder)
    {
        if (_roots.TryGetValue(folder, out var known))
        {
            return known;
        }

        var root = IsBelow(folder + Path.DirectorySeparatorChar, workingDirectory) ? workingDirectory : folder;
        for (var above = new DirectoryInfo(folder); above is not null; above = above.Parent)
        {
            if (Path.Exists(Path.Combine(above.FullName, ".git")))
            {
                root = above.FullName;
                break;
            }
        }

        return _roots[folder] = root;
    }
}
