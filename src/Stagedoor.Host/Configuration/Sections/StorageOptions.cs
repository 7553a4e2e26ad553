using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Stagedoor.Host.Configuration.Types;
using Stagedoor.Plugins;

namespace Stagedoor.Host.Configuration.Sections;

/// <summary>Where the portal keeps its files.</summary>
[Description("Where the portal keeps its files.")]
internal sealed class DataOptions
{
    [Description("The data directory. --data wins over it.")]
    [RelativePath]
    public string? Directory { get; set; }
}

/// <summary>The database.</summary>
[Description("The database. Without a connection string it is a SQLite file in the data directory.")]
internal sealed class DatabaseOptions
{
    [Description("A connection string of PostgreSQL, such as Host=db;Database=stagedoor;Username=stagedoor;Password=${DB_PASSWORD}.")]
    [Secret]
    public string? Postgres { get; set; }

    [Description("The most connections to PostgreSQL that this replica opens.")]
    [Range(2, 1000)]
    public int MaxConnections { get; set; } = 50;
}

/// <summary>Plugins that do not come with the portal.</summary>
[Description("Plugins that do not come with the portal, and those not wanted.")]
internal sealed class PluginsOptions
{
    [Description("The folder that holds one folder for each plugin. Default: plugins in the data directory.")]
    [RelativePath]
    public string? Folder { get; set; }

    [Description("The ids of plugins that are not to be started, first-party ones included.")]
    public IReadOnlyList<string> Disabled { get; set; } = [];
}
