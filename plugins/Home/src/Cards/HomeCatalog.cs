using Stagedoor.Plugins;

namespace Stagedoor.Home.Cards;

/// <summary>What the cards ask the catalog; a portal without one has nothing to show in them and still has a start page.</summary>
internal sealed class HomeCatalog(IServiceProvider services)
{
    private readonly ICatalog? _catalog = (ICatalog?)services.GetService(typeof(ICatalog));

    public bool IsThere => _catalog is not null;

    public async Task<IReadOnlyList<Entity?>> Find(IReadOnlyList<EntityRef> entities, Caller caller, CancellationToken cancellationToken) =>
        _catalog is null ? [.. entities.Select(_ => (Entity?)null)] : await _catalog.Find(entities, caller, cancellationToken);

    public async Task<EntityPage> List(EntityQuery query, Caller caller, CancellationToken cancellationToken) =>
        _catalog is null ? new EntityPage([], 0) : await _catalog.List(query, caller, cancellationToken);

    public async Task<long> Count(EntityFilter filter, Caller caller, CancellationToken cancellationToken) =>
        _catalog is null ? 0 : await _catalog.Count(filter, caller, cancellationToken);

    public async Task<IReadOnlyList<FacetValue>> Facet(string path, EntityFilter filter, Caller caller, CancellationToken cancellationToken) =>
        _catalog is null ? [] : await _catalog.Facet(path, filter, caller, cancellationToken);

    public string Icon(string kind, string? type = null) => _catalog?.Model.IconOf(kind, type) ?? "box";

    public string Plural(string kind) => _catalog?.Model.Kind(kind) is { } known ? known.Plural ?? known.Name : kind;

    /// <summary>What belongs to a caller: owned by them, by a group of theirs, or by a group above it.</summary>
    public static EntityFilter OwnedBy(Caller caller) => EntityFilter.OwnedBy([caller.Ref, .. caller.Groups]);
}
