using System.CommandLine;
using Stagedoor.Host.CommandLine.Parsing;
using Stagedoor.Plugins;

namespace Stagedoor.Host.CommandLine;

/// <summary>A command as it runs: its inputs, its output, its portal.</summary>
internal sealed class RunningContext(RunningCommand command, CommandOutput output, PortalClient portal, string workingDirectory) : CommandContext
{
    public override CommandOutput Output { get; } = output;

    public override PortalClient Portal { get; } = portal;

    public override string WorkingDirectory { get; } = workingDirectory;

    public override T? Value<T>(CommandInput<T> input)
        where T : default => command.Inputs.GetValueOrDefault(input) switch
        {
            Option<T> option => command.Result.GetValue(option),
            Argument<T> argument => command.Result.GetValue(argument),
            _ => throw new InvalidOperationException($"'{input.Name}' is not an input of this command."),
        };
}
