using Stagedoor.Host.Configuration;

namespace Stagedoor.Host.CommandLine;

internal enum Sample
{
    None,
    Polaris,
}

/// <summary>What the command line says about starting a portal.</summary>
internal sealed record ServeSettings
{
    /// <summary><c>--config</c>, in order.</summary>
    public IReadOnlyList<string> ConfigFiles { get; init; } = [];

    /// <summary><c>--data</c>, as it was written.</summary>
    public string? DataDirectory { get; init; }

    /// <summary><c>--urls</c>.</summary>
    public IReadOnlyList<string> Urls { get; init; } = [];

    /// <summary>ASP.NET's environment: <c>--environment</c>, <c>ASPNETCORE_ENVIRONMENT</c>, <c>DOTNET_ENVIRONMENT</c>, or Production.</summary>
    public required string Environment { get; init; }

    public Sample Sample { get; init; }

    public required string WorkingDirectory { get; init; }

    public required IReadOnlyDictionary<string, string> Variables { get; init; }

    public required string ExecutableDirectory { get; init; }

    public bool IsDevelopment => string.Equals(Environment, "Development", StringComparison.OrdinalIgnoreCase);

    public LoadedConfiguration LoadConfiguration() => PortalConfiguration.Load(new ConfigurationRequest
    {
        Files = ConfigFiles,
        Sample = Sample == Sample.None ? null : People.SampleOrganisation.Configuration(ExecutableDirectory),
        Variables = Variables,
        WorkingDirectory = WorkingDirectory,
        DefaultDataDirectory = Configuration.DataDirectory.Default(IsDevelopment, Variables, ExecutableDirectory, WorkingDirectory),
        DataDirectory = DataDirectory,
        Urls = Urls,
    });
}
