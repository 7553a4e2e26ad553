using System.Collections.Frozen;

namespace Stagedoor.Plugins;

/// <summary>Kinds, relations and fields: those of Backstage, and those that configuration and plugins add.</summary>
public sealed record CatalogModel(IReadOnlyList<EntityKind> Kinds, IReadOnlyList<EntityField> Fields)
{
    public EntityKind? Kind(string name) =>
        Kinds.FirstOrDefault(kind => string.Equals(kind.Name, name, StringComparison.OrdinalIgnoreCase));

    /// <summary>The icon of an entity: that of its kind, or for the usual types of components one that shows what it is.</summary>
    public string IconOf(string kind, string? type = null) =>
        string.Equals(kind, "component", StringComparison.OrdinalIgnoreCase) && type is not null && IconsOfComponents.TryGetValue(type, out var icon) ? icon : Kind(kind)?.Icon ?? "box";

    private static readonly FrozenDictionary<string, string> IconsOfComponents = new Dictionary<string, string>
    {
        ["service"] = "gear", ["library"] = "library", ["website"] = "screen", ["documentation"] = "docs", ["function"] = "bolt", ["data-pipeline"] = "branch",
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);
}

/// <summary>A kind of entity, declared without code.</summary>
/// <param name="Name">As files write it: <c>Database</c>.</param>
public sealed record EntityKind(string Name)
{
    /// <summary>The values of <c>apiVersion</c> that files of this kind may have.</summary>
    public required IReadOnlyList<string> ApiVersions { get; init; }

    /// <summary>As a heading: <c>Databases</c>.</summary>
    public string? Plural { get; init; }

    public string? Description { get; init; }

    /// <summary>A name of the kit's icon set.</summary>
    public string? Icon { get; init; }

    /// <summary>The JSON Schema (draft 7) of the entity, as JSON; nothing if only the envelope is checked.</summary>
    public string? Schema { get; init; }

    public IReadOnlyList<FieldRelation> Relations { get; init; } = [];
}

/// <summary>A field of an entity that names other entities.</summary>
/// <param name="Path">Where the references stand: <c>spec.storedIn</c>, one or a list.</param>
/// <param name="Type">The relation from this entity to those: <c>storedIn</c>.</param>
/// <param name="Inverse">The relation back: <c>stores</c>.</param>
/// <param name="DefaultKind">The kind of a reference that names none; nothing if it must name one.</param>
public sealed record FieldRelation(string Path, string Type, string Inverse, string? DefaultKind = null);

/// <summary>A field of the company's own, on kinds that exist already.</summary>
/// <param name="Path">For example <c>metadata.labels.tier</c> or <c>spec.costCentre</c>.</param>
public sealed record EntityField(string Path, string Title)
{
    /// <summary>The kinds that have it; empty for all.</summary>
    public IReadOnlyList<string> Kinds { get; init; } = [];

    public string? Description { get; init; }

    /// <summary>The JSON Schema of its value, as JSON; nothing if anything goes.</summary>
    public string? Schema { get; init; }

    public bool Required { get; init; }

    /// <summary>Lists offer it as a filter.</summary>
    public bool Filter { get; init; }

    /// <summary>Lists offer it as a column.</summary>
    public bool Column { get; init; }

    /// <summary>Its value names entities.</summary>
    public FieldRelation? Relation { get; init; }
}
