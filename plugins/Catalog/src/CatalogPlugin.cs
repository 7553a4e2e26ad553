using Microsoft.Extensions.DependencyInjection;
using Stagedoor.Catalog.Api;
using Stagedoor.Catalog.Api.Changes;
using Stagedoor.Catalog.Api.History;
using Stagedoor.Catalog.Api.Hook;
using Stagedoor.Catalog.Api.Reading;
using Stagedoor.Catalog.Api.Sources;
using Stagedoor.Catalog.Api.Writing;
using Stagedoor.Catalog.Commands;
using Stagedoor.Catalog.Engine;
using Stagedoor.Catalog.Engine.Feeding;
using Stagedoor.Catalog.Engine.History;
using Stagedoor.Catalog.Engine.Refreshing;
using Stagedoor.Catalog.Engine.Sources;
using Stagedoor.Catalog.Index;
using Stagedoor.Catalog.Model;
using Stagedoor.Catalog.Model.Kinds;
using Stagedoor.Catalog.Pages;
using Stagedoor.Catalog.Pages.Detail;
using Stagedoor.Catalog.Pages.Detail.Definition;
using Stagedoor.Catalog.Pages.Detail.Head;
using Stagedoor.Catalog.Pages.Detail.Repository;
using Stagedoor.Catalog.Pages.List;
using Stagedoor.Catalog.Pages.List.Asking;
using Stagedoor.Catalog.Pages.List.Columns;
using Stagedoor.Catalog.Pages.Sources;
using Stagedoor.Catalog.Reading;
using Stagedoor.Catalog.Validate;
using Stagedoor.Catalog.Views;
using Stagedoor.Plugins;

namespace Stagedoor.Catalog;

/// <summary>What exists, who owns it, and what talks to what.</summary>
public sealed class CatalogPlugin : IPlugin
{
    public PluginInfo Info { get; } = new("catalog", "Catalog", "What exists, who owns it, and what talks to what.");

    public void Configure(PluginBuilder plugin)
    {
        ArgumentNullException.ThrowIfNull(plugin);
        plugin.Options<CatalogOptions>();
        CatalogPermissions.AddTo(plugin);
        plugin.Services.AddModel();
        plugin.Services.AddReading(ConfiguredLocations.Roots);
        plugin.Services.AddEngine();
        plugin.Services.AddCatalogIndex(services => services.GetRequiredService<KnownKinds>().Model);
        plugin.Services.AddSingleton<Visibility>();
        plugin.Services.AddSingleton<CatalogActivity>();
        plugin.Services.AddSingleton<Listing>();
        plugin.Services.AddSingleton<ListColumns>();
        plugin.Services.AddSingleton<ViewStore>();
        plugin.Services.AddSingleton<SavedViews>();
        plugin.Services.AddSingleton<IPersonalData, ViewsOfPerson>();
        plugin.Api(api =>
        {
            api.MapReading();
            api.MapWriting();
            api.MapHistory();
            api.MapChanges();
            api.MapSources();
            api.MapRefreshHook();
            api.MapPageDeeds();
            api.MapDefinitionText();
            api.MapSourceParts();
            api.MapViews();
            api.MapExport();
            api.MapPick();
            api.MapListColumns();
        });
        plugin.Command(
            "catalog",
            "Check catalog files, and work with the catalog of a portal.",
            catalog =>
            {
                ValidateCommand.Add(catalog);
                CatalogCommands.Add(catalog);
            });
        plugin.Navigation(new NavigationItem("Catalog", "/catalog") { Icon = "grid", Order = 10, Permission = CatalogPermissions.Read, Shortcut = 'c' });
        plugin.SettingsPage(new NavigationItem("Catalog", CatalogAddress.Settings) { Icon = "grid", Permission = CatalogPermissions.Administer });
        plugin.Action(new ActionItem("Register a location", CatalogAddress.Register) { Icon = "plus", Detail = "Add entities to the catalog", Permission = CatalogPermissions.Register });
        plugin.Search<CatalogSearch>();
        plugin.AddDetail();
        plugin.OnStart(EngineStart.Run);
        plugin.OnStart((services, _) =>
        {
            services.GetRequiredService<ListColumns>().Check(services.GetRequiredService<KnownKinds>().Model);
            return Task.CompletedTask;
        });
        plugin.Background<PlaceWorker>();
        plugin.Background<PlaceWatch>();
        plugin.Background<IndexFeed>();
        plugin.Job<ReadDuePlaces>(new JobSchedule { Every = TimeSpan.FromSeconds(10), InitialDelay = TimeSpan.FromSeconds(2), Timeout = TimeSpan.FromMinutes(1) }, "Sends for the places whose time has come.");
        plugin.Job<SweepOrphans>(new JobSchedule { Every = TimeSpan.FromSeconds(15), InitialDelay = TimeSpan.FromSeconds(2), Timeout = TimeSpan.FromMinutes(10) }, "Finds entities that nothing names any more.");
        plugin.Job<PruneHistory>(new JobSchedule { Cron = "0 40 3 * * ?", Timeout = TimeSpan.FromHours(1) }, "Forgets what is older than history is to reach back.");
    }
}
