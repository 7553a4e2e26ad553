using System.Text.Json;
using Stagedoor.Plugins;

namespace Stagedoor.Catalog.Pages.Detail.About;

/// <summary>What an entity has in a field of the company's own.</summary>
/// <param name="Entities">What it names, if it names entities.</param>
internal sealed record FieldValue(EntityField Field, string Text, IReadOnlyList<EntityRef> Entities)
{
    private const int Longest = 300;

    public static IEnumerable<FieldValue> Of(CatalogModel model, Entity entity)
    {
        foreach (var field in model.Fields.Where(field => field.Kinds.Count == 0 || field.Kinds.Contains(entity.Kind, StringComparer.OrdinalIgnoreCase)))
        {
            if (ValueAt(entity, field.Path) is { } value && TextOf(value) is { Length: > 0 } text)
            {
                yield return new FieldValue(field, text, field.Relation is { } relation ? Named(value, relation, entity.Namespace) : []);
            }
        }
    }

    /// <summary>Keys of labels and annotations have dots of their own, so all behind the map is the key.</summary>
    private static JsonElement? ValueAt(Entity entity, string path)
    {
        foreach (var map in new[] { "metadata.labels.", "metadata.annotations." })
        {
            if (path.StartsWith(map, StringComparison.Ordinal))
            {
                return entity.At(map[..^1]) is { ValueKind: JsonValueKind.Object } found && found.TryGetProperty(path[map.Length..], out var value) ? value : null;
            }
        }

        return entity.At(path);
    }

    private static string TextOf(JsonElement value)
    {
        var text = value.ValueKind switch
        {
            JsonValueKind.Array => string.Join(", ", value.EnumerateArray().Take(20).Select(item => item.ToString())),
            JsonValueKind.True => "yes",
            JsonValueKind.False => "no",
            JsonValueKind.Null => "",
            _ => value.ToString(),
        };
        return CutText.To(text, Longest);
    }

    private static List<EntityRef> Named(JsonElement value, FieldRelation relation, string space) =>
    [
        .. (value.ValueKind == JsonValueKind.Array ? value.EnumerateArray().Take(20) : [value])
            .Where(item => item.ValueKind == JsonValueKind.String)
            .Select(item => EntityRef.TryParse(item.GetString(), relation.DefaultKind, space, out var entity) ? entity : (EntityRef?)null)
            .OfType<EntityRef>(),
    ];
}
