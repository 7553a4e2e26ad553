using Stagedoor.Catalog.Api.Reading;
using Stagedoor.Plugins;

namespace Stagedoor.Catalog.Engine.Sources;

/// <summary>What led to an entity: the Location entities that name its place, or the one of its source.</summary>
internal sealed class Ancestry(IDatabase database) : IAncestry
{
    public async Task<IReadOnlyList<EntityRef>> ParentsOf(EntityRef entity, CancellationToken cancellationToken)
    {
        var name = entity.ToString();
        var parents = await database.Query<string>(
            """
            select l.listed_by from catalog_entities e join catalog_listings l on l.place_id = e.place_id where e.ref = @name
            union
            select s.location_ref from catalog_entities e join catalog_places p on p.id = e.place_id join catalog_sources s on s.id = p.source_id
            where e.ref = @name and p.depth = 0 and s.location_ref is not null
            """,
            new { name },
            cancellationToken);
        return [.. parents.Where(parent => parent != name).Select(EntityRef.Parse)];
    }
}
