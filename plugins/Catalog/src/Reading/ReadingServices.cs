using Microsoft.Extensions.DependencyInjection;
using Stagedoor.Catalog.Reading.Files;
using Stagedoor.Catalog.Reading.Git;
using Stagedoor.Catalog.Reading.Urls;

namespace Stagedoor.Catalog.Reading;

/// <summary>Registers the readers of all types of places, each as itself and as <see cref="IPlaceReader"/>.</summary>
internal static class ReadingServices
{
    /// <param name="roots">Which folders files may be read from, as the configuration says.</param>
    internal static IServiceCollection AddReading(this IServiceCollection services, Func<IServiceProvider, FileRoots> roots)
    {
        services.AddSingleton(roots);
        services.AddSingleton<ReadingLimits>();
        services.AddSingleton<RepositoryReading>();
        services.AddSingleton<UrlReader>();
        services.AddSingleton<IAddressReading>(provider => provider.GetRequiredService<UrlReader>());
        services.AddSingleton<FolderWatches>();
        services.AddSingleton<FileReader>();
        services.AddSingleton<IPlaceReader>(provider => provider.GetRequiredService<FileReader>());
        services.AddSingleton<IPlaceReader>(provider => provider.GetRequiredService<UrlReader>());
        services.AddSingleton<IPlaceReader, GitReader>();
        services.AddSingleton<IPlaceReader, GitFolderReader>();
        services.AddSingleton<IPlaceReader, GitListReader>();
        return services;
    }
}
