using System.ComponentModel.DataAnnotations;
using Stagedoor.Plugins;

namespace Stagedoor.Catalog.Model.Kinds;

/// <summary>A kind of entity in the configuration, <c>catalog.kinds</c>.</summary>
internal sealed class KindOptions
{
    /// <summary>As files write it: <c>Database</c>.</summary>
    [Required]
    [RegularExpression("[a-zA-Z][a-zA-Z0-9]{0,62}", ErrorMessage = "A kind is letters and digits, beginning with a letter, such as Database.")]
    public string Name { get; set; } = "";

    /// <summary>The values of apiVersion that its files may have.</summary>
    [MinLength(1, ErrorMessage = "A kind needs at least one version, such as acme.org/v1.")]
    public IReadOnlyList<string> ApiVersions { get; set; } = [];

    /// <summary>As a heading: Databases.</summary>
    public string? Plural { get; set; }

    public string? Description { get; set; }

    public string? Icon { get; set; }

    /// <summary>The JSON Schema (draft 7) of the whole entity, written as JSON or YAML in a text block.</summary>
    public string? Schema { get; set; }

    /// <summary>Fields that name other entities.</summary>
    public IReadOnlyList<RelationOptions> Relations { get; set; } = [];

    public EntityKind ToKind() => new(Name)
    {
        ApiVersions = ApiVersions,
        Plural = Plural,
        Description = Description,
        Icon = Icon,
        Schema = Schema is null ? null : SchemaText.ToJson(Schema, $"catalog.kinds: the schema of {Name}"),
        Relations = [.. Relations.Select(relation => relation.ToRelation())],
    };
}

/// <summary>A field that names other entities, in the configuration.</summary>
internal sealed class RelationOptions
{
    /// <summary>Where the references stand: <c>spec.storedIn</c>.</summary>
    [Required]
    public string Path { get; set; } = "";

    /// <summary>The relation to those it names: <c>storedIn</c>.</summary>
    [Required]
    public string Type { get; set; } = "";

    /// <summary>The relation back: <c>stores</c>.</summary>
    [Required]
    public string Inverse { get; set; } = "";

    /// <summary>The kind of a reference that names none.</summary>
    public string? DefaultKind { get; set; }

    public FieldRelation ToRelation() => new(Path, Type, Inverse, DefaultKind);
}
