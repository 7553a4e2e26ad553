using Stagedoor.Host.Configuration.Types;

namespace Stagedoor.Host.Configuration.Sections;

/// <summary>A top-level section of the configuration and the types that read it.</summary>
internal sealed record Section(string Name, IReadOnlyList<Type> Types)
{
    public IReadOnlyList<Shape> Shapes { get; } = [.. Types.Select(Shape.Of)];
}

/// <summary>The portal's own sections. A plugin cannot have one of these names as its id.</summary>
internal static class HostSections
{
    public static IReadOnlyList<Section> All() =>
    [
        new("portal", [typeof(PortalOptions)]),
        new("server", [typeof(ServerOptions)]),
        new("data", [typeof(DataOptions)]),
        new("database", [typeof(DatabaseOptions)]),
        new("identity", [typeof(IdentityOptions)]),
        new("plugins", [typeof(PluginsOptions)]),
        new("environments", [typeof(EnvironmentsOptions)]),
        new("jobs", [typeof(JobsOptions)]),
        new("operations", [typeof(OperationsOptions)]),
        new("telemetry", [typeof(TelemetryOptions)]),
        new("logging", [typeof(LoggingOptions)]),
    ];
}
