namespace Stagedoor.Host.Configuration;

/// <summary>Where the data lies when nobody says.</summary>
internal static class DataDirectory
{
    private const string SourceTreeMark = "Stagedoor.slnx";

    /// <summary>
    /// In Development, below the source tree the executable was built in, where git ignores it: a fresh clone runs
    /// without touching anything else. Otherwise where the system keeps a user's data.
    /// </summary>
    public static string Default(bool isDevelopment, IReadOnlyDictionary<string, string> variables, string executableDirectory, string workingDirectory)
    {
        if (isDevelopment && FindSourceTree(executableDirectory) is { } tree)
        {
            return Path.Combine(tree, "data");
        }

        if (variables.GetValueOrDefault("XDG_DATA_HOME") is { Length: > 0 } data && Path.IsPathRooted(data))
        {
            return Path.Combine(data, "stagedoor");
        }

        if (OperatingSystem.IsWindows() && variables.GetValueOrDefault("LOCALAPPDATA") is { Length: > 0 } local)
        {
            return Path.Combine(local, "stagedoor");
        }

        return variables.GetValueOrDefault("HOME") is { Length: > 0 } home
            ? Path.Combine(home, ".local", "share", "stagedoor")
            : Path.Combine(workingDirectory, "data");
    }

    private static string? FindSourceTree(string start)
    {
        for (var directory = new DirectoryInfo(start); directory is not null; directory = directory.Parent)
        {
            if (File.Exists(Path.Combine(directory.FullName, SourceTreeMark)))
            {
                return directory.FullName;
            }
        }

        return null;
    }
}
