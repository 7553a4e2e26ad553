using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Stagedoor.Host.Starting;
using Stagedoor.Plugins;

namespace Stagedoor.Host.People;

/// <summary>What the host needs to know the people and groups of the organisation.</summary>
internal static class PeopleServices
{
    public static IServiceCollection AddPeople(this IServiceCollection services, PortalSetup setup)
    {
        services.TryAddSingleton(TimeProvider.System);
        var sample = SampleOrganisation.Directory(setup);
        services.AddSingleton(provider => new CatalogDirectory(
            sample, provider, provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILogger<CatalogDirectory>>()));
        services.AddSingleton<IDirectory>(provider => provider.GetRequiredService<CatalogDirectory>());
        services.AddSingleton<IBackgroundPart>(provider => provider.GetRequiredService<CatalogDirectory>());
        return services;
    }

    /// <summary>What the host's own pseudo-plugin contributes for people.</summary>
    public static void Contribute(PluginBuilder portal) => portal.On<CatalogChanged, FollowCatalog>();
}
