using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Stagedoor.Home.Announcements;
using Stagedoor.Home.Cards;
using Stagedoor.Home.GettingStarted;
using Stagedoor.Home.Links;
using Stagedoor.Home.Owned;
using Stagedoor.Home.Squads;
using Stagedoor.Home.Starred;
using Stagedoor.Home.Start;
using Stagedoor.Home.Visited;
using Stagedoor.Plugins;

namespace Stagedoor.Home;

/// <summary>The page one starts from: a greeting, a search box, what is yours, what is new, and cards that any plugin may add.</summary>
public sealed class HomePlugin : IPlugin
{
    internal const string AnnounceName = "home.announce";

    internal static readonly Permission Announce = new(AnnounceName, "Write announcements for everybody's start page.");

    public PluginInfo Info { get; } = new("home", "Home", "The page one starts from.") { Owner = "Stagedoor" };

    public void Configure(PluginBuilder plugin)
    {
        plugin.Options<HomeOptions>();
        plugin.Permission(Announce, Role.Administrator);
        plugin.Services.AddSingleton<AnnouncementStore>();
        plugin.Services.AddSingleton<AnnouncementBoard>();
        plugin.Services.AddSingleton<HomeCatalog>();
        plugin.Navigation(new NavigationItem("Home", "/") { Icon = "home", Order = 0, Shortcut = 'h' });
        plugin.SettingsPage(new NavigationItem("Announcements", AnnouncementsPage.Address) { Icon = "bell", Order = 60, Permission = Announce });
        plugin.Action(new ActionItem("Write an announcement", AnnouncementEditPage.New) { Icon = "plus", Detail = "For everybody's start page", Permission = Announce });
        plugin.Slot(HomeSlots.Cards, typeof(AnnouncementsCard), order: 0, span: 12);
        plugin.Slot(HomeSlots.Cards, typeof(LinksCard), order: 10, span: 12);
        plugin.Slot(HomeSlots.Cards, typeof(OwnedCard), order: 20, span: 8);
        plugin.Slot(HomeSlots.Cards, typeof(StarredCard), order: 30, span: 4);
        plugin.Slot(HomeSlots.Cards, typeof(VisitedCard), order: 40, span: 4);
        plugin.Slot(HomeSlots.Cards, typeof(YourSquadsCard), order: 50, span: 4);
        plugin.Slot(HomeSlots.Cards, typeof(GettingStartedCard), order: 60, span: 4);
        plugin.Api(api => api.MapPost("/announcements/{id}/dismiss", DismissAnnouncement.Handle).WithName("DismissAnnouncement").WithSummary("Puts an announcement away for you."));
    }
}
