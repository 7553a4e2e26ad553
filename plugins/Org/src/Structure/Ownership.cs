using Stagedoor.Plugins;

namespace Stagedoor.Org.Structure;

/// <summary>How much of a kind somebody owns, and of which types.</summary>
/// <param name="Href">The list of it; nothing if too many own parts of it for one address.</param>
/// <param name="Types">The most frequent first.</param>
internal sealed record OwnershipTile(string Kind, long Count, string? Href, IReadOnlyList<OwnedType> Types)
{
    public const int MostTypes = 6;

    /// <summary>How many types are not told.</summary>
    public int OtherTypes { get; init; }
}

/// <param name="Href">As of the kind.</param>
internal sealed record OwnedType(string Type, long Count, string? Href);

/// <summary>What a group or a person owns, counted.</summary>
/// <param name="Owners">How many groups and people are looked at together.</param>
internal sealed record Ownership(IReadOnlyList<OwnershipTile> Tiles, long Total, int Owners)
{
    /// <summary>As many owners as the list takes from its address.</summary>
    private const int MostOwners = 50;

    private const int MostTiles = 20;

    /// <summary>More owners than this are not counted together; those that own most are.</summary>
    private const int MostLookedAt = 120;

    /// <summary>There are more kinds than tiles.</summary>
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
        foreach (var kind in kinds.OrderByDescending(kind => kind.Count).Take(MostTiles))
        {
            var types = await catalog.Facet("spec.type", new EntityFilter.AllOf(EntityFilter.OfKind(kind.Value), all), caller, cancellationToken);
            var told = types.OrderByDescending(type => type.Count).Take(OwnershipTile.MostTypes).Select(type => new OwnedType(type.Value, type.Count, Listing(kind.Value, type.Value, named)));
            tiles.Add(new OwnershipTile(kind.Value, kind.Count, Listing(kind.Value, null, named), [.. told]) { OtherTypes = Math.Max(0, types.Count - OwnershipTile.MostTypes) });
        }

        return new Ownership(tiles, kinds.Sum(kind => kind.Count), owners.Count)
        {
            IsCut = kinds.Count > MostTiles, OnlyOf = isMany ? MostLookedAt : null,
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
