using System.Globalization;
using Stagedoor.Plugins;

namespace Stagedoor.Catalog.Pages.List;

/// <summary>What the address of the list asks for.</summary>
internal sealed record CatalogQuery
{
    public const string EveryKind = "all";
    public const string UsualKind = "component";
    public const int PageSize = 50;

    private static readonly Dictionary<string, string> Columns = new(StringComparer.Ordinal)
    {
        ["name"] = "metadata.name", ["kind"] = "kind", ["type"] = "spec.type", ["owner"] = "relations.ownedBy", ["lifecycle"] = "spec.lifecycle",
    };

    /// <summary>Facets by their key in the address.</summary>
    public static readonly IReadOnlyList<Facet> Facets =
    [
        new("type", "Type", "spec.type", 8), new("lifecycle", "Lifecycle", "spec.lifecycle", 6), new("owner", "Owner", "relations.ownedBy", 10), new("tag", "Tag", "metadata.tags", 12),
    ];

    public required string Kind { get; init; }

    /// <summary>The chosen value of each facet.</summary>
    public required IReadOnlyDictionary<string, string> Chosen { get; init; }

    public string? Text { get; init; }

    public string? Sort { get; init; }

    public bool Descending { get; init; }

    public int Offset { get; init; }

    public bool IsNarrowed => Chosen.Count > 0 || Text is not null;

    public static CatalogQuery Read(string? kind, IEnumerable<(string Key, string? Value)> facets, string? text, string? sort, string? direction, string? offset) => new()
    {
        Kind = string.IsNullOrWhiteSpace(kind) ? UsualKind : kind.Trim().ToLowerInvariant(),
        Chosen = facets.Where(facet => !string.IsNullOrWhiteSpace(facet.Value)).ToDictionary(facet => facet.Key, facet => facet.Value!.Trim(), StringComparer.Ordinal),
        Text = string.IsNullOrWhiteSpace(text) ? null : text.Trim(),
        Sort = sort is not null && Columns.ContainsKey(sort) ? sort : "name",
        Descending = direction == "desc",
        Offset = int.TryParse(offset, NumberStyles.None, CultureInfo.InvariantCulture, out var start) ? start : 0,
    };

    public EntityQuery ToList() => new()
    {
        Filter = Filter(), Text = Text, OrderBy = Columns[Sort ?? "name"], Descending = Descending, Offset = Offset, Limit = PageSize,
    };

    /// <param name="without">A facet whose choice does not count: its values are told for those who would choose another.</param>
    public EntityFilter Filter(string? without = null) => new EntityFilter.AllOf(
        [
            .. Kind == EveryKind ? [] : new[] { EntityFilter.OfKind(Kind) },
            .. Facets.Where(facet => facet.Key != without && Chosen.ContainsKey(facet.Key)).Select(facet => new EntityFilter.Has(facet.Path, Chosen[facet.Key])),
        ]);

    /// <summary>What stays when another kind is chosen: types and lifecycles are of a kind.</summary>
    public EntityFilter FilterOfKinds() => new EntityFilter.AllOf(
        [.. Facets.Where(facet => facet.Key is "owner" or "tag" && Chosen.ContainsKey(facet.Key)).Select(facet => new EntityFilter.Has(facet.Path, Chosen[facet.Key]))]);
}

/// <param name="Most">How many of its values are offered, the most frequent ones.</param>
internal sealed record Facet(string Key, string Title, string Path, int Most);
