using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Reflection;
using System.Text.Json.Nodes;
using Stagedoor.Host.Configuration.Sections;
using Stagedoor.Host.Configuration.Types;
using Stagedoor.Host.Loading;

namespace Stagedoor.Host.Configuration;

/// <summary>The JSON Schema of the whole configuration, for editors: the same shapes that the check walks.</summary>
internal static class ConfigurationSchema
{
    private const string Variable = @"\$\{";
    private const int MaxDepth = 12;

    public static JsonObject Build(IReadOnlyList<LoadedPlugin> plugins)
    {
        var sections = new JsonObject();
        foreach (var section in HostSections.All())
        {
            sections[section.Name] = OfSection(section, section.Types[0].GetCustomAttribute<DescriptionAttribute>()?.Description);
        }

        foreach (var plugin in plugins.Where(plugin => plugin.Origin != PluginOrigin.Host && plugin.Contributions.Options.Count > 0))
        {
            var section = new Section(plugin.Id, [.. plugin.Contributions.Options.Select(option => option.Type)]);
            sections[plugin.Id] = OfSection(section, $"{plugin.Info.Name}: {plugin.Info.Description}");
        }

        return new JsonObject
        {
            ["$schema"] = "https://json-schema.org/draft/2020-12/schema",
            ["title"] = "Stagedoor configuration",
            ["type"] = "object",
            ["additionalProperties"] = false,
            ["properties"] = sections,
            ["$defs"] = new JsonObject
            {
                ["variable"] = new JsonObject { ["type"] = "string", ["pattern"] = Variable, ["description"] = "An environment variable: ${NAME} or ${NAME:-default}." },
                ["file"] = new JsonObject
                {
                    ["type"] = "object",
                    ["description"] = "The content of a file, relative to this one.",
                    ["additionalProperties"] = false,
                    ["required"] = new JsonArray("$file"),
                    ["properties"] = new JsonObject { ["$file"] = new JsonObject { ["type"] = "string" } },
                },
            },
        };
    }

    private static JsonObject OfSection(Section section, string? description)
    {
        var schema = new JsonObject();
        foreach (var shape in section.Shapes)
        {
            var part = Of(shape, depth: 0);
            if (schema["properties"] is JsonObject properties && part["properties"] is JsonObject more)
            {
                foreach (var (key, value) in more.ToList())
                {
                    more.Remove(key);
                    properties[key] = value;
                }
            }
            else
            {
                schema = part;
            }
        }

        if (description is not null)
        {
            schema["description"] = description;
        }

        return schema;
    }

    private static JsonObject Of(Shape shape, int depth) => (shape, depth) switch
    {
        (_, > MaxDepth) => [],
        (ObjectShape section, _) => OfObject(section, depth),
        (ListShape list, _) => new JsonObject { ["type"] = new JsonArray("array", "null"), ["items"] = Of(list.Item, depth + 1) },
        (MapShape map, _) => new JsonObject { ["type"] = new JsonArray("object", "null"), ["additionalProperties"] = Of(map.Entry, depth + 1) },
        (ValueShape value, _) => OfValue(value),
        _ => [],
    };

    private static JsonObject OfObject(ObjectShape shape, int depth)
    {
        var defaults = Activator.CreateInstance(shape.Type)!;
        var properties = new JsonObject();
        foreach (var property in shape.Properties)
        {
            properties[property.Key] = OfProperty(property, property.Property.GetValue(defaults), depth);
        }

        var schema = new JsonObject { ["type"] = new JsonArray("object", "null"), ["additionalProperties"] = false, ["properties"] = properties };
        var required = shape.Properties.Where(property => property.IsRequired && property.Property.GetValue(defaults) is null or "").Select(property => (JsonNode)property.Key).ToArray();
        if (required.Length > 0)
        {
            schema["required"] = new JsonArray(required);
        }

        return schema;
    }

