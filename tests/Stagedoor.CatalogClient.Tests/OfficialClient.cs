using System.Diagnostics;
using System.Security.Cryptography;
using Stagedoor.Testing.Processes;

namespace Stagedoor.CatalogClient.Tests;

/// <summary>Backstage's published client: its packages, installed once, and its scripts, run to their end.</summary>
internal static class OfficialClient
{
    private static readonly string Folder = Path.Combine(BuildOutput.Root, "tests/Stagedoor.CatalogClient.Tests/node");
    private static readonly SemaphoreSlim Installing = new(1, 1);

    /// <summary>Runs a script and fails with all that it printed if it does not end well.</summary>
    public static async Task<string> Run(string script, IReadOnlyList<string> arguments, IReadOnlyDictionary<string, string> variables, CancellationToken cancellationToken)
    {
        var node = Needs.Node();
        await Install(node, cancellationToken);
        var (exitCode, output) = await Start(node, [Path.Combine(Folder, script), .. arguments], variables, cancellationToken);
        if (exitCode != 0)
        {
            Assert.Fail($"{script} ended with exit code {exitCode}:\n{output}");
        }

        return output;
    }

    private static async Task Install(string node, CancellationToken cancellationToken)
    {
        await Installing.WaitAsync(cancellationToken);
        try
        {
            // npm ci begins by removing everything, so it runs only for another lock file.
            var locked = Convert.ToHexStringLower(SHA256.HashData(await File.ReadAllBytesAsync(Path.Combine(Folder, "package-lock.json"), cancellationToken)));
            var stamp = Path.Combine(Folder, "node_modules/.installed");
            if (File.Exists(stamp) && await File.ReadAllTextAsync(stamp, cancellationToken) == locked)
            {
                return;
            }

            var (exitCode, output) = await Start(Path.Combine(Path.GetDirectoryName(node)!, "npm"), ["ci"], new Dictionary<string, string>(), cancellationToken);
            if (exitCode != 0)
            {
                throw new InvalidOperationException($"npm ci could not install the official client, exit code {exitCode}:\n{output}");
            }

            await File.WriteAllTextAsync(stamp, locked, cancellationToken);
        }
        finally
        {
            Installing.Release();
        }
    }

    private static async Task<(int ExitCode, string Output)> Start(
        string program, IReadOnlyList<string> arguments, IReadOnlyDictionary<string, string> variables, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = Folder, RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false,
        };
        // A proxy of this machine has nothing to do with a portal on loopback.
        start.Environment["NO_PROXY"] = "127.0.0.1,localhost";
        foreach (var (name, value) in variables)
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        try
        {
            var said = process.StandardOutput.ReadToEndAsync(cancellationToken);
            var complained = process.StandardError.ReadToEndAsync(cancellationToken);
            await process.WaitForExitAsync(cancellationToken);
            return (process.ExitCode, await said + await complained);
        }
        finally
        {
            process.Kill(entireProcessTree: true);
        }
    }
}
