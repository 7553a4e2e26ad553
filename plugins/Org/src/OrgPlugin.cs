using Stagedoor.Plugins;

namespace Stagedoor.Org;

/// <summary>Groups and people: who belongs where, and what they own.</summary>
public sealed class OrgPlugin : IPlugin
{
    public PluginInfo Info { get; } = new("org", "Org", "Who belongs where, and what they own.") { Owner = "Stagedoor" };

    public void Configure(PluginBuilder plugin)
    {
        ArgumentNullException.ThrowIfNull(plugin);
    }
}
