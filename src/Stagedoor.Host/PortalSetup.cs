using Microsoft.Extensions.Logging;
using Stagedoor.Host.CommandLine;
using Stagedoor.Host.Configuration;
using Stagedoor.Plugins;

namespace Stagedoor.Host;

/// <summary>Everything a portal is built from.</summary>
internal sealed record PortalSetup
{
    public required LoadedConfiguration Configuration { get; init; }

    public required IReadOnlyList<IPlugin> FirstParty { get; init; }

    /// <summary>ASP.NET's environment. Only in <c>Development</c> is anybody signed in without being configured.</summary>
    public required string Environment { get; init; }

    public Sample Sample { get; init; }

    /// <summary>Further logging, or other logging: a test collects it.</summary>
    public Action<ILoggingBuilder>? Logging { get; init; }

    public bool IsDevelopment => string.Equals(Environment, "Development", StringComparison.OrdinalIgnoreCase);

    /// <summary>Where the executable and what travels with it lies.</summary>
    public string BaseDirectory { get; init; } = AppContext.BaseDirectory;
}

/// <summary>The portal cannot start, for a reason that whoever started it can mend.</summary>
internal sealed class CannotStartException(string message, int exitCode = ExitCode.Failed) : Exception(message)
{
    public int ExitCode { get; } = exitCode;
}
