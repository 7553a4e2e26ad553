using System.Text.Json;

namespace Stagedoor.Plugins;

/// <summary>
/// A JSON Schema (draft 7), ready to check values: what a configuration, a plugin or a template's form says a value
/// must look like. Immutable; checking is bounded in depth and time, whatever the schema and the value.
/// </summary>
public sealed class JsonSchema
{
    private static readonly Lazy<JsonSchema> Meta = new(() => Compile(MetaSchema.Root, new JsonSchemaOptions()));

    private readonly SchemaNode _root;

    private JsonSchema(SchemaNode root) => _root = root;

    /// <exception cref="JsonSchemaException">It is not a JSON Schema, or refers to one that cannot be had.</exception>
    public static JsonSchema Parse(string schema, JsonSchemaOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(schema);
        try
        {
            return Parse(JsonElement.Parse(schema), options);
        }
        catch (JsonException broken)
        {
            throw new JsonSchemaException($"The schema is not JSON: {broken.Message}", broken);
        }
    }

    /// <inheritdoc cref="Parse(string, JsonSchemaOptions?)"/>
    public static JsonSchema Parse(JsonElement schema, JsonSchemaOptions? options = null)
    {
        if (Meta.Value.Validate(schema) is [var mistake, ..])
        {
            throw new JsonSchemaException($"{(mistake.Path.Length == 0 ? "The schema" : mistake.Path)} {mistake.Message}");
        }

        return Compile(schema, options ?? new JsonSchemaOptions());
    }

    /// <summary>Everything that is wrong with a value; empty if it is right.</summary>
    public IReadOnlyList<SchemaProblem> Validate(JsonElement value)
    {
        var run = new SchemaRun { Problems = [] };
        _root.Check(value, run);
        return run.Problems;
    }

    /// <summary>Whether a value is right, at the least cost.</summary>
    public bool Accepts(JsonElement value) => _root.Check(value, new SchemaRun());

    private static JsonSchema Compile(JsonElement schema, JsonSchemaOptions options) => new(new SchemaCompiler(options).Compile(schema));
}

/// <summary>Something wrong with a value.</summary>
/// <param name="Path">Where in the value, as a JSON Pointer such as <c>/spec/steps/0/action</c>; empty for the value itself.</param>
/// <param name="Keyword">The keyword of the schema that says so: <c>maximum</c>.</param>
/// <param name="Expected">What the keyword asks for, as text: <c>10</c>, a property's name, a list of values.</param>
/// <param name="Message">A predicate: <c>is 12; at most 10 is allowed</c>.</param>
public sealed record SchemaProblem(string Path, string Keyword, string Expected, string Message);

public sealed record JsonSchemaOptions
{
    /// <summary>Whether <c>format</c> is checked; else it is a remark only, as the draft has it.</summary>
    public bool Formats { get; init; }

    /// <summary>Gives the schema at an address that a schema refers to; nothing if there is none. Nothing is ever fetched without it.</summary>
    public Func<Uri, JsonElement?>? Resolve { get; init; }
}

/// <summary>A schema is not one.</summary>
public sealed class JsonSchemaException(string message, Exception? inner = null) : Exception(message, inner);
