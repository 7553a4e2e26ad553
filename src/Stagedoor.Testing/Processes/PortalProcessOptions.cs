namespace Stagedoor.Testing.Processes;

/// <summary>How a portal is started as a process.</summary>
public sealed record PortalProcessOptions
{
    /// <summary>ASP.NET's environment.</summary>
    public string Environment { get; init; } = "Development";

    /// <summary>The sample organisation: <c>none</c> makes one a guest with full rights in Development.</summary>
    public string Sample { get; init; } = "none";

    /// <summary>The text of a configuration file.</summary>
    public string? Configuration { get; init; }

    /// <summary>A connection string. Nothing: SQLite in the data directory.</summary>
    public string? Postgres { get; init; }

    /// <summary>Folders of published plugins, copied into the portal's <c>plugins/</c>.</summary>
    public IReadOnlyList<string> PluginFolders { get; init; } = [];

    /// <summary>Given, it is kept when the portal is disposed; left empty, a temporary one is made and removed.</summary>
    public string? DataDirectory { get; init; }

    /// <summary>The folder of the executable. Nothing: what was published for the tests, or what was built.</summary>
    public string? Executable { get; init; }

    public string? WorkingDirectory { get; init; }

    public int? Port { get; init; }

    /// <summary>Further arguments of <c>serve</c>.</summary>
    public IReadOnlyList<string> Arguments { get; init; } = [];

    public IReadOnlyDictionary<string, string?> Variables { get; init; } = new Dictionary<string, string?>();
}
