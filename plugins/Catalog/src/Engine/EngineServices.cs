using Microsoft.Extensions.DependencyInjection;
using Stagedoor.Catalog.Api.Reading;
using Stagedoor.Catalog.Engine.History;
using Stagedoor.Catalog.Engine.Refreshing;
using Stagedoor.Catalog.Engine.Sources;
using Stagedoor.Catalog.Engine.Store;
using Stagedoor.Catalog.Reading;

namespace Stagedoor.Catalog.Engine;

internal static class EngineServices
{
    public static IServiceCollection AddEngine(this IServiceCollection services)
    {
        services.AddSingleton<PlaceStore>();
        services.AddSingleton<TellingWork>();
        services.AddSingleton<ChangeLog>();
        services.AddSingleton<PlaceReaders>();
        services.AddSingleton<IPlaceReader, ContributedPlaces>();
        services.AddSingleton<ModelVersion>();
        services.AddSingleton<KindRules>();
        services.AddSingleton<RefreshWork>();
        services.AddSingleton<FileProcessing>();
        services.AddSingleton<BatchCommit>();
        services.AddSingleton<Withdrawing>();
        services.AddSingleton<PlaceRefresh>();
        services.AddSingleton<ConfiguredLocations>();
        services.AddSingleton<SourceList>();
        services.AddSingleton<Removal>();
        services.AddSingleton<Locations>();
        services.AddSingleton<LocationPreview>();
        services.AddSingleton<IAncestry, Ancestry>();
        services.AddSingleton<EntityOrigins>();
        services.AddSingleton<EntityHistory>();
        services.AddSingleton<Restoring>();
        services.AddSingleton<SourceBoard>();
        services.AddSingleton<Steering>();
        return services;
    }
}
