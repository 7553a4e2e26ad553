using System.Text.Json;

namespace Stagedoor.Plugins;

internal sealed class PropertiesRule((string Name, SchemaNode Node)[] named, (SchemaPattern Pattern, SchemaNode Node)[] patterns, SchemaNode? others) : SchemaRule
{
    private readonly Dictionary<string, SchemaNode> _named = named.ToDictionary(entry => entry.Name, entry => entry.Node, StringComparer.Ordinal);

    public override bool Check(JsonElement value, SchemaRun run)
    {
        if (value.ValueKind != JsonValueKind.Object)
        {
            return true;
        }

        var isRight = true;
        foreach (var property in value.EnumerateObject())
        {
            var name = property.Name;
            var isKnown = false;
            if (_named.TryGetValue(name, out var node))
            {
                isKnown = true;
                isRight &= Below(node, name, property.Value, run);
            }

            foreach (var (pattern, matched) in patterns)
            {
                if (pattern.Matches(name))
                {
                    isKnown = true;
                    isRight &= Below(matched, name, property.Value, run);
                }
            }

            if (!isKnown && others is not null)
            {
                isRight &= others.Always == false ? Unknown(name, run) : Below(others, name, property.Value, run);
            }

            if (!isRight && run.Problems is null)
            {
                return false;
            }
        }

        return isRight;
    }

    private static bool Below(SchemaNode node, string name, JsonElement value, SchemaRun run)
    {
        var isRight = run.Enter(name, 0) && node.Check(value, run);
        run.Leave();
        return isRight;
    }

    private bool Unknown(string name, SchemaRun run)
    {
        if (run.Problems is null)
        {
            return false;
        }

        var near = Nearest.To(name, _named.Keys);
        var allowed = near is not null ? $" Did you mean '{near}'?"
            : _named.Count is > 0 and <= 12 ? $" Allowed: {string.Join(", ", _named.Keys)}."
            : "";
        return run.Fail("additionalProperties", name, $"has '{SchemaValues.Cut(name)}', which is not known here.{allowed}");
    }
}

/// <param name="known">The names that the schema describes: a property that has none of them may be a required one misspelt.</param>
internal sealed class RequiredRule(string[] required, string[] known) : SchemaRule
{
    public override bool Check(JsonElement value, SchemaRun run)
    {
        if (value.ValueKind != JsonValueKind.Object)
        {
            return true;
        }

        var isRight = true;
        foreach (var name in required)
        {
            if (value.TryGetProperty(name, out _))
            {
                continue;
            }

            isRight = false;
            if (run.Problems is null)
            {
                return false;
            }

            var near = Nearest.To(name, value.EnumerateObject().Select(property => property.Name).Where(other => Array.IndexOf(known, other) < 0));
            run.Fail("required", name, $"has no '{name}', which is required{(near is null ? "" : $". Is '{near}' meant to be it?")}");
        }

        return isRight;
    }
}

internal sealed class PropertyCountRule(string keyword, int bound) : SchemaRule
{
    public override bool Check(JsonElement value, SchemaRun run)
    {
        if (value.ValueKind != JsonValueKind.Object)
        {
            return true;
        }

        var count = value.EnumerateObject().Select(property => property.Name).Distinct(StringComparer.Ordinal).Count();
        return (keyword == "minProperties" ? count >= bound : count <= bound)
            || run.Fail(keyword, $"{bound}", $"has {SchemaValues.Count(count, "entry", "entries")}; {SchemaValues.Bound(keyword == "minProperties", bound, "entry", "entries")}");
    }
}

internal sealed class PropertyNamesRule(SchemaNode name) : SchemaRule
{
    public override bool Check(JsonElement value, SchemaRun run)
    {
        if (value.ValueKind != JsonValueKind.Object)
        {
            return true;
        }

        var isRight = true;
        foreach (var property in value.EnumerateObject())
        {
            if (!name.Accepts(JsonSerializer.SerializeToElement(property.Name), run))
            {
                isRight = run.Fail("propertyNames", property.Name, $"has '{SchemaValues.Cut(property.Name)}', which is not a name that is allowed here");
            }
        }

        return isRight;
    }
}

internal sealed class DependenciesRule((string Name, string[] Required)[] names, (string Name, SchemaNode Node)[] schemas) : SchemaRule
{
    public override bool Check(JsonElement value, SchemaRun run)
    {
        if (value.ValueKind != JsonValueKind.Object)
        {
            return true;
        }

        var isRight = true;
        foreach (var (name, required) in names)
        {
            if (value.TryGetProperty(name, out _) && required.FirstOrDefault(other => !value.TryGetProperty(other, out _)) is { } missing)
            {
                isRight = run.Fail("dependencies", missing, $"has '{name}', which needs '{missing}' beside it");
            }
        }

        foreach (var (name, node) in schemas)
        {
            if (value.TryGetProperty(name, out _))
            {
                isRight &= node.Check(value, run);
            }
        }

        return isRight;
    }
}
