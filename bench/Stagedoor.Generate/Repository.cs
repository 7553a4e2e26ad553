using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace Stagedoor.Generate;

/// <summary>Makes a bare git repository of one commit, the same commit for the same content.</summary>
internal static class Repository
{
    public static void Make(string folder, byte[] catalogFile)
    {
        Git(Path.GetTempPath(), input: null, "init", "--quiet", "--bare", "--initial-branch=main", folder);
        using var commit = new MemoryStream();
        commit.Write(Encoding.UTF8.GetBytes(string.Create(
            CultureInfo.InvariantCulture,
            $"commit refs/heads/main\ncommitter Ada Berg <ada-berg@polaris.example> 1760000000 +0000\ndata 12\nFirst commit\nM 644 inline catalog-info.yaml\ndata {catalogFile.Length}\n")));
        commit.Write(catalogFile);
        commit.WriteByte((byte)'\n');
        Git(folder, commit.ToArray(), "fast-import", "--quiet");
    }

    private static void Git(string folder, byte[]? input, params string[] arguments)
    {
        using var git = Process.Start(new ProcessStartInfo("git", arguments)
        {
            WorkingDirectory = folder, RedirectStandardInput = true, RedirectStandardError = true, UseShellExecute = false,
        })!;
        var complaints = git.StandardError.ReadToEndAsync(CancellationToken.None);
        if (input is not null)
        {
            git.StandardInput.BaseStream.Write(input);
        }

        git.StandardInput.Close();
        git.WaitForExit();
        if (git.ExitCode != 0)
        {
            throw new InvalidOperationException($"git {string.Join(' ', arguments)} ended with exit code {git.ExitCode}: {complaints.GetAwaiter().GetResult()}");
        }
    }
}
