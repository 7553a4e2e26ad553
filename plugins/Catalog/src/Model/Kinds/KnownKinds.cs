using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Stagedoor.Plugins;

namespace Stagedoor.Catalog.Model.Kinds;

/// <summary>The catalog's model, built once: the kinds of Backstage, those of the configuration and of plugins, and the company's own fields.</summary>
internal sealed class KnownKinds
{
    private static readonly JsonSchemaOptions Checking = new() { Formats = true };

    private readonly Dictionary<string, KnownKind> _kinds;

    /// <exception cref="CatalogModelException">Two kinds have the same name, or a schema is none.</exception>
    public KnownKinds(IReadOnlyList<EntityKind> kinds, IReadOnlyList<EntityField> fields)
    {
        Model = new CatalogModel([.. BuiltInKinds.All, .. kinds], fields);
        if (Model.Kinds.GroupBy(kind => kind.Name, StringComparer.OrdinalIgnoreCase).FirstOrDefault(same => same.Count() > 1) is { } twice)
        {
            throw new CatalogModelException($"The kind '{twice.Key}' is declared twice. Choose another name for one of them; the built-in kinds are {string.Join(", ", BuiltInKinds.All.Select(kind => kind.Name))}.");
        }

        foreach (var field in fields)
        {
            if (field.Kinds.FirstOrDefault(name => Model.Kind(name) is null) is { } unknown)
            {
                throw new CatalogModelException($"The field '{field.Path}' is for the kind '{unknown}', which nobody declares.");
            }
        }

        var known = fields.Select(field => new KnownField(field, Parse(field.Schema, $"The schema of the field '{field.Path}'"))).ToList();
        _kinds = Model.Kinds.ToDictionary(kind => kind.Name, kind => Know(kind, known), StringComparer.Ordinal);
        Fingerprint = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(JsonSerializer.Serialize(Model))));
        RequiredSorts = Model.Kinds.SelectMany(kind => kind.Relations).Concat(fields.Select(field => field.Relation).OfType<FieldRelation>())
            .Where(relation => relation.Path.StartsWith("spec.", StringComparison.Ordinal) && relation.Path.LastIndexOf('.') == 4)
            .Select(relation => relation.Path[5..])
            .Concat(BuiltInKinds.SortedFields)
            .ToHashSet(StringComparer.Ordinal);
    }

    public CatalogModel Model { get; }

    /// <summary>Changes whenever an entity might be understood differently.</summary>
    public string Fingerprint { get; }

    /// <summary>Fields of <c>spec</c> that are lists without an order.</summary>
    public IReadOnlySet<string> RequiredSorts { get; }

    public KnownKind? Find(string name) => _kinds.GetValueOrDefault(name);

    private static KnownKind Know(EntityKind kind, List<KnownField> fields)
    {
        var types = BuiltInKinds.All.Any(builtIn => ReferenceEquals(builtIn, kind))
            ? BuiltInKinds.Types.Where(type => type.Kind == kind.Name).ToDictionary(
                type => type.Type,
                type => Form(kind.Name, BuiltInKinds.Schema($"{kind.Name}.{type.Type}"), [.. kind.Relations, .. type.More]),
                StringComparer.Ordinal)
            : [];
        return new KnownKind(
            kind,
            Form(kind.Name, kind.Schema, kind.Relations),
            types,
            [.. fields.Where(field => field.Field.Kinds.Count == 0 || field.Field.Kinds.Contains(kind.Name, StringComparer.OrdinalIgnoreCase))]);
    }

    private static KindForm Form(string kind, string? schema, IReadOnlyList<FieldRelation> relations)
    {
        var parsed = Parse(schema, $"The schema of the kind '{kind}'");
        IReadOnlyList<string> fields = schema is not null && JsonElement.Parse(schema) is { ValueKind: JsonValueKind.Object } root
            && root.TryGetProperty("properties", out var properties) && properties.TryGetProperty("spec", out var spec)
            && spec.ValueKind == JsonValueKind.Object && spec.TryGetProperty("properties", out var known)
                ? [.. known.EnumerateObject().Select(property => property.Name)]
                : [];
        return new KindForm(parsed, relations, fields);
    }

    private static JsonSchema? Parse(string? schema, string what)
    {
        try
        {
            return schema is null ? null : JsonSchema.Parse(schema, Checking);
        }
        catch (JsonSchemaException broken)
        {
            throw new CatalogModelException($"{what} is not right: {broken.Message}", broken);
        }
    }
}

/// <summary>The configured kinds and fields cannot be used.</summary>
internal sealed class CatalogModelException(string message, Exception? inner = null) : Exception(message, inner);