    private static JsonObject OfProperty(PropertyShape property, object? fallback, int depth)
    {
        var schema = Of(property.Shape, depth + 1);
        foreach (var rule in property.Rules)
        {
            AddRule(schema, rule, property.Shape);
        }

        if (property.Shape is ValueShape value && (value.Kind != ValueKind.Text || property.IsSecret || schema.ContainsKey("pattern")))
        {
            schema = new JsonObject { ["anyOf"] = new JsonArray(schema, new JsonObject { ["$ref"] = "#/$defs/variable" }, new JsonObject { ["$ref"] = "#/$defs/file" }) };
        }

        if (property.Description is not null)
        {
            schema["description"] = property.Description;
        }

        if (fallback is not null && !property.IsSecret && Default(property.Shape, fallback) is { } known)
        {
            schema["default"] = known;
        }

        return schema;
    }

    private static JsonObject OfValue(ValueShape shape) => shape.Kind switch
    {
        ValueKind.Boolean => new JsonObject { ["type"] = "boolean" },
        ValueKind.WholeNumber => new JsonObject { ["type"] = "integer" },
        ValueKind.Number => new JsonObject { ["type"] = "number" },
        ValueKind.Duration => new JsonObject { ["type"] = "string", ["pattern"] = @"^((\d+(\.\d+)?(ms|s|m|h|d) ?)+|-?P.+|-?(\d+\.)?\d+:\d+(:\d+(\.\d+)?)?)$", ["examples"] = new JsonArray("30s", "5m", "2h", "1d") },
        ValueKind.Size => new JsonObject { ["type"] = new JsonArray("string", "integer"), ["pattern"] = @"^\d+(\.\d+)? ?([KMGTkmgt]i?)?[Bb]?$", ["examples"] = new JsonArray("512KB", "10MB") },
        ValueKind.Address => new JsonObject { ["type"] = "string", ["format"] = "uri" },
        ValueKind.Choice => new JsonObject { ["enum"] = new JsonArray([.. shape.Choices.Select(choice => (JsonNode)choice)]) },
        _ => new JsonObject { ["type"] = "string" },
    };

    private static void AddRule(JsonObject schema, ValidationAttribute rule, Shape shape)
    {
        switch (rule)
        {
            case RangeAttribute range when shape is ValueShape { Kind: ValueKind.WholeNumber or ValueKind.Number }:
                schema["minimum"] = JsonValue.Create(Convert.ToDouble(range.Minimum, System.Globalization.CultureInfo.InvariantCulture));
                schema["maximum"] = JsonValue.Create(Convert.ToDouble(range.Maximum, System.Globalization.CultureInfo.InvariantCulture));
                break;
            case StringLengthAttribute length:
                schema["maxLength"] = length.MaximumLength;
                if (length.MinimumLength > 0)
                {
                    schema["minLength"] = length.MinimumLength;
                }

                break;
            case MinLengthAttribute least:
                schema[shape is ListShape ? "minItems" : "minLength"] = least.Length;
                break;
            case MaxLengthAttribute most:
                schema[shape is ListShape ? "maxItems" : "maxLength"] = most.Length;
                break;
            case RegularExpressionAttribute pattern:
                schema["pattern"] = pattern.Pattern;
                break;
            case AllowedValuesAttribute allowed when shape is ValueShape { Kind: ValueKind.Text }:
                schema["enum"] = new JsonArray([.. allowed.Values.Select(value => (JsonNode?)value?.ToString())]);
                break;
        }
    }

    private static JsonNode? Default(Shape shape, object value) => shape switch
    {
        ValueShape { Kind: ValueKind.Boolean } => JsonValue.Create((bool)value),
        ValueShape { Kind: ValueKind.WholeNumber } => JsonValue.Create(Convert.ToInt64(value, System.Globalization.CultureInfo.InvariantCulture)),
        ValueShape { Kind: ValueKind.Number } => JsonValue.Create(Convert.ToDouble(value, System.Globalization.CultureInfo.InvariantCulture)),
        ValueShape when ValueShape.Write(value) is { Length: > 0 } text => JsonValue.Create(text),
        ListShape { Item: ValueShape } => new JsonArray([.. ((System.Collections.IEnumerable)value).Cast<object>().Select(item => (JsonNode)ValueShape.Write(item))]),
        _ => null,
    };
}
