using Microsoft.Extensions.DependencyInjection;

namespace Stagedoor.Catalog.Index;

internal static class IndexServices
{
    public static IServiceCollection AddIndex(this IServiceCollection services) => services.AddSingleton<CatalogIndex>();
}
