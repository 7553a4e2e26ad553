using Microsoft.Extensions.DependencyInjection;
using Stagedoor.Catalog.Model.Kinds;
using Stagedoor.Plugins;

namespace Stagedoor.Catalog.Index;

internal static class IndexServices
{
    public static IServiceCollection AddIndex(this IServiceCollection services)
    {
        services.AddSingleton<CatalogIndex>();
        services.AddSingleton(provider => new InMemoryCatalog(
            provider.GetRequiredService<CatalogIndex>(), provider.GetRequiredService<IReadFilter>(), () => provider.GetRequiredService<KnownKinds>().Model));
        services.AddSingleton<ICatalog>(provider => provider.GetRequiredService<InMemoryCatalog>());
        return services;
    }
}
