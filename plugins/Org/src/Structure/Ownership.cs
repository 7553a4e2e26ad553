using Stagedoor.Plugins;

namespace Stagedoor.Org.Structure;

/// <summary>How much of a kind and type somebody owns.</summary>
/// <param name="Href">The list of it; nothing if too many own parts of it for one address.</param>
internal sealed record OwnershipTile(string Kind, string? Type, long Count, string? Href);

/// <summary>What a group or a person owns, counted.</summary>
/// <param name="Owners">How many groups and people are looked at together.</param>
internal sealed record Ownership(IReadOnlyList<OwnershipTile> Tiles, long Total, int Owners)
{
    /// <summary>As many owners as the list takes from its address.</summary>
    private const int MostOwners = 50;

    private const int MostTiles = 40;

    /// <summary>More owners than this are not counted together; those that own most are.</summary>
    private const int MostLookedAt = 120;

    /// <summary>There are more kinds and types than tiles.</summary>
    public bool IsCut { get; init; }

    /// <summary>Nothing, or how many owners are counted, where there are too many for all.</summary>
    public int? OnlyOf { get; init; }

    public static async ValueTask<Ownership> Of(IReadOnlyList<EntityRef> owners, ICatalog catalog, Caller caller, CancellationToken cancellationToken)
    {
        var looked = owners.Count <= MostOwners ? owners : await Owning(owners, catalog, caller, cancellationToken);
        var isMany = looked.Count > MostLookedAt;
        looked = isMany ? [.. looked.Take(MostLookedAt)] : looked;
        var all = EntityFilter.OwnedBy(looked);
        var named = looked.Count <= MostOwners ? looked : null;
        var kinds = await catalog.Facet("kind", all, caller, cancellationToken);
        var tiles = new List<OwnershipTile>();
        foreach (var kind in kinds.OrderByDescending(kind => kind.Count))
        {
            var types = await catalog.Facet("spec.type", new EntityFilter.AllOf(EntityFilter.OfKind(kind.Value), all), caller, cancellationToken);
            tiles.AddRange(types.OrderByDescending(type => type.Count).Select(type => new OwnershipTile(kind.Value, type.Value, type.Count, Listing(kind.Value, type.Value, named))));
            if (kind.Count - types.Sum(type => type.Count) is > 0 and var rest)
            {
                tiles.Add(new OwnershipTile(kind.Value, null, rest, Listing(kind.Value, null, named)));
            }
        }

        return new Ownership([.. tiles.Take(MostTiles)], kinds.Sum(kind => kind.Count), owners.Count)
        {
            IsCut = tiles.Count > MostTiles, OnlyOf = isMany ? MostLookedAt : null,
        };
    }

    /// <summary>Those who own something at all, the ones with most first.</summary>
    private static async ValueTask<IReadOnlyList<EntityRef>> Owning(IReadOnlyList<EntityRef> owners, ICatalog catalog, Caller caller, CancellationToken cancellationToken)
    {
        var known = owners.ToHashSet();
        return
        [
            .. (await catalog.Facet("relations.ownedBy", EntityFilter.Everything, caller, cancellationToken))
                .OrderByDescending(owner => owner.Count)
                .Select(owner => EntityRef.TryParse(owner.Value, provider: null, out var named) ? named : default)
                .Where(known.Contains),
        ];
    }

    private static string? Listing(string kind, string? type, IReadOnlyList<EntityRef>? owners) => owners is null
        ? null
        : EntityPages.Listing([("kind", kind.ToLowerInvariant()), ("type", type), .. owners.Select(owner => ("owner", (string?)owner.ToString()))]);
}
