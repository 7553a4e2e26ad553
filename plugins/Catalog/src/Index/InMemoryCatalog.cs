using Stagedoor.Catalog.Index.Graphs;
using Stagedoor.Catalog.Index.Queries;
using Stagedoor.Plugins;

namespace Stagedoor.Catalog.Index;

/// <summary>The catalog as pages, jobs and plugins read it: the index, seen through what the caller may see.</summary>
internal sealed class InMemoryCatalog(CatalogIndex index, IReadFilter filters, Func<CatalogModel> model) : ICatalog
{
    public CatalogModel Model => model();

    /// <summary>The catalog of this moment as a caller may see it, for several questions about the same moment.</summary>
    public async ValueTask<VisibleCatalog> Open(Caller caller, CancellationToken cancellationToken) =>
        new(index.Current, caller.Kind == CallerKind.Portal ? EntityFilter.Everything : await filters.ScopeOf(caller, cancellationToken));

    public async ValueTask<Entity?> Find(EntityRef entity, Caller caller, CancellationToken cancellationToken)
    {
        var visible = await Open(caller, cancellationToken);
        return visible.Find(entity.Kind, entity.Namespace, entity.Name) is { } found ? new Entity(found.Json()) : null;
    }

    public async ValueTask<IReadOnlyList<Entity?>> Find(IReadOnlyList<EntityRef> entities, Caller caller, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(entities);
        var visible = await Open(caller, cancellationToken);
        return [.. entities.Select(entity => visible.Find(entity.Kind, entity.Namespace, entity.Name) is { } found ? new Entity(found.Json()) : null)];
    }

    public async ValueTask<EntityPage> List(EntityQuery query, Caller caller, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        if (query.Offset < 0 || query.Limit < 0)
        {
            throw new ArgumentException("The offset and the limit of a page are 0 or more.", nameof(query));
        }

        var visible = await Open(caller, cancellationToken);
        var among = visible.Matching(query.Filter, query.Text, query.TextFields);
        var page = visible.Take(among, query.OrderBy, query.Descending, query.Offset, query.Limit);
        return new EntityPage([.. page.Select(found => new Entity(found.Json()))], among.Total);
    }

    public async ValueTask<long> Count(EntityFilter filter, Caller caller, CancellationToken cancellationToken) =>
        (await Open(caller, cancellationToken)).Matching(filter).Total;

    public async ValueTask<IReadOnlyList<FacetValue>> Facet(string path, EntityFilter filter, Caller caller, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return (await Open(caller, cancellationToken)).Facet(path, filter);
    }

    public async ValueTask<IReadOnlyList<FacetValue>> Facet(string path, EntityQuery query, Caller caller, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(query);
        return (await Open(caller, cancellationToken)).Facet(path, query.Filter, query.Text, query.TextFields);
    }

    public async ValueTask<EntityGraph> Graph(GraphQuery query, Caller caller, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        var visible = await Open(caller, cancellationToken);
        return EntityGraphs.Find(visible, query);
    }
}
