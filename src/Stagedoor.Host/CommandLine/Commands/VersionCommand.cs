using System.CommandLine;
using System.Runtime.InteropServices;
using Stagedoor.Host.CommandLine.Output;
using Stagedoor.Host.CommandLine.Parsing;
using Stagedoor.Plugins;

namespace Stagedoor.Host.CommandLine.Commands;

/// <summary><c>version</c>: which Stagedoor this is, and on what it runs.</summary>
internal static class VersionCommand
{
    private static readonly CommandColumn<Build>[] Fields =
    [
        new("stagedoor", build => build.Version),
        new("runtime", build => build.Runtime),
        new("system", build => build.System),
    ];

    public static PortalCommand Create(CommandLineParts parts, Option<OutputFormat?> output)
    {
        var command = new PortalCommand("version", "Tell the version of this executable.", PortalCommand.Here);
        command.Add(output);
        command.SetAction(result =>
        {
            var build = new Build(parts.Version, RuntimeInformation.FrameworkDescription, $"{RuntimeInformation.OSDescription} {RuntimeInformation.OSArchitecture.ToString().ToLowerInvariant()}");
            new TerminalOutput(parts.Terminal, result.GetValue(output) ?? OutputFormat.Table).Item(build, Fields);
            return ExitCode.Ok;
        });
        return command;
    }

    private sealed record Build(string Version, string Runtime, string System);
}
