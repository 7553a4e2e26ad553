using System.Text.Json;
using YamlDotNet.Core;
using YamlDotNet.Serialization;

namespace Stagedoor.Catalog.Pages.Detail;

/// <summary>JSON as people read it: indented, or as YAML.</summary>
internal static class EntityText
{
    /// <summary>More than this is not shown: an API definition of megabytes would make a page nobody can use.</summary>
    public const int Most = 60_000;

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly ISerializer Yaml = new SerializerBuilder().WithQuotingNecessaryStrings().WithDefaultScalarStyle(ScalarStyle.Any).Build();

    public static string ToJson(JsonElement element) => JsonSerializer.Serialize(element, Indented);

    public static string ToYaml(JsonElement element) => Yaml.Serialize(Plain(element) ?? "").TrimEnd();

    /// <summary>The first lines of a long text, and whether there is more.</summary>
    public static (string Text, bool IsCut) Cut(string text, int most = Most)
    {
        if (text.Length <= most)
        {
            return (text, false);
        }

        var end = text.LastIndexOf('\n', most);
        return (text[..(end < most / 2 ? most : end)], true);
    }

    private static object? Plain(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => Members(element),
        JsonValueKind.Array => element.EnumerateArray().Select(Plain).ToList(),
        JsonValueKind.String => element.GetString(),
        JsonValueKind.Number => element.TryGetInt64(out var whole) ? whole : element.GetDouble(),
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => null,
    };

    private static Dictionary<string, object?> Members(JsonElement element)
    {
        var members = new Dictionary<string, object?>(StringComparer.Ordinal);
        foreach (var member in element.EnumerateObject())
        {
            members[member.Name] = Plain(member.Value);
        }

        return members;
    }
}
