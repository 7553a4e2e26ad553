using Stagedoor.Catalog.Api.Reading;
using Stagedoor.Plugins;

namespace Stagedoor.Catalog.Pages.Detail.Inspect;

/// <summary>An entity, and what led to it directly.</summary>
/// <param name="Distance">Steps from the entity that was asked for.</param>
internal sealed record Forebear(EntityRef Ref, IReadOnlyList<EntityRef> Parents, int Distance);

/// <summary>Follows what led to an entity, as far as a caller may see. Entities that led to each other in a circle are told once.</summary>
internal sealed class EntityForebears(IAncestry ancestry, ICatalog catalog)
{
    private const int Most = 60;

    public async Task<(IReadOnlyList<Forebear> Items, bool IsCut)> Of(EntityRef entity, Caller caller, CancellationToken cancellationToken)
    {
        var items = new List<Forebear>();
        var seen = new HashSet<EntityRef> { entity };
        var open = new Queue<(EntityRef Ref, int Distance)>([(entity, 0)]);
        while (open.TryDequeue(out var current))
        {
            if (items.Count == Most)
            {
                return (items, true);
            }

            var parents = await ancestry.ParentsOf(current.Ref, cancellationToken);
            var found = await catalog.Find(parents, caller, cancellationToken);
            List<EntityRef> visible = [.. parents.Where((_, index) => found[index] is not null)];
            items.Add(new Forebear(current.Ref, visible, current.Distance));
            foreach (var parent in visible.Where(seen.Add))
            {
                open.Enqueue((parent, current.Distance + 1));
            }
        }

        return (items, false);
    }
}
