using Stagedoor.Catalog.Index;
using Stagedoor.Plugins;

namespace Stagedoor.Catalog.Pages.Detail.Related;

/// <summary>An entity that another one names.</summary>
/// <param name="Found">Nothing if it does not exist, or the reader may not see it.</param>
/// <param name="IsMissing">It does not exist. Only whoever sees everything is told so: to others it may be hidden.</param>
internal sealed record Neighbour(EntityRef Ref, Entity? Found, bool IsMissing)
{
    public string Title => Found?.Title ?? Pages.Shown.Name(Ref);
}

/// <summary>Looks up the entities that another one names, for whoever reads of it.</summary>
internal sealed class Neighbours(InMemoryCatalog catalog)
{
    public async ValueTask<IReadOnlyList<Neighbour>> Of(IReadOnlyList<EntityRef> entities, Caller caller, CancellationToken cancellationToken)
    {
        var visible = await catalog.Open(caller, cancellationToken);
        return
        [
            .. entities.Select(entity => visible.Find(entity.Kind, entity.Namespace, entity.Name) is { } found
                ? new Neighbour(entity, new Entity(found.Json()), IsMissing: false)
                : new Neighbour(entity, Found: null, visible.SeesAll)),
        ];
    }

    public async ValueTask<Neighbour> Of(EntityRef entity, Caller caller, CancellationToken cancellationToken) => (await Of([entity], caller, cancellationToken))[0];
}
