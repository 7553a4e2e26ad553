using Stagedoor.Plugins;

namespace Stagedoor.Graph;

/// <summary>What talks to what: the catalog's relations as a picture, and what depends on what.</summary>
public sealed class GraphPlugin : IPlugin
{
    public PluginInfo Info { get; } = new("graph", "Graph", "What talks to what, and what depends on it.") { Owner = "Stagedoor" };

    public void Configure(PluginBuilder plugin)
    {
        ArgumentNullException.ThrowIfNull(plugin);
    }
}
