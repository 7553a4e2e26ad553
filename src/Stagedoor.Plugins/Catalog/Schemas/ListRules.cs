using System.Text.Json;

namespace Stagedoor.Plugins;

internal sealed class ItemsRule(SchemaNode item) : SchemaRule
{
    public override bool Check(JsonElement value, SchemaRun run)
    {
        if (value.ValueKind != JsonValueKind.Array)
        {
            return true;
        }

        var isRight = true;
        var index = 0;
        foreach (var element in value.EnumerateArray())
        {
            isRight &= run.Enter(null, index++) && item.Check(element, run);
            run.Leave();
            if (!isRight && run.Problems is null)
            {
                return false;
            }
        }

        return isRight;
    }
}

/// <summary><c>items</c> as a list: a schema for each position, and one for those after.</summary>
internal sealed class PositionsRule(SchemaNode[] positions, SchemaNode? rest) : SchemaRule
{
    public override bool Check(JsonElement value, SchemaRun run)
    {
        if (value.ValueKind != JsonValueKind.Array)
        {
            return true;
        }

        var isRight = true;
        var index = 0;
        foreach (var element in value.EnumerateArray())
        {
            if ((index < positions.Length ? positions[index] : rest) is { } item)
            {
                isRight &= run.Enter(null, index) && item.Check(element, run);
                run.Leave();
            }

            index++;
        }

        return isRight;
    }
}

internal sealed class ItemCountRule(string keyword, int bound) : SchemaRule
{
    public override bool Check(JsonElement value, SchemaRun run)
    {
        if (value.ValueKind != JsonValueKind.Array)
        {
            return true;
        }

        var count = value.GetArrayLength();
        return (keyword == "minItems" ? count >= bound : count <= bound)
            || run.Fail(keyword, $"{bound}", $"has {(count == 0 ? "no items" : SchemaValues.Count(count, "item", "items"))}; {SchemaValues.Bound(keyword == "minItems", bound, "item", "items")}");
    }
}

internal sealed class UniqueRule : SchemaRule
{
    public override bool Check(JsonElement value, SchemaRun run)
    {
        if (value.ValueKind != JsonValueKind.Array || value.GetArrayLength() < 2)
        {
            return true;
        }

        var seen = new HashSet<JsonElement>(new Same());
        foreach (var item in value.EnumerateArray())
        {
            if (!seen.Add(item))
            {
                return run.Fail("uniqueItems", "true", $"has {SchemaValues.ShowWhole(item)} twice; each item is allowed once");
            }
        }

        return true;
    }

    private sealed class Same : IEqualityComparer<JsonElement>
    {
        public bool Equals(JsonElement x, JsonElement y) => JsonElement.DeepEquals(x, y);

        public int GetHashCode(JsonElement obj) => SchemaValues.Hash(obj);
    }
}

internal sealed class ContainsRule(SchemaNode item) : SchemaRule
{
    public override bool Check(JsonElement value, SchemaRun run)
    {
        if (value.ValueKind != JsonValueKind.Array)
        {
            return true;
        }

        var isFound = false;
        foreach (var element in value.EnumerateArray())
        {
            isFound = run.Enter(null, 0) && item.Accepts(element, run);
            run.Leave();
            if (isFound)
            {
                return true;
            }
        }

        return run.Fail("contains", "1", "has no item of the kind that must be among them");
    }
}
