using Microsoft.Extensions.DependencyInjection;
using Stagedoor.Plugins;

namespace Stagedoor.Catalog.Index;

/// <summary>The index and the catalog that is read from it.</summary>
internal static class IndexServices
{
    public static IServiceCollection AddCatalogIndex(this IServiceCollection services, Func<IServiceProvider, CatalogModel> model)
    {
        services.AddSingleton<CatalogIndex>();
        services.AddSingleton(provider => new InMemoryCatalog(
            provider.GetRequiredService<CatalogIndex>(), provider.GetRequiredService<IReadFilter>(), () => model(provider)));
        services.AddSingleton<ICatalog>(provider => provider.GetRequiredService<InMemoryCatalog>());
        return services;
    }
}
