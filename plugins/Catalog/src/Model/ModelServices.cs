using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Stagedoor.Catalog.Model.Kinds;
using Stagedoor.Plugins;

namespace Stagedoor.Catalog.Model;

/// <summary>Registers what understands entities.</summary>
internal static class ModelServices
{
    public static IServiceCollection AddModel(this IServiceCollection services)
    {
        services.AddSingleton(provider =>
        {
            var options = provider.GetRequiredService<IOptions<CatalogOptions>>().Value;
            var contributed = provider.GetRequiredService<ICatalogContributions>();
            return new KnownKinds(
                [.. options.Kinds.Select(kind => kind.ToKind()), .. contributed.Kinds], [.. options.Fields.Select(field => field.ToField()), .. contributed.Fields]);
        });
        services.AddSingleton(provider => new EntityFiles(provider.GetRequiredService<KnownKinds>(), provider.GetRequiredService<ICatalogContributions>().Processors));
        services.AddSingleton<Wire.EntityValidation>();
        return services;
    }
}
