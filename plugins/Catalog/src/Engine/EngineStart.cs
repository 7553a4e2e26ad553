using Microsoft.Extensions.DependencyInjection;
using Stagedoor.Catalog.Engine.Feeding;
using Stagedoor.Catalog.Engine.Sources;
using Stagedoor.Catalog.Model.Kinds;

namespace Stagedoor.Catalog.Engine;

/// <summary>Fills this replica's index and brings the sources up to the configuration, before the portal says it is ready.</summary>
internal static class EngineStart
{
    public static async Task Run(IServiceProvider services, CancellationToken cancellationToken)
    {
        // A kind or field that cannot be used is told at the start, not at the first file.
        services.GetRequiredService<KnownKinds>();
        await services.GetRequiredService<SourceList>().Synchronise(cancellationToken);
        await services.GetRequiredService<IndexFeed>().Load(cancellationToken);
    }
}
