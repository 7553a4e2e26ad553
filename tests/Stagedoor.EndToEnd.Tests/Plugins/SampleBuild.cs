using System.Diagnostics;
using Stagedoor.Testing.Processes;

namespace Stagedoor.EndToEnd.Tests.Plugins;

/// <summary>
/// Builds the sample of a third party as its author would: outside this repository and against the packed packages, or
/// compiled into the executable from the same sources. Nothing of it is left in the repository's folders.
/// </summary>
internal sealed class SampleBuild : IDisposable
{
    private readonly DirectoryInfo _work = Directory.CreateTempSubdirectory("stagedoor-sample-");

    /// <summary>What <c>dotnet publish</c> of the plugin leaves.</summary>
    public async Task<string> Publish(CancellationToken cancellationToken)
    {
        foreach (var project in new[] { "src/Stagedoor.Plugins", "src/Stagedoor.UI" })
        {
            await DotNet(BuildOutput.Root, ["pack", project, "-c", "Release", "-o", In("feed")], cancellationToken);
        }

        // Ours from the feed and nowhere else; what they need from where this machine has it, so that no network is asked.
        await File.WriteAllTextAsync(
            In("nuget.config"),
            $"""
            <configuration>
              <packageSources>
                <clear />
                <add key="packed" value="{In("feed")}" />
                <add key="restored" value="{RestoredPackages}" />
              </packageSources>
              <packageSourceMapping>
                <packageSource key="packed"><package pattern="Stagedoor.*" /></packageSource>
                <packageSource key="restored"><package pattern="*" /></packageSource>
              </packageSourceMapping>
            </configuration>
            """,
            cancellationToken);
        FolderCopy.Make(Path.Combine(BuildOutput.Root, "samples", "Birthdays"), In("Birthdays"), "bin", "obj");
        await DotNet(
            In("Birthdays"),
            [
                "publish", "src/Acme.Birthdays.csproj", "-c", "Release", "-o", In("published"),
                $"-p:RestoreConfigFile={In("nuget.config")}", $"-p:RestorePackagesPath={In("packages")}",
            ],
            cancellationToken);
        return In("published");
    }

    /// <summary>A first-party plugin, published as if it were anybody's. The build of the solution has built it.</summary>
    public async Task<string> PublishFirstParty(string project, CancellationToken cancellationToken)
    {
        await DotNet(BuildOutput.Root, ["publish", project, "-c", BuildOutput.Configuration, "--no-build", "-o", In("first-party")], cancellationToken);
        return In("first-party");
    }

    /// <summary>The executable with the sample compiled in.</summary>
    public async Task<string> CompileIn(CancellationToken cancellationToken)
    {
        await DotNet(
            BuildOutput.Root,
            [
                "publish", "src/Stagedoor", "-c", "Release", "-o", In("portal"), "-p:WithBirthdays=true",
                $"-p:ArtifactsPath={In("artifacts")}", "-p:UseArtifactsOutput=true",
                // The build of the solution has analysed all of it already.
                "-p:RunAnalyzers=false",
                // One more reference makes other lock files; those of the repository stay as they are.
                "-p:RestorePackagesWithLockFile=false", "-p:RestoreLockedMode=false", "-p:NuGetLockFilePath=none.lock.json",
            ],
            cancellationToken);
        return In("portal");
    }

    public void Dispose() => _work.Delete(recursive: true);

    private static string RestoredPackages =>
        Environment.GetEnvironmentVariable("NUGET_PACKAGES") is { Length: > 0 } folder
            ? folder
            : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");

    private string In(string name) => Path.Combine(_work.FullName, name);

    private static async Task DotNet(string folder, IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo("dotnet", [.. arguments, "-nologo", "-nodeReuse:false", "-v:quiet"])
        {
            WorkingDirectory = folder,
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync(cancellationToken);
        var errors = process.StandardError.ReadToEndAsync(cancellationToken);
        await process.WaitForExitAsync(cancellationToken);

        process.ExitCode.ShouldBe(0, $"dotnet {string.Join(' ', arguments)}\n{await output}{await errors}");
    }
}
