using System.Diagnostics;

namespace Stagedoor.Sources.Tests.Serving;

/// <summary>A real repository with a working tree, to commit to.</summary>
public sealed class SampleRepository
{
    public SampleRepository(string path, bool isBare = false)
    {
        Path = path;
        Directory.CreateDirectory(path);
        Git(isBare ? ["init", "-q", "--bare", "-b", "main"] : ["init", "-q", "-b", "main"]);
    }

    public string Path { get; }

    public string Url => $"file://{Path}";

    public string Git(params string[] arguments)
    {
        var start = new ProcessStartInfo("git", arguments)
        {
            WorkingDirectory = Path, RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false,
            Environment =
            {
                ["GIT_AUTHOR_NAME"] = "Mae Albrecht", ["GIT_AUTHOR_EMAIL"] = "mae@example.com", ["GIT_COMMITTER_NAME"] = "Mae Albrecht",
                ["GIT_COMMITTER_EMAIL"] = "mae@example.com", ["GIT_CONFIG_GLOBAL"] = "/dev/null", ["GIT_CONFIG_NOSYSTEM"] = "1",
            },
        };
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        process.WaitForExit();
        return process.ExitCode == 0 ? output.Result.Trim() : throw new InvalidOperationException($"git {string.Join(' ', arguments)}: {error.Result}");
    }

    public void Write(string path, string content)
    {
        var full = System.IO.Path.Combine(Path, path);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(full)!);
        File.WriteAllText(full, content);
    }

    /// <summary>Writes a file, commits it, and tells the commit.</summary>
    public string Commit(string path, string content, string message = "A change")
    {
        Write(path, content);
        Git("add", "-A");
        Git("commit", "-q", "-m", message);
        return Git("rev-parse", "HEAD");
    }
}
