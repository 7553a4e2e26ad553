using Stagedoor.Plugins;

namespace Stagedoor.Host.CommandLine;

/// <summary>Ends a command with a message for the person at the terminal and an <see cref="ExitCode"/>.</summary>
internal sealed class CommandFailure(int exitCode, string message, Exception? inner = null) : Exception(message, inner)
{
    public int ExitCode { get; } = exitCode;
}
