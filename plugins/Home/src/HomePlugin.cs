using Stagedoor.Home.Links;
using Stagedoor.Home.Squads;
using Stagedoor.Home.Start;
using Stagedoor.Plugins;

namespace Stagedoor.Home;

/// <summary>The page one starts from: a greeting, a search box, and cards that any plugin may add.</summary>
public sealed class HomePlugin : IPlugin
{
    public PluginInfo Info { get; } = new("home", "Home", "The page one starts from.") { Owner = "Stagedoor" };

    public void Configure(PluginBuilder plugin)
    {
        plugin.Options<HomeOptions>();
        plugin.Navigation(new NavigationItem("Home", "/") { Icon = "home", Order = 0, Shortcut = 'h' });
        plugin.Slot(HomeSlots.Cards, typeof(YourSquadsCard), order: 10, span: 8);
        plugin.Slot(HomeSlots.Cards, typeof(GettingAroundCard), order: 20, span: 4);
        plugin.Slot(HomeSlots.Cards, typeof(LinksCard), order: 30, span: 12);
    }
}
