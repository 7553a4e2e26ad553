using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Stagedoor.Docs.Api;
using Stagedoor.Docs.Commands;
using Stagedoor.Docs.Coverage;
using Stagedoor.Docs.Finding;
using Stagedoor.Docs.Pages;
using Stagedoor.Docs.Icons;
using Stagedoor.Docs.Pages.List;
using Stagedoor.Docs.Pages.Parts;
using Stagedoor.Docs.Pages.Reader;
using Stagedoor.Docs.Places;
using Stagedoor.Docs.Reading;
using Stagedoor.Docs.Rendering;
using Stagedoor.Plugins;

namespace Stagedoor.Docs;

/// <summary>Documentation without a build: the Markdown in a repository is the site.</summary>
public sealed partial class DocsPlugin : IPlugin
{
    /// <summary>The catalog's own: who may see an entity may read its documentation.</summary>
    internal const string ReadName = "catalog.entity.read";

    internal static readonly Permission Read = new(ReadName, "See entities, their history, and where they come from.");

    public PluginInfo Info { get; } = new("docs", "Docs", "Reads the documentation of entities from their repositories.") { Owner = "Stagedoor", Needs = ["catalog"] };

    /// <summary>Whether what colours code and draws formulas and diagrams was there when this was built.</summary>
    internal static bool HasLibraries { get; } = typeof(DocsPlugin).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Any(data => data.Key == "NpmAssets");

    public void Configure(PluginBuilder plugin)
    {
        ArgumentNullException.ThrowIfNull(plugin);
        plugin.Options<DocsOptions>();
        plugin.Services.AddDocsReading();
        plugin.Services.AddSingleton<IconLibrary>();
        plugin.Services.AddSingleton<OwnerNames>();
        plugin.Services.AddSingleton<DocsListing>();
        plugin.Services.AddSingleton<SiteReader>();
        plugin.Navigation(new NavigationItem("Docs", DocsAddress.List) { Icon = "docs", Order = 11, Permission = Read, Shortcut = 'd' });
        plugin.Slot(EntitySlots.Tabs, typeof(DocsTab), title: "Docs", order: 5, permission: Read, name: DocsAddress.Tab, when: HasDocs.Of);
        plugin.Api(api =>
        {
            api.MapParts();
            api.MapFiles();
            api.MapDiagrams();
            api.MapLive();
        });
        plugin.CompatibleApi(TechDocsApi.Prefix, api => api.MapTechDocs());
        plugin.Search<DocsSearch>();
        plugin.Background<WarmRendering>();
        plugin.Services.AddSingleton<CoverageStore>();
        plugin.Services.AddSingleton<CoverageReading>();
        plugin.Job<CheckCoverage>(
            new JobSchedule { Every = TimeSpan.FromMinutes(30), InitialDelay = TimeSpan.FromSeconds(30), Jitter = TimeSpan.FromMinutes(1), Timeout = TimeSpan.FromMinutes(30) },
            "Looks at all documentation: what is missing, old, broken or out of reach.");
        plugin.Command("docs", "Check and preview documentation of this machine.", DocsCommands.Add);
        plugin.OnStart((services, _) =>
        {
            if (!HasLibraries)
            {
                LogWithoutLibraries(services.GetRequiredService<ILoggerFactory>().CreateLogger<DocsPlugin>());
            }

            return Task.CompletedTask;
        });
    }

    [LoggerMessage(LogLevel.Warning, "Documentation is shown without colours in code, drawn formulas, diagrams and icons: npm was not there when the portal was built. Install Node.js with npm and build again.")]
    private static partial void LogWithoutLibraries(ILogger logger);
}
