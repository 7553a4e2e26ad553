using System.Text;
using System.Text.Json;
using Stagedoor.Catalog.Index.Segments;
using Stagedoor.Plugins;

namespace Stagedoor.Catalog.Api.Reading;

/// <summary>A condition on entities as clients send it in a body, and as cursors carry it.</summary>
/// <param name="Json">As it came; nothing for no condition.</param>
internal sealed record Predicate(string? Json, EntityFilter Filter)
{
    public static readonly Predicate None = new(null, EntityFilter.Everything);

    public static Predicate Of(JsonElement query) => new(query.GetRawText(), Read(query));

    /// <exception cref="ApiFault">It is not a condition.</exception>
    public static EntityFilter Read(JsonElement query)
    {
        if (query.ValueKind != JsonValueKind.Object)
        {
            throw ApiFault.Input($"A query must be an object such as {{ \"kind\": \"Component\" }}, not {Short(query)}.");
        }

        var properties = query.EnumerateObject().ToList();
        if (properties.Exists(property => property.Name.StartsWith('$')))
        {
            return properties.Count == 1
                ? ReadOperator(properties[0])
                : throw ApiFault.Input($"{properties.First(property => property.Name.StartsWith('$')).Name} must stand alone in its object.");
        }

        // The last of several with one name counts, as everywhere in JSON.
        var fields = properties.GroupBy(property => property.Name, StringComparer.Ordinal).Select(same => ReadField(same.Key.ToLowerInvariant(), same.Last().Value)).ToArray();
        return fields.Length == 1 ? fields[0] : new EntityFilter.AllOf(fields);
    }

    private static EntityFilter ReadOperator(JsonProperty property) => property.Name switch
    {
        "$all" => new EntityFilter.AllOf(ReadList(property)),
        "$any" => new EntityFilter.AnyOf(ReadList(property)),
        "$not" => new EntityFilter.Not(Read(property.Value)),
        _ => throw ApiFault.Input($"There is no operator {property.Name}. Here $all, $any and $not are possible."),
    };

    private static EntityFilter[] ReadList(JsonProperty property) => property.Value.ValueKind == JsonValueKind.Array
        ? [.. property.Value.EnumerateArray().Select(Read)]
        : throw ApiFault.Input($"{property.Name} needs a list of conditions, not {Short(property.Value)}.");

    private static EntityFilter ReadField(string path, JsonElement value)
    {
        if (IsPrimitive(value))
        {
            return new EntityFilter.Has(path, Text(value));
        }

        if (value.ValueKind == JsonValueKind.Object)
        {
            if (value.TryGetProperty("$exists", out var exists) && exists.ValueKind is JsonValueKind.True or JsonValueKind.False)
            {
                return exists.GetBoolean() ? new EntityFilter.Exists(path) : new EntityFilter.Not(new EntityFilter.Exists(path));
            }

            if (value.TryGetProperty("$in", out var list) && list.ValueKind == JsonValueKind.Array && list.EnumerateArray().All(IsPrimitive))
            {
                return new EntityFilter.Has(path, [.. list.EnumerateArray().Select(Text)]);
            }

            if (value.TryGetProperty("$contains", out var contained))
            {
                return IsPrimitive(contained) ? new EntityFilter.Has(path, Text(contained)) : ReadRelation(path, contained);
            }

            if (value.TryGetProperty("$hasPrefix", out var prefix) && prefix.ValueKind == JsonValueKind.String)
            {
                return new EntityFilter.StartsWith(path, prefix.GetString()!);
            }
        }

        throw ApiFault.Input($"The condition on '{path}' must be a value, or $exists, $in, $hasPrefix or $contains; it is {Short(value)}.");
    }

    private static EntityFilter ReadRelation(string path, JsonElement relation)
    {
        if (path != "relations" || relation.ValueKind != JsonValueKind.Object)
        {
            throw ApiFault.Input($"$contains with an object is only possible on 'relations', not on '{path}' with {Short(relation)}.");
        }

        string? type = null;
        IReadOnlyCollection<string>? targets = null;
        foreach (var property in relation.EnumerateObject())
        {
            if (type is null && property.Name.Equals("type", StringComparison.OrdinalIgnoreCase) && property.Value.ValueKind == JsonValueKind.String)
            {
                type = property.Value.GetString();
            }
            else if (targets is null && property.Name.Equals("targetRef", StringComparison.OrdinalIgnoreCase))
            {
                targets = ReadTargets(property.Value);
            }
            else
            {
                throw ApiFault.Input($"$contains on 'relations' knows 'type', a text, and 'targetRef', each once; '{property.Name}' is {Short(property.Value)}.");
            }
        }

        if (string.IsNullOrEmpty(type))
        {
            throw ApiFault.Input("$contains on 'relations' needs a 'type', such as ownedBy.");
        }

        return targets is null ? new EntityFilter.Exists($"relations.{type}") : new EntityFilter.Has($"relations.{type}", targets);
    }

    private static IReadOnlyCollection<string> ReadTargets(JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.String)
        {
            return [value.GetString()!];
        }

        if (value.ValueKind == JsonValueKind.Object && value.GetPropertyCount() == 1 && value.TryGetProperty("$in", out var list)
            && list.ValueKind == JsonValueKind.Array && list.GetArrayLength() > 0 && list.EnumerateArray().All(item => item.ValueKind == JsonValueKind.String))
        {
            return [.. list.EnumerateArray().Select(item => item.GetString()!)];
        }

        throw ApiFault.Input($"'targetRef' must be a reference or $in with at least one, not {Short(value)}.");
    }

    private static bool IsPrimitive(JsonElement value) =>
        value.ValueKind is JsonValueKind.String or JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False;

    private static string Text(JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.String:
                return value.GetString()!;
            case JsonValueKind.Number:
                return ValueText.Number(value.GetDouble());
            default:
                return value.ValueKind == JsonValueKind.True ? "true" : "false";
        }
    }

    private static string Short(JsonElement value) => value.GetRawText() is { Length: > 100 } text ? new StringBuilder(text, 0, 100, 110).Append('…').ToString() : value.GetRawText();
}
