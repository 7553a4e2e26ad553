using Stagedoor.Plugins;

namespace Stagedoor.Catalog.Pages.Sources;

/// <summary>How much happened of each kind of change.</summary>
internal sealed record ChangeCount(EntityChangeKind Change, long Count);

/// <summary>How busy the catalog has been lately.</summary>
internal sealed class CatalogActivity(IDatabase database, TimeProvider time)
{
    public static readonly TimeSpan Lately = TimeSpan.FromHours(1);

    public Task<IReadOnlyList<ChangeCount>> Changes(CancellationToken cancellationToken) =>
        database.Query<ChangeCount>(
            "select change, count(*) as count from catalog_changes where at > @since group by change order by change", new { since = time.GetUtcNow() - Lately }, cancellationToken);

    /// <summary>Places whose last reading was within the last minute.</summary>
    public Task<long> PlacesReadInAMinute(CancellationToken cancellationToken) =>
        database.Find<long>("select count(*) from catalog_places where read_at > @since", new { since = time.GetUtcNow() - TimeSpan.FromMinutes(1) }, cancellationToken);

    public async Task<IReadOnlyDictionary<Guid, string>> NamesOf(IReadOnlyCollection<Guid> places, CancellationToken cancellationToken) =>
        places.Count == 0
            ? new Dictionary<Guid, string>()
            : (await database.Query<PlaceName>("select id, type || ':' || target as name from catalog_places where id in @places", new { places }, cancellationToken)).ToDictionary(place => place.Id, place => place.Name);

    private sealed record PlaceName(Guid Id, string Name);
}
