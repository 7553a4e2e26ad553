using System.Text.Json;
using Stagedoor.Plugins;

namespace Stagedoor.Org.Structure;

/// <summary>What the profile of a group or person says, as far as a page may show it.</summary>
internal static class Profile
{
    /// <summary>An address that mail can be sent to, and nothing that could be more than one.</summary>
    public static string? EmailOf(Entity entity) =>
        entity.Text("spec.profile.email")?.Trim() is { Length: > 2 and <= 254 } email && email.Contains('@') && !email.Any(letter => char.IsWhiteSpace(letter) || letter is ',' or ';' or '?' or '&' or ':')
            ? email
            : null;

    /// <summary>What somebody is in the organisation, where their file says so.</summary>
    public static string? RoleOf(Entity entity) => entity.Text("spec.profile.role") ?? entity.Text("spec.role") ?? entity.Label("role");

    public static IReadOnlyList<(string Title, string Url, string Icon)> LinksOf(Entity entity)
    {
        if (entity.At("metadata.links") is not { ValueKind: JsonValueKind.Array } links)
        {
            return [];
        }

        var found = new List<(string, string, string)>();
        foreach (var link in links.EnumerateArray())
        {
            if (found.Count < 20 && link.ValueKind == JsonValueKind.Object && TextOf(link, "url") is { } url && IsWeb(url))
            {
                found.Add((TextOf(link, "title") ?? url, url, TextOf(link, "icon") ?? "link"));
            }
        }

        return found;
    }

    private static bool IsWeb(string url) => Uri.TryCreate(url, UriKind.Absolute, out var address) && (address.Scheme is "https" or "http" or "mailto");

    private static string? TextOf(JsonElement link, string key) =>
        link.TryGetProperty(key, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
