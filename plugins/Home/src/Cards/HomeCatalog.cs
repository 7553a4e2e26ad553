using Stagedoor.Plugins;

namespace Stagedoor.Home.Cards;

/// <summary>What the cards ask the catalog; a portal without one has nothing to show in them and still has a start page.</summary>
internal sealed class HomeCatalog(IServiceProvider services, IDirectory directory)
{
    /// <summary>Places to read from. They are no more than a beginning.</summary>
    public static readonly EntityFilter Places = EntityFilter.OfKind("Location");

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

    /// <summary>Whether nobody has declared anything yet, as far as a caller can tell.</summary>
    public async Task<bool> IsEmpty(Caller caller, CancellationToken cancellationToken) =>
        _catalog is not null && await _catalog.Count(new EntityFilter.Not(Places), caller, cancellationToken) == 0;

    /// <summary>What the owners of some entities are called, as far as a caller may see them.</summary>
    public async Task<IReadOnlyDictionary<EntityRef, string>> OwnerNames(IEnumerable<Entity?> entities, Caller caller, CancellationToken cancellationToken)
    {
        var owners = entities.Select(entity => entity?.Owner).OfType<EntityRef>().Distinct().ToList();
        var found = await Find(owners, caller, cancellationToken);
        return owners.Where((_, i) => found[i] is not null).Select(owner => (owner, Name: directory.FindGroup(owner)?.Name ?? directory.FindPerson(owner)?.Name))
            .Where(named => named.Name is not null).ToDictionary(named => named.owner, named => named.Name!);
    }

    public string Icon(string kind, string? type = null) => _catalog?.Model.IconOf(kind, type) ?? "box";

    public string Plural(string kind) => _catalog?.Model.Kind(kind) is { } known ? known.Plural ?? known.Name : kind;

    /// <summary>What belongs to a caller: owned by them, by a group of theirs, or by a group above it.</summary>
    public static EntityFilter OwnedBy(Caller caller) => EntityFilter.OwnedBy([caller.Ref, .. caller.Groups]);
}
