using Stagedoor.Plugins;

namespace Stagedoor.Catalog.Pages.List.Asking;

/// <summary>Something that the list can be narrowed by.</summary>
/// <param name="Key">In the address.</param>
/// <param name="Path">Where the values stand.</param>
internal sealed record ListFacet(string Key, string Title, string Path)
{
    public const string Domain = "domain";

    private static readonly IReadOnlyList<ListFacet> First =
    [
        new("type", "Type", "spec.type") { IsOfKind = true },
        new("owner", "Owner", "relations.ownedBy") { DefaultKind = "group", Most = 10 },
        new("lifecycle", "Lifecycle", "spec.lifecycle") { IsOfKind = true },
    ];

    private static readonly IReadOnlyList<ListFacet> Last =
    [
        new(Domain, "Domain", "relations.partOf") { DefaultKind = "domain", OnlyKind = "domain" },
        new("system", "System", "relations.partOf") { DefaultKind = "system", OnlyKind = "system" },
        new("tag", "Tags", "metadata.tags") { Most = 10 },
        new("namespace", "Namespace", "metadata.namespace") { HidesOne = true },
    ];

    /// <summary>How many of its values are offered at once, the most frequent ones.</summary>
    public int Most { get; init; } = 8;

    /// <summary>The kind of a reference that names none; its values are references.</summary>
    public string? DefaultKind { get; init; }

    /// <summary>Of the references at its path only those to this kind count.</summary>
    public string? OnlyKind { get; init; }

    /// <summary>It says something about one kind only, and does not stay chosen for another.</summary>
    public bool IsOfKind { get; init; }

    /// <summary>It is one of the company's own fields.</summary>
    public bool IsField { get; init; }

    /// <summary>A single value is not worth a heading.</summary>
    public bool HidesOne { get; init; }

    public bool IsReference => DefaultKind is not null;

    public static IEnumerable<ListFacet> For(CatalogModel model, string kind) =>
    [
        .. First,
        .. FieldsOf(model, kind).Where(field => field.Filter).Select(field => new ListFacet(KeyOf(field), field.Title, PathOf(field))
        {
            IsField = true, IsOfKind = field.Kinds.Count > 0, DefaultKind = field.Relation is null ? null : field.Relation.DefaultKind ?? "component",
        }).DistinctBy(facet => facet.Key, StringComparer.OrdinalIgnoreCase),
        .. Last,
    ];

    /// <summary>Where the index has the values of a field.</summary>
    public static string PathOf(EntityField field) => field.Relation is { } relation ? $"relations.{relation.Type}" : field.Path;

    public static IEnumerable<EntityField> FieldsOf(CatalogModel model, string kind) =>
        model.Fields.Where(field => field.Kinds.Count == 0 || kind == ListQuery.EveryKind || field.Kinds.Contains(kind, StringComparer.OrdinalIgnoreCase));

    /// <summary>A field by the last part of its path: <c>tier</c> for <c>metadata.labels.example.com/tier</c>. One that has the name of something else goes by its path.</summary>
    public static string KeyOf(EntityField field)
    {
        var label = field.Path.StartsWith("metadata.labels.", StringComparison.OrdinalIgnoreCase) || field.Path.StartsWith("metadata.annotations.", StringComparison.OrdinalIgnoreCase);
        var name = label ? field.Path[(field.Path.IndexOf('.', 9) + 1)..] : field.Path[(field.Path.LastIndexOf('.') + 1)..];
        name = name[(name.LastIndexOf('/') + 1)..];
        return Reserved.Contains(name) ? field.Path : name;
    }

    /// <summary>As the address and the index have it: a reference is written whole.</summary>
    public string Canonical(string value) =>
        DefaultKind is { } kind && EntityRef.TryParse(value, kind, EntityRef.DefaultNamespace, out var reference) ? reference.ToString() : value;

    private static readonly HashSet<string> Reserved = new(StringComparer.OrdinalIgnoreCase)
    {
        "kind", "filter", "q", "sort", "dir", "offset", "limit", "columns", "view", "label", "do", "confirm", "name", "type", "owner", "lifecycle", "domain", "system", "tag", "tags", "namespace", "changed", "description", "format", "find",
        "parent", "groups", "email", "target",
    };
}
