using System.Text.Json;
using Stagedoor.Plugins;

namespace Stagedoor.Catalog.Pages.Detail;

/// <summary>A link that an entity carries.</summary>
/// <param name="Address">Nothing if it may not be clicked on.</param>
internal sealed record EntityLinkTo(string Title, string? Address, string? Type, string Icon);

/// <summary>The links of an entity, and those that deserve a button.</summary>
internal static class EntityLinks
{
    private static readonly Dictionary<string, string> Icons = new(StringComparer.OrdinalIgnoreCase)
    {
        ["dashboard"] = "gauge", ["chat"] = "mail", ["docs"] = "docs", ["documentation"] = "docs", ["github"] = "code", ["code"] = "code", ["email"] = "mail",
        ["help"] = "help", ["group"] = "people", ["user"] = "person", ["web"] = "globe", ["catalog"] = "grid", ["alert"] = "warning", ["logs"] = "list", ["runbook"] = "library",
    };

    public static IReadOnlyList<EntityLinkTo> Of(Entity entity) =>
        entity.At("metadata.links") is { ValueKind: JsonValueKind.Array } links
            ? [.. links.EnumerateArray().Where(link => link.ValueKind == JsonValueKind.Object).Select(Read).Where(link => link.Title.Length > 0)]
            : [];

    /// <summary>Where its documentation is, if one of its links says so.</summary>
    public static string? Docs(Entity entity) => Of(entity).FirstOrDefault(IsDocs)?.Address;

    /// <summary>Where its source is, if a browser can open it.</summary>
    public static string? Source(Entity entity) =>
        Pages.Shown.Link(entity.Annotation("backstage.io/source-location")) ?? Pages.Shown.Link(entity.Annotation("backstage.io/view-url"));

    private static bool IsDocs(EntityLinkTo link) =>
        link.Address is not null
        && (Is(link.Type, "docs") || Is(link.Type, "documentation") || Is(link.Title, "docs") || Is(link.Title, "documentation"));

    private static EntityLinkTo Read(JsonElement link)
    {
        var (address, type) = (Text(link, "url"), Text(link, "type"));
        return new EntityLinkTo(Text(link, "title") ?? address ?? "", Pages.Shown.Clickable(address), type, Icons.GetValueOrDefault(Text(link, "icon") ?? type ?? "", "link"));
    }

    private static bool Is(string? text, string word) => string.Equals(text, word, StringComparison.OrdinalIgnoreCase);

    private static string? Text(JsonElement item, string name) =>
        item.TryGetProperty(name, out var found) && found.ValueKind == JsonValueKind.String && found.GetString() is { Length: > 0 } text ? text : null;
}
