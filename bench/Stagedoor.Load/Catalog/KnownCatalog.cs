using System.Text.Json;

namespace Stagedoor.Load.Catalog;

/// <summary>What the driver has to know of an entity to ask for it and to tell whether an answer is right.</summary>
internal sealed record KnownEntity(
    string Kind, string Namespace, string Name, string Title, string? Type, string? Lifecycle, string? Owner, IReadOnlyList<string> Tags)
{
    public string Ref { get; } = $"{Kind}:{Namespace}/{Name}".ToLowerInvariant();
}

/// <summary>The catalog under load, read once over the API before anything is measured.</summary>
internal sealed class KnownCatalog
{
    private const string Fields = "kind,metadata.name,metadata.namespace,metadata.title,metadata.tags,spec.type,spec.lifecycle,relations";

    private KnownCatalog(IReadOnlyList<KnownEntity> entities)
    {
        Entities = entities;
        Components = [.. entities.Where(entity => entity.Kind == "Component")];
        Kinds = [.. entities.GroupBy(entity => entity.Kind).OrderByDescending(kind => kind.Count()).Select(kind => kind.Key)];
    }

    public IReadOnlyList<KnownEntity> Entities { get; }

    public IReadOnlyList<KnownEntity> Components { get; }

    public IReadOnlyList<string> Kinds { get; }

    public static async Task<KnownCatalog> Read(CatalogTarget target, CancellationToken cancellationToken)
    {
        var entities = new List<KnownEntity>();
        string? cursor = null;
        do
        {
            var path = cursor is null ? $"entities/by-query?limit=2000&fields={Fields}" : $"entities/by-query?limit=2000&fields={Fields}&cursor={Uri.EscapeDataString(cursor)}";
            using var page = await target.Read(path, cancellationToken);
            entities.AddRange(page.RootElement.GetProperty("items").EnumerateArray().Select(Entity));
            cursor = page.RootElement.GetProperty("pageInfo").TryGetProperty("nextCursor", out var next) ? next.GetString() : null;
        }
        while (cursor is not null);
        return entities.Exists(entity => entity.Kind == "Component")
            ? new KnownCatalog(entities)
            : throw new ArgumentException($"The catalog at {target.Base} has no components to ask for.", nameof(target));
    }

    private static KnownEntity Entity(JsonElement item)
    {
        var metadata = item.GetProperty("metadata");
        var spec = item.TryGetProperty("spec", out var found) ? found : default;
        return new KnownEntity(
            Text(item, "kind")!,
            Text(metadata, "namespace") ?? "default",
            Text(metadata, "name")!,
            Text(metadata, "title") ?? "",
            Text(spec, "type"),
            Text(spec, "lifecycle"),
            Owner(item),
            metadata.TryGetProperty("tags", out var tags) ? [.. tags.EnumerateArray().Select(tag => tag.GetString()!)] : []);
    }

    private static string? Owner(JsonElement item) => item.TryGetProperty("relations", out var relations)
        ? relations.EnumerateArray().Where(relation => Text(relation, "type") == "ownedBy").Select(relation => Text(relation, "targetRef")).FirstOrDefault()
        : null;

    private static string? Text(JsonElement of, string name) =>
        of.ValueKind == JsonValueKind.Object && of.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
