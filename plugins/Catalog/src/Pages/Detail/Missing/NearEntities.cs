using Stagedoor.Plugins;

namespace Stagedoor.Catalog.Pages.Detail.Missing;

/// <summary>What somebody may have meant by a reference that leads to nothing: the same name elsewhere, and names that are much alike.</summary>
internal static class NearEntities
{
    private const int Most = 6;
    private const int MostLookedAt = 100;
    private const int ShortestPart = 3;

    public static async Task<IReadOnlyList<Entity>> Of(EntityRef entity, ICatalog catalog, Caller caller, CancellationToken cancellationToken)
    {
        var same = await catalog.List(new EntityQuery { Filter = new EntityFilter.Has("metadata.name", entity.Name), Limit = Most }, caller, cancellationToken);
        var near = new List<Entity>(same.Items);

        // Names that share a part are looked at; the whole catalog would be too much.
        foreach (var part in entity.Name.Split('-', '_', '.').Where(part => part.Length >= ShortestPart).OrderByDescending(part => part.Length).Take(2))
        {
            var alike = await catalog.List(
                new EntityQuery { Filter = EntityFilter.OfKind(entity.Kind), Text = part, TextFields = ["metadata.name", "metadata.title"], Limit = MostLookedAt }, caller, cancellationToken);
            near.AddRange(alike.Items);
        }

        // A letter that is wrong in the only part is found by its beginning.
        if (near.Count == 0 && entity.Name.Length > ShortestPart)
        {
            var beginning = await catalog.List(
                new EntityQuery
                {
                    Filter = new EntityFilter.AllOf(EntityFilter.OfKind(entity.Kind), new EntityFilter.StartsWith("metadata.name", entity.Name[..ShortestPart])), Limit = MostLookedAt,
                },
                caller,
                cancellationToken);
            near.AddRange(beginning.Items);
        }

        return [.. near.DistinctBy(one => one.Ref).OrderBy(one => Distance(one, entity)).ThenBy(one => one.Name, StringComparer.Ordinal).Take(Most)];
    }

    /// <summary>The same name of another kind first; then by how much of the beginning and the end is shared.</summary>
    private static int Distance(Entity found, EntityRef wanted)
    {
        var (name, other) = (found.Name.ToLowerInvariant(), wanted.Name.ToLowerInvariant());
        if (name == other)
        {
            return -1;
        }

        var start = name.Zip(other).TakeWhile(pair => pair.First == pair.Second).Count();
        var end = name.Reverse().Zip(other.Reverse()).TakeWhile(pair => pair.First == pair.Second).Count();
        return Math.Max(name.Length, other.Length) - Math.Min(start + end, Math.Min(name.Length, other.Length));
    }
}
