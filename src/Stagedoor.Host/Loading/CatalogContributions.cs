using Microsoft.Extensions.DependencyInjection;
using Stagedoor.Plugins;

namespace Stagedoor.Host.Loading;

/// <summary>Collects what the active plugins add to the catalog. A plugin that fails later keeps what it has added until the next start.</summary>
internal sealed class CatalogContributions(PluginRegistry plugins, IServiceProvider services) : ICatalogContributions
{
    public IReadOnlyList<EntityKind> Kinds => [.. plugins.Active.SelectMany(plugin => plugin.Contributions.Kinds)];

    public IReadOnlyList<EntityField> Fields => [.. plugins.Active.SelectMany(plugin => plugin.Contributions.Fields)];

    public IReadOnlyList<ContributedSource> Sources => [.. plugins.Active.SelectMany(plugin => plugin.Contributions.EntitySources)];

    public IReadOnlyList<IEntityProcessor> Processors =>
        [.. plugins.Active.SelectMany(plugin => plugin.Contributions.Processors).Select(type => (IEntityProcessor)services.GetRequiredService(type))];

    public IReadOnlyList<IDescriptorReader> DescriptorReaders =>
        [.. plugins.Active.SelectMany(plugin => plugin.Contributions.DescriptorReaders).Select(type => (IDescriptorReader)services.GetRequiredService(type))];
}
