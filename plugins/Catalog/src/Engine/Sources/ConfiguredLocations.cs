using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Stagedoor.Catalog.Reading.Files;
using Stagedoor.Plugins;
using Stagedoor.Sources;

namespace Stagedoor.Catalog.Engine.Sources;

/// <summary>The locations of the configuration, and the sample organisation if the portal was started with it.</summary>
internal sealed class ConfiguredLocations(IOptions<CatalogOptions> options, IPortalFolders folders)
{
    private static readonly IReadOnlyList<string> KindsOfTheSample =
        ["Component", "API", "Resource", "System", "Domain", "Group", "User", "Location", "Template", "AiResource"];

    /// <summary>What a sample sets in the portal lies beside its entities, and declares none.</summary>
    private const string OwnConfiguration = "stagedoor.yaml";

    /// <summary>The folder of the portal's own entity and docs, which are copied beside the sample.</summary>
    private const string PortalItself = "stagedoor";

    public IReadOnlyList<LocationOptions> OfOperator => options.Value.Locations;

    public IReadOnlyList<LocationOptions> OfSample => folders.Sample is { } sample
        ?
        [
            Sample("file", Path.Combine(sample, "*.yaml"), OwnConfiguration),
            Sample("file", Path.Combine(sample, PortalItself, "catalog-info.yaml")),
            Sample("git-folder", SampleRepositories.Folder(folders)!),
        ]
        : [];

    /// <summary>The folders that files may be read from: those that are configured, and the folder of each configured place.</summary>
    public static FileRoots Roots(IServiceProvider services)
    {
        var folders = services.GetRequiredService<IPortalFolders>();
        var options = services.GetRequiredService<IOptions<CatalogOptions>>().Value;
        var nowhere = new FileRoots(folders.Configuration, []);
        var locations = services.GetRequiredService<ConfiguredLocations>();
        var ofPlaces = locations.OfOperator.Concat(locations.OfSample).Where(location => location.Type == "file").Select(location => FileTarget.Of(nowhere, location.Target).Folder);
        var ofRepositories = options.Locations.Where(location => location.Type is "git-folder").Select(location => location.Target);
        return new FileRoots(folders.Configuration, [.. options.Roots.Concat(ofPlaces).Concat(ofRepositories).Distinct(StringComparer.Ordinal)]);
    }

    private static LocationOptions Sample(string type, string target, params IReadOnlyList<string> without) => new()
    {
        Type = type,
        Target = target,
        Exclude = without,
        Rules = [new RuleOptions { Allow = [.. KindsOfTheSample.Select(kind => new AllowedKind(kind, null))] }],
    };
}
