using System.ComponentModel.DataAnnotations;
using Stagedoor.Plugins;

namespace Stagedoor.Catalog.Model.Kinds;

/// <summary>A field of the company's own on kinds that exist already, in the configuration, <c>catalog.fields</c>.</summary>
internal sealed class FieldOptions
{
    /// <summary>For example <c>metadata.labels.tier</c> or <c>spec.costCentre</c>.</summary>
    [Required]
    public string Path { get; set; } = "";

    [Required]
    public string Title { get; set; } = "";

    /// <summary>The kinds that have it; empty for all.</summary>
    public IReadOnlyList<string> Kinds { get; set; } = [];

    public string? Description { get; set; }

    /// <summary>The JSON Schema (draft 7) of its value, written as JSON or YAML in a text block.</summary>
    public string? Schema { get; set; }

    public bool Required { get; set; }

    /// <summary>Lists offer it as a filter.</summary>
    public bool Filter { get; set; }

    /// <summary>Lists offer it as a column.</summary>
    public bool Column { get; set; }

    /// <summary>The relation to the entities that it names.</summary>
    public string? Relation { get; set; }

    /// <summary>The relation back.</summary>
    public string? Inverse { get; set; }

    /// <summary>The kind of a reference that names none.</summary>
    public string? DefaultKind { get; set; }

    public EntityField ToField() => new(Path, Title)
    {
        Kinds = Kinds,
        Description = Description,
        Schema = Schema is null ? null : SchemaText.ToJson(Schema, $"catalog.fields: the schema of {Path}"),
        Required = Required,
        Filter = Filter,
        Column = Column,
        Relation = Relation is null ? null
            : Inverse is null ? throw new CatalogModelException($"catalog.fields: {Path} has the relation '{Relation}' and needs its inverse too.")
            : new FieldRelation(Path, Relation, Inverse, DefaultKind),
    };
}
