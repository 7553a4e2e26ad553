using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Stagedoor.Host.Loading.List;
using Stagedoor.Host.Shell.Find;
using Stagedoor.Plugins;

namespace Stagedoor.Host;

/// <summary>What the host itself contributes, through the same contract as everybody.</summary>
internal sealed class PortalPlugin(bool withSample) : IPlugin
{
    public static readonly Permission ManagePlugins = new("portal.manage-plugins", "See all plugins, and disable them.");

    /// <summary>From here on a link of the sidebar stands below those of plugins and of the company.</summary>
    public const int LastInNavigation = 9000;

    public PluginInfo Info { get; } = new("portal", "Portal", "The house: settings, jobs, operations, audit, search.") { Owner = "Stagedoor" };

    public void Configure(PluginBuilder plugin)
    {
        plugin.Permission(ManagePlugins, Role.Administrator);
        plugin.Navigation(new NavigationItem("Settings", "/settings") { Icon = "settings", Group = "Portal", Order = LastInNavigation, Shortcut = 's' });
        plugin.SettingsPage(new NavigationItem("You", "/settings") { Icon = "person", Order = 0 });
        plugin.SettingsPage(new NavigationItem("Plugins", "/settings/plugins") { Icon = "plug", Order = 10, Permission = ManagePlugins });
        plugin.Navigation(new NavigationItem("Component gallery", "/ui") { Icon = "grid", Group = "Portal", Order = LastInNavigation + 100, Permission = ManagePlugins });
        if (withSample)
        {
            plugin.Action(new ActionItem("Be someone else", "/settings/person") { Icon = "people", Detail = "See the portal with the eyes of another person of the sample organisation" });
        }

        plugin.Action(new ActionItem("Choose light or dark", "/settings") { Icon = "moon", Detail = "How the portal looks to you" });
        People.PeopleServices.Contribute(plugin);
        Jobs.JobsServices.Contribute(plugin);
        Operations.OperationsServices.Contribute(plugin);
        Audit.AuditServices.Contribute(plugin);
        Secrets.SecretsServices.Contribute(plugin);
        Notifications.NotificationsServices.Contribute(plugin);
        Marks.MarksServices.Contribute(plugin);
        plugin.Api(api =>
        {
            api.MapGet("/ping", () => TypedResults.Text("pong")).WithName("Ping").WithSummary("Answers at once");
            api.MapGet("/palette", PaletteApi.Handle).WithName("Palette").WithSummary("What the palette shows for a text");
            api.MapGet("/plugins", PluginsApi.Handle).Requires(ManagePlugins).WithName("ListPlugins").WithSummary("All plugins, and how they are doing");
        });
    }
}
