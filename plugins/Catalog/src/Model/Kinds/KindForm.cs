using Stagedoor.Plugins;

namespace Stagedoor.Catalog.Model.Kinds;

/// <summary>What is known of a kind, or of one <c>spec.type</c> of it: its schema, and the fields that name other entities.</summary>
internal sealed record KindForm(JsonSchema? Schema, IReadOnlyList<FieldRelation> Relations, IReadOnlyList<string> SpecFields);

/// <summary>A kind, ready to check entities with.</summary>
internal sealed class KnownKind(EntityKind kind, KindForm form, IReadOnlyDictionary<string, KindForm> byType, IReadOnlyList<KnownField> fields)
{
    public EntityKind Kind => kind;

    public IReadOnlyList<KnownField> Fields => fields;

    /// <param name="type">The entity's <c>spec.type</c>.</param>
    public KindForm Form(string? type) => type is not null && byType.TryGetValue(type, out var special) ? special : form;
}

/// <summary>A field of the company's own, ready to check entities with.</summary>
internal sealed record KnownField(EntityField Field, JsonSchema? Schema);
