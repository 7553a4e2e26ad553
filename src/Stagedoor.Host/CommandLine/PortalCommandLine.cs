using System.CommandLine;
using System.CommandLine.Completions;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using System.Runtime.InteropServices;
using Stagedoor.Host.CommandLine.Commands;
using Stagedoor.Host.CommandLine.Output;
using Stagedoor.Host.CommandLine.Parsing;
using Stagedoor.Host.Configuration;
using Stagedoor.Host.Loading;
using Stagedoor.Plugins;

namespace Stagedoor.Host.CommandLine;

/// <summary>The command line: <c>serve</c> by default, commands about this machine, and commands about a running portal.</summary>
internal static class PortalCommandLine
{
    /// <summary>Runs a command until it ends or somebody presses Ctrl-C; a second Ctrl-C ends the process at once.</summary>
    public static async Task<int> Run(string[] args, CommandLineParts parts)
    {
        using var stop = new CancellationTokenSource();
        void Stop(PosixSignalContext signal)
        {
            signal.Cancel = !stop.IsCancellationRequested;
            stop.Cancel();
        }

        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        return await Run(args, parts, stop.Token);
    }

    public static async Task<int> Run(string[] args, CommandLineParts parts, CancellationToken cancellationToken)
    {
        var once = parts with { Plugins = Once(parts.Plugins) };
        var output = new TerminalOutput(parts.Terminal, OutputFormat.Table);
        try
        {
            var tree = new CommandTree(once);
            var result = tree.Parse(args);
            if (tree.NeedsPlugins(result))
            {
                AddPluginCommands(tree, result, once, output);
                result = tree.Parse(args);
            }

            if (result.Action is ParseErrorAction || (result.Errors.Count > 0 && result.Action is not { ClearsParseErrors: true }))
            {
                return CommandTree.Refuse(result, output);
            }

            var running = new InvocationConfiguration
            {
                Output = parts.Terminal.Out,
                Error = parts.Terminal.Error,
                EnableDefaultExceptionHandler = false,
                ProcessTerminationTimeout = null,
            };
            return await result.InvokeAsync(running, cancellationToken);
        }
        catch (CommandFailure failure)
        {
            output.Error(failure.Message);
            return failure.ExitCode;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return ExitCode.Interrupted;
        }
    }

    /// <summary>Without its plugins the command line is poorer, and everything else in it still works.</summary>
    private static void AddPluginCommands(CommandTree tree, ParseResult result, CommandLineParts parts, TerminalOutput output)
    {
        try
        {
            foreach (var refusal in tree.AddPluginCommands(parts.Plugins(tree.Start.Read(result).LoadConfiguration())))
            {
                output.Note(refusal);
            }
        }
        catch (CommandFailure failure)
        {
            output.Note(failure.Message);
        }
    }

    private static Func<LoadedConfiguration, IReadOnlyList<LoadedPlugin>> Once(Func<LoadedConfiguration, IReadOnlyList<LoadedPlugin>> find)
    {
        IReadOnlyList<LoadedPlugin>? found = null;
        return configuration =>
        {
            try
            {
                return found ??= find(configuration);
            }
            catch (Exception fault) when (fault is not CommandFailure)
            {
                throw new CommandFailure(ExitCode.Failed, $"The plugins cannot be found: {fault.Message}", fault);
            }
        };
    }
}
