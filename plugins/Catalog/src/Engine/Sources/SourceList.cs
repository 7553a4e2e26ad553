using Stagedoor.Catalog.Engine.Refreshing;
using Stagedoor.Catalog.Engine.Store;
using Stagedoor.Plugins;

namespace Stagedoor.Catalog.Engine.Sources;

/// <summary>Brings the sources in the store up to the configuration and the plugins there are, on each start.</summary>
internal sealed class SourceList(IDatabase database, PlaceStore places, RefreshWork work, ICatalogContributions contributions, ConfiguredLocations locations, TimeProvider time)
{
    public async Task Synchronise(CancellationToken cancellationToken)
    {
        var wanted = locations.OfOperator.Select(location => Configured(location, Ranks.Configured))
            .Concat(contributions.Sources.Select(Contributed))
            .Concat(locations.OfSample.Select(location => Configured(location, Ranks.Sample)))
            .DistinctBy(source => source.Id)
            .ToList();
        var ids = wanted.Select(source => source.Id).ToHashSet();
        var gone = (await places.Sources(cancellationToken))
            .Where(source => source.Origin is SourceOrigin.Configuration or SourceOrigin.Plugin && source.RemovedAt is null && !ids.Contains(source.Id))
            .Select(source => source.Id)
            .ToList();
        await database.Transaction(
            async transaction =>
            {
                foreach (var source in wanted)
                {
                    await PlaceStore.Put(transaction, source, cancellationToken);
                }

                if (gone.Count > 0)
                {
                    await transaction.Execute("update catalog_sources set removed_at = @now where id in @gone", new { gone, now = time.GetUtcNow() }, cancellationToken);
                }
            },
            cancellationToken);

        // A configured place is looked at on each start: its files may have changed while nobody watched.
        await work.Add([.. wanted.Select(source => Ids.OfPlace(source.Id, source.Type, source.Target))], RefreshOrder.Usual, cancellationToken);
    }

    private SourceRow Configured(LocationOptions location, string rank)
    {
        var settings = new SourceSettings
        {
            Include = location.Include,
            Exclude = location.Exclude,
            Allow = location.Rules?.SelectMany(rule => rule.Allow).Select(allowed => allowed.Type is null ? allowed.Kind : $"{allowed.Kind}:{allowed.Type}").ToList(),
            ReadEvery = location.ReadEvery,
        };
        return New(SourceOrigin.Configuration, rank, location.Type, location.Target, location.Target, settings, GeneratedLocation.Ref(location.Type, location.Target));
    }

    private SourceRow Contributed(ContributedSource source) =>
        New(SourceOrigin.Plugin, Ranks.Contributed, ContributedPlaces.PlaceType, source.Name, source.Title, new SourceSettings { ReadEvery = source.Every }, location: null);

    private SourceRow New(SourceOrigin origin, string rank, string type, string target, string title, SourceSettings settings, EntityRef? location) =>
        SourceRow.New(Ids.OfSource(origin.ToString(), type, target), origin, rank, type, target, title, location?.ToString(), settings, time.GetUtcNow());
}
