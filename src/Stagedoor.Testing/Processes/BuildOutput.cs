namespace Stagedoor.Testing.Processes;

/// <summary>Finds what the build has left, for tests that run it as a process.</summary>
public static class BuildOutput
{
    public static string Root { get; } = Up(AppContext.BaseDirectory, "Stagedoor.slnx")
        ?? throw new DirectoryNotFoundException($"There is no Stagedoor.slnx above {AppContext.BaseDirectory}. These tests run inside the repository.");

    /// <summary>The configuration that this test was built in.</summary>
    public static string Configuration { get; } =
        AppContext.BaseDirectory.Contains($"{Path.DirectorySeparatorChar}Debug{Path.DirectorySeparatorChar}", StringComparison.Ordinal) ? "Debug" : "Release";

    /// <summary>The output of a project in that configuration.</summary>
    public static string Of(string project) => Path.Combine(Root, project, "bin", Configuration, "net10.0");

    private static string? Up(string folder, string file)
    {
        for (var at = new DirectoryInfo(folder); at is not null; at = at.Parent)
        {
            if (File.Exists(Path.Combine(at.FullName, file)))
            {
                return at.FullName;
            }
        }

        return null;
    }
}
