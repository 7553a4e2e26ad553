using Stagedoor.Catalog.Reading.Patterns;

namespace Stagedoor.Catalog.Reading.Files;

/// <summary>What the target of a file place stands for: a folder to start from, and what to read below it.</summary>
/// <param name="Include">Patterns below the folder; the name of the one file if there is only one.</param>
internal sealed record FileTarget(string Folder, IReadOnlyList<string> Include, FileTargetKind Kind)
{
    private static readonly string[] CatalogFiles = ["catalog-info.yaml", "catalog-info.yml"];

    public string FullPath => Kind == FileTargetKind.File ? Path.Combine(Folder, Include[0]) : Folder;

    public static FileTarget Of(FileRoots roots, string target)
    {
        // A file or folder may have a name that looks like a pattern.
        var full = roots.Full(target);
        if (Directory.Exists(full))
        {
            return new FileTarget(full, CatalogFiles, FileTargetKind.Folder);
        }

        if (!Glob.IsPattern(target) || File.Exists(full))
        {
            return new FileTarget(Path.GetDirectoryName(full) ?? full, [Path.GetFileName(full)], FileTargetKind.File);
        }

        var (folder, pattern) = Glob.Split(target.Replace('\\', Path.DirectorySeparatorChar));
        return new FileTarget(roots.Full(folder.Length == 0 ? "." : folder), [pattern], FileTargetKind.Pattern);
    }
}

internal enum FileTargetKind
{
    File,
    Folder,
    Pattern,
}
