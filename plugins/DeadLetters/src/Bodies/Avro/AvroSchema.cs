using System.Text.Json;

namespace Stagedoor.DeadLetters.Bodies.Avro;

/// <summary>An Avro schema, as far as reading needs it. Named types are found by their names; a type may contain itself.</summary>
internal sealed class AvroSchema
{
    private static readonly HashSet<string> Primitives = new(StringComparer.Ordinal) { "null", "boolean", "int", "long", "float", "double", "bytes", "string" };

    private AvroSchema(string kind, string name) => (Kind, Name) = (kind, name);

    /// <summary>A primitive's name, or record, enum, fixed, array, map, union.</summary>
    public string Kind { get; }

    public string Name { get; }

    public string? LogicalType { get; private init; }

    public int Scale { get; private init; }

    /// <summary>The bytes of a fixed.</summary>
    public int Size { get; private init; }

    public IReadOnlyList<string> Symbols { get; private init; } = [];

    public List<(string Name, AvroSchema Type)> Fields { get; } = [];

    /// <summary>The types of a union; the type of an array's items or of a map's values.</summary>
    public List<AvroSchema> Types { get; } = [];

    /// <exception cref="BodyFormatException">It is JSON and no schema.</exception>
    public static AvroSchema Parse(string json)
    {
        using var document = JsonDocument.Parse(json);
        return Read(document.RootElement, "", new Dictionary<string, AvroSchema>(StringComparer.Ordinal));
    }

    private static AvroSchema Read(JsonElement element, string space, Dictionary<string, AvroSchema> named)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.String:
                var name = element.GetString()!;
                return Primitives.Contains(name) ? new AvroSchema(name, name)
                    : named.TryGetValue(Full(name, space), out var known) || named.TryGetValue(name, out known) ? known
                    : throw new BodyFormatException($"the type {name} is not defined.");
            case JsonValueKind.Array:
                var union = new AvroSchema("union", "union");
                union.Types.AddRange(element.EnumerateArray().Select(type => Read(type, space, named)));
                return union;
            case JsonValueKind.Object:
                return ReadObject(element, space, named);
            default:
                throw new BodyFormatException($"{element.GetRawText()} is no type.");
        }
    }

    private static AvroSchema ReadObject(JsonElement element, string space, Dictionary<string, AvroSchema> named)
    {
        if (!element.TryGetProperty("type", out var type))
        {
            throw new BodyFormatException("a type has no \"type\".");
        }

        if (type.ValueKind != JsonValueKind.String)
        {
            return Read(type, space, named);
        }

        var kind = type.GetString()!;
        switch (kind)
        {
            case "record" or "error" or "enum" or "fixed":
                return ReadNamed(element, kind == "error" ? "record" : kind, space, named);
            case "array" or "map":
                var list = new AvroSchema(kind, kind);
                list.Types.Add(Read(element.GetProperty(kind == "array" ? "items" : "values"), space, named));
                return list;
            default:
                return Primitives.Contains(kind)
                    ? new AvroSchema(kind, kind) { LogicalType = Text(element, "logicalType"), Scale = Number(element, "scale") }
                    : Read(type, space, named);
        }
    }

    private static AvroSchema ReadNamed(JsonElement element, string kind, string space, Dictionary<string, AvroSchema> named)
    {
        var own = Text(element, "name") ?? throw new BodyFormatException($"a {kind} has no name.");
        var inside = Text(element, "namespace") ?? (own.Contains('.', StringComparison.Ordinal) ? own[..own.LastIndexOf('.')] : space);
        var schema = new AvroSchema(kind, Full(own, inside))
        {
            LogicalType = Text(element, "logicalType"),
            Scale = Number(element, "scale"),
            Size = Number(element, "size"),
            Symbols = element.TryGetProperty("symbols", out var symbols) && symbols.ValueKind == JsonValueKind.Array ? [.. symbols.EnumerateArray().Select(symbol => symbol.GetString() ?? "")] : [],
        };
        named[schema.Name] = schema;
        if (kind == "record" && element.TryGetProperty("fields", out var fields) && fields.ValueKind == JsonValueKind.Array)
        {
            foreach (var field in fields.EnumerateArray())
            {
                schema.Fields.Add((
                    Text(field, "name") ?? throw new BodyFormatException($"a field of {schema.Name} has no name."),
                    field.TryGetProperty("type", out var type) ? Read(type, inside, named) : throw new BodyFormatException($"a field of {schema.Name} has no type.")));
            }
        }

        return schema;
    }

    private static string Full(string name, string space) => space.Length == 0 || name.Contains('.', StringComparison.Ordinal) ? name : $"{space}.{name}";

    private static string? Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static int Number(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number) ? number : 0;
}
