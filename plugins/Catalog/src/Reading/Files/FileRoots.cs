using Stagedoor.Sources;

namespace Stagedoor.Catalog.Reading.Files;

/// <summary>The folders that files may be read from, and the folder that relative targets are relative to.</summary>
/// <param name="BaseFolder">Of the configuration, or the one the portal was started in.</param>
internal sealed record FileRoots(string BaseFolder, IReadOnlyList<string> Allowed)
{
    // Following the links of the roots for each of ten thousand files would cost more than reading them.
    private string[]? _real;

    /// <summary>The full path of a target, as it is written: links in it are not followed.</summary>
    public string Full(string target) => Path.GetFullPath(target, Path.GetFullPath(BaseFolder));

    public bool Allows(string realPath)
    {
        if (_real is { } known && known.Any(root => IsBelow(realPath, root)))
        {
            return true;
        }

        // Before refusing, look again: a root may have come to be, or lead elsewhere now.
        _real = [.. Allowed.Select(root => RealPath.Of(Full(root)) ?? Full(root))];
        return _real.Any(root => IsBelow(realPath, root));
    }

    /// <summary>The root that a path, as it is written, stands below; nothing if there is none.</summary>
    public string? RootOf(string fullPath) =>
        Allowed.FirstOrDefault(root => IsBelow(fullPath, Full(root)) || IsBelow(RealPath.Of(fullPath) ?? fullPath, RealPath.Of(Full(root)) ?? Full(root)));

    /// <summary>Only the root that a file came from.</summary>
    public FileRoots Around(string fullPath) => this with { Allowed = RootOf(fullPath) is { } root ? [root] : [], _real = null };

    public string WhyNot(string path) => Allowed.Count == 0
        ? $"{path} is on this machine, and no folder of it may be read. Add the folder to catalog.roots."
        : $"{path} is outside of the folders that may be read ({string.Join(", ", Allowed)}). Add its folder to catalog.roots, or move it.";

    private static bool IsBelow(string path, string root)
    {
        root = Path.TrimEndingDirectorySeparator(root);
        return string.Equals(path, root, StringComparison.Ordinal)
            || path.StartsWith(root.EndsWith(Path.DirectorySeparatorChar) ? root : root + Path.DirectorySeparatorChar, StringComparison.Ordinal);
    }
}
