using System.Diagnostics;

namespace Stagedoor.EndToEnd.Tests.Catalog;

/// <summary>A folder with entity files that a portal reads, and repositories beside them.</summary>
internal sealed class EntityFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("stagedoor-entities-").FullName;

    public string Configuration =>
        $"""
        catalog:
          locations:
            - type: file
              target: {Path}/files/*.yaml

        """;

    public static string Component(string name, string owner) =>
        $$"""
        apiVersion: backstage.io/v1alpha1
        kind: Component
        metadata: {name: {{name}}}
        spec: {type: service, lifecycle: production, owner: {{owner}}}

        """;

    public void Write(string name, string text)
    {
        Directory.CreateDirectory(System.IO.Path.Combine(Path, "files"));
        File.WriteAllText(System.IO.Path.Combine(Path, "files", name), text);
    }

    public void Delete(string name) => File.Delete(System.IO.Path.Combine(Path, "files", name));

    /// <summary>Makes a repository with some files and tells its address.</summary>
    public string Repository(params IEnumerable<(string Name, string Text)> files)
    {
        var repository = System.IO.Path.Combine(Path, "repository");
        foreach (var (name, text) in files)
        {
            var file = System.IO.Path.Combine(repository, name);
            Directory.CreateDirectory(System.IO.Path.GetDirectoryName(file)!);
            File.WriteAllText(file, text);
        }

        Git(repository, "init", "-q", "-b", "main");
        Git(repository, "add", "-A");
        Git(repository, "-c", "user.name=Mae Albrecht", "-c", "user.email=mae@example.com", "commit", "-q", "-m", "All of it");
        return $"file://{repository}";
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);

    private static void Git(string folder, params string[] arguments)
    {
        using var git = Process.Start(new ProcessStartInfo("git", arguments) { WorkingDirectory = folder, Environment = { ["GIT_CONFIG_GLOBAL"] = "/dev/null", ["GIT_CONFIG_NOSYSTEM"] = "1" } })!;
        git.WaitForExit();
        if (git.ExitCode != 0)
        {
            throw new InvalidOperationException($"git {string.Join(' ', arguments)} failed.");
        }
    }
}
