using Microsoft.Extensions.DependencyInjection;
using Stagedoor.Catalog.Model;
using Stagedoor.Catalog.Model.Kinds;
using Stagedoor.Catalog.Validate;
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
        plugin.Services.AddModel();
        plugin.OnStart((services, _) =>
        {
            // A kind or field that cannot be used is told at the start, not at the first file.
            services.GetRequiredService<KnownKinds>();
            return Task.CompletedTask;
        });
        plugin.Command("catalog", "Check catalog files, and work with the catalog of a portal.", ValidateCommand.Add);
    }
}
