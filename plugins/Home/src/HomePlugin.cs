using Stagedoor.Plugins;

namespace Stagedoor.Home;

public sealed class HomePlugin : IPlugin
{
    public PluginInfo Info { get; } = new("home", "Home", "The page one starts from.") { Owner = "Stagedoor" };

    public void Configure(PluginBuilder plugin) =>
        plugin.Navigation(new NavigationItem("Home", "/") { Icon = "home", Order = 0, Shortcut = 'h' });
}
