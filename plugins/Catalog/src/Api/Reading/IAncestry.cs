using Stagedoor.Plugins;

namespace Stagedoor.Catalog.Api.Reading;

/// <summary>Knows what led to an entity: the location that declared it, and what led to that.</summary>
internal interface IAncestry
{
    Task<IReadOnlyList<EntityRef>> ParentsOf(EntityRef entity, CancellationToken cancellationToken);
}
