namespace Stagedoor.Testing.Processes;

/// <summary>Copies a folder with all that is below it, over what is there.</summary>
public static class FolderCopy
{
    /// <summary>Folders of the names that are left out are so at every depth.</summary>
    public static void Make(string from, string to, params IReadOnlyCollection<string> leavingOut)
    {
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            var relative = Path.GetRelativePath(from, file);
            if (relative.Split(Path.DirectorySeparatorChar).Any(leavingOut.Contains))
            {
                continue;
            }

            var copy = Path.Combine(to, relative);
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy, overwrite: true);
        }
    }
}
