using System.Text.Json;

namespace Stagedoor.Plugins;

/// <summary>Which rules the keywords of a schema make. Keywords that are not known are remarks.</summary>
internal static class SchemaKeywords
{
    public static IEnumerable<SchemaRule> Of(SchemaPlace place, SchemaCompiler compiler)
    {
        foreach (var keyword in place.Element.EnumerateObject())
        {
            if (Of(place, keyword.Name, keyword.Value, compiler) is { } rule)
            {
                yield return rule;
            }
        }

        if (Has(place, "properties") || Has(place, "patternProperties") || Has(place, "additionalProperties"))
        {
            yield return new PropertiesRule(
                Map(place, "properties", compiler),
                [.. Map(place, "patternProperties", compiler).Select(entry => (Pattern(place, entry.Name), entry.Node))],
                Has(place, "additionalProperties") ? compiler.Below(place, "additionalProperties") : null);
        }

        if (Has(place, "if") && (Has(place, "then") || Has(place, "else")))
        {
            yield return new ConditionRule(
                compiler.Below(place, "if"), Has(place, "then") ? compiler.Below(place, "then") : null, Has(place, "else") ? compiler.Below(place, "else") : null);
        }
    }

    private static SchemaRule? Of(SchemaPlace place, string name, JsonElement value, SchemaCompiler compiler) => name switch
    {
        "type" => new TypeRule(value.ValueKind == JsonValueKind.Array ? [.. value.EnumerateArray().Select(type => type.GetString()!)] : [value.GetString()!]),
        "enum" => new EnumRule([.. value.EnumerateArray()]),
        "const" => new ConstRule(value),
        "multipleOf" => new NumberRule(name, value, static (number, bound) => SchemaValues.IsMultiple(number, bound), "a multiple of {0} is allowed"),
        "maximum" => new NumberRule(name, value, static (number, bound) => SchemaValues.Compare(number, bound) <= 0, "at most {0} is allowed"),
        "exclusiveMaximum" => new NumberRule(name, value, static (number, bound) => SchemaValues.Compare(number, bound) < 0, "less than {0} is allowed"),
        "minimum" => new NumberRule(name, value, static (number, bound) => SchemaValues.Compare(number, bound) >= 0, "at least {0} is needed"),
        "exclusiveMinimum" => new NumberRule(name, value, static (number, bound) => SchemaValues.Compare(number, bound) > 0, "more than {0} is needed"),
        "maxLength" or "minLength" => new LengthRule(name, Bound(value)),
        "pattern" => new PatternRule(Pattern(place, value.GetString()!)),
        "format" when compiler.Options.Formats && SchemaFormats.Find(value.GetString()!) is { } format => new FormatRule(value.GetString()!, format),
        "maxItems" or "minItems" => new ItemCountRule(name, Bound(value)),
        "uniqueItems" when value.ValueKind == JsonValueKind.True => new UniqueRule(),
        "contains" => new ContainsRule(compiler.Below(place, name)),
        "items" when value.ValueKind == JsonValueKind.Array => new PositionsRule(
            [.. Enumerable.Range(0, value.GetArrayLength()).Select(i => compiler.Below(place, name, $"{i}"))],
            Has(place, "additionalItems") ? compiler.Below(place, "additionalItems") : null),
        "items" => new ItemsRule(compiler.Below(place, name)),
        "maxProperties" or "minProperties" => new PropertyCountRule(name, Bound(value)),
        "required" => new RequiredRule([.. value.EnumerateArray().Select(item => item.GetString()!)], [.. Map(place, "properties", compiler).Select(entry => entry.Name)]),
        "propertyNames" => new PropertyNamesRule(compiler.Below(place, name)),
        "dependencies" => new DependenciesRule(
            [.. value.EnumerateObject().Where(entry => entry.Value.ValueKind == JsonValueKind.Array).Select(entry => (entry.Name, entry.Value.EnumerateArray().Select(item => item.GetString()!).ToArray()))],
            [.. value.EnumerateObject().Where(entry => entry.Value.ValueKind != JsonValueKind.Array).Select(entry => (entry.Name, compiler.Below(place, name, entry.Name)))]),
        "allOf" => new AllOfRule(List(place, name, compiler)),
        "anyOf" => new AnyOfRule(List(place, name, compiler)),
        "oneOf" => new OneOfRule(List(place, name, compiler)),
        "not" => new NotRule(compiler.Below(place, name)),
        _ => null,
    };

    private static bool Has(SchemaPlace place, string keyword) => place.Element.TryGetProperty(keyword, out _);

    private static SchemaNode[] List(SchemaPlace place, string keyword, SchemaCompiler compiler) =>
        [.. Enumerable.Range(0, place.Element.GetProperty(keyword).GetArrayLength()).Select(i => compiler.Below(place, keyword, $"{i}"))];

    private static (string Name, SchemaNode Node)[] Map(SchemaPlace place, string keyword, SchemaCompiler compiler) =>
        place.Element.TryGetProperty(keyword, out var map) ? [.. map.EnumerateObject().Select(entry => (entry.Name, compiler.Below(place, keyword, entry.Name)))] : [];

    private static int Bound(JsonElement value) => (int)Math.Min(value.GetDouble(), int.MaxValue);

    private static SchemaPattern Pattern(SchemaPlace place, string text)
    {
        try
        {
            return new SchemaPattern(text);
        }
        catch (ArgumentException broken)
        {
            throw new JsonSchemaException($"{(place.Pointer.Length == 0 ? "The schema" : place.Pointer)} has a pattern that is not a regular expression: '{text}'. {broken.Message}", broken);
        }
    }
}
