using System.Globalization;
using System.Text.Json;

namespace Stagedoor.Plugins;

internal sealed class TypeRule(string[] types) : SchemaRule
{
    public override bool Check(JsonElement value, SchemaRun run)
    {
        foreach (var type in types)
        {
            if (Is(value, type))
            {
                return true;
            }
        }

        return run.Fail("type", string.Join(",", types), run.Problems is null ? "" : $"is {SchemaValues.Show(value)}; {string.Join(" or ", types.Select(Article))} is allowed");
    }

    private static bool Is(JsonElement value, string type) => value.ValueKind switch
    {
        JsonValueKind.Null => type is "null",
        JsonValueKind.True or JsonValueKind.False => type is "boolean",
        JsonValueKind.String => type is "string",
        JsonValueKind.Array => type is "array",
        JsonValueKind.Object => type is "object",
        _ => type is "number" || (type is "integer" && SchemaValues.IsInteger(value)),
    };

    private static string Article(string type) => type switch
    {
        "string" => "text",
        "boolean" => "true or false",
        "integer" => "a whole number",
        "number" => "a number",
        "array" => "a list",
        "object" => "an object",
        _ => type,
    };
}

internal sealed class EnumRule(JsonElement[] allowed) : SchemaRule
{
    public override bool Check(JsonElement value, SchemaRun run)
    {
        foreach (var candidate in allowed)
        {
            if (JsonElement.DeepEquals(candidate, value))
            {
                return true;
            }
        }

        if (run.Problems is null)
        {
            return false;
        }

        var near = value.ValueKind == JsonValueKind.String
            ? Nearest.To(value.GetString()!, allowed.Where(candidate => candidate.ValueKind == JsonValueKind.String).Select(candidate => candidate.GetString()!))
            : null;
        return run.Fail(
            "enum",
            string.Join(",", allowed.Select(candidate => candidate.ValueKind == JsonValueKind.String ? candidate.GetString() : candidate.GetRawText())),
            $"is {SchemaValues.ShowWhole(value)}; allowed: {string.Join(", ", allowed.Select(SchemaValues.ShowWhole))}{(near is null ? "" : $". Did you mean '{near}'?")}");
    }
}

internal sealed class ConstRule(JsonElement expected) : SchemaRule
{
    public override bool Check(JsonElement value, SchemaRun run) =>
        JsonElement.DeepEquals(expected, value)
        || run.Fail("const", expected.ValueKind == JsonValueKind.String ? expected.GetString()! : expected.GetRawText(), $"is {SchemaValues.ShowWhole(value)}; only {SchemaValues.ShowWhole(expected)} is allowed");
}

internal sealed class NumberRule(string keyword, JsonElement bound, Func<JsonElement, JsonElement, bool> isRight, string allowed) : SchemaRule
{
    public override bool Check(JsonElement value, SchemaRun run) =>
        value.ValueKind != JsonValueKind.Number
        || isRight(value, bound)
        || run.Fail(keyword, bound.GetRawText(), $"is {SchemaValues.Show(value)}; {string.Format(CultureInfo.InvariantCulture, allowed, bound.GetRawText())}");
}

internal sealed class LengthRule(string keyword, int bound) : SchemaRule
{
    public override bool Check(JsonElement value, SchemaRun run)
    {
        if (value.ValueKind != JsonValueKind.String)
        {
            return true;
        }

        // Most texts must only not be empty, which needs no copy of the text.
        if (bound == 1 && keyword == "minLength" && !value.ValueEquals(""))
        {
            return true;
        }

        var length = SchemaValues.Length(value.GetString()!);
        if (keyword == "minLength" ? length >= bound : length <= bound)
        {
            return true;
        }

        var found = length == 0 ? "is empty" : $"is {SchemaValues.Show(value)}, {SchemaValues.Count(length, "character", "characters")}";
        return run.Fail(keyword, $"{bound}", $"{found}; {SchemaValues.Bound(keyword == "minLength", bound, "character", "characters")}");
    }
}

internal sealed class PatternRule(SchemaPattern pattern) : SchemaRule
{
    public override bool Check(JsonElement value, SchemaRun run) =>
        value.ValueKind != JsonValueKind.String
        || pattern.Matches(value.GetString()!)
        || run.Fail("pattern", pattern.Text, $"is {SchemaValues.Show(value)}; it must match {pattern.Text}");
}

internal sealed class FormatRule(string name, Func<string, bool> isRight) : SchemaRule
{
    public override bool Check(JsonElement value, SchemaRun run) =>
        value.ValueKind != JsonValueKind.String
        || isRight(value.GetString()!)
        || run.Fail("format", name, $"is {SchemaValues.Show(value)}; {SchemaFormats.Describe(name)} is allowed");
}
