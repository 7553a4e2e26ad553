using Stagedoor.Host.Configuration;
using Stagedoor.Host.Loading;

namespace Stagedoor.Host.CommandLine;

/// <summary>What the command line needs from outside: the portal to serve, the plugins, and the world around the process.</summary>
internal sealed record CommandLineParts
{
    /// <summary>Serves the portal until the token says stop; returns the exit code.</summary>
    public required Func<ServeSettings, CancellationToken, Task<int>> Serve { get; init; }

    /// <summary>
    /// Finds the plugins, for their commands and their sections of the configuration. Called only by what needs them,
    /// and at most once.
    /// </summary>
    public required Func<LoadedConfiguration, IReadOnlyList<LoadedPlugin>> Plugins { get; init; }

    public Terminal Terminal { get; init; } = Terminal.OfProcess();

    public IReadOnlyDictionary<string, string> Variables { get; init; } = ConfigurationRequest.ProcessVariables();

    public string WorkingDirectory { get; init; } = Environment.CurrentDirectory;

    public string ExecutableDirectory { get; init; } = AppContext.BaseDirectory;

    public string Version { get; init; } = typeof(CommandLineParts).Assembly.GetName().Version?.ToString(3) ?? "0.0.0";

    public TimeProvider Time { get; init; } = TimeProvider.System;

    public string? Variable(string name) => Variables.GetValueOrDefault(name) is { Length: > 0 } value ? value : null;
}
