using Stagedoor.Plugins;

namespace Stagedoor.Sources;

/// <summary>The one place that reaches outside: repositories over git, and HTTP to allowed hosts.</summary>
public sealed class SourcesPlugin : IPlugin
{
    public PluginInfo Info { get; } = new("sources", "Sources", "Reads repositories and addresses outside the portal, and nothing that is not allowed.");

    public void Configure(PluginBuilder plugin) => ArgumentNullException.ThrowIfNull(plugin);
}
