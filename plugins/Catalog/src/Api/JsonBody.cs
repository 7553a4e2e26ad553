using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Stagedoor.Catalog.Api;

/// <summary>A JSON object from a client, read property by property with a sentence for each that is not as it must be.</summary>
internal static class JsonBody
{
    /// <summary>The object that a request must carry.</summary>
    public static async Task<JsonElement> Read(HttpContext context)
    {
        if (context.Request.ContentType is not { Length: > 0 } type)
        {
            throw ApiFault.Input("Content-Type missing");
        }

        if (!context.Request.HasJsonContentType())
        {
            throw ApiFault.Input($"Illegal Content-Type '{type}': the body must be application/json");
        }

        using var document = await RequestBody.Read(context) ?? throw ApiFault.Input("Missing request body");
        var root = document.Object();
        return root.EnumerateObject().Any() ? root.Clone() : throw ApiFault.Input("Empty request body");
    }

    /// <summary>The object that a document is; without a document, one that has no properties.</summary>
    public static JsonElement Object(this JsonDocument? document) =>
        document is null || document.RootElement.ValueKind == JsonValueKind.Object ? document?.RootElement ?? default : throw ApiFault.Input("Expected body to be a JSON object");

    public static void Only(this JsonElement body, params ReadOnlySpan<string> known)
    {
        foreach (var field in body.EnumerateObject())
        {
            if (!known.Contains(field.Name))
            {
                throw ApiFault.Input($"Malformed request body: unrecognised key '{field.Name}'. There are {string.Join(", ", known.ToArray())}.");
            }
        }
    }

    /// <summary>Nothing, if it is not there.</summary>
    public static JsonElement? Property(this JsonElement body, string name) =>
        body.ValueKind == JsonValueKind.Object && body.TryGetProperty(name, out var value) ? value : null;

    public static string Text(this JsonElement body, string name) =>
        body.TryText(name) ?? throw ApiFault.Input($"Malformed request body: '{name}' is required, and a text.");

    public static string? TryText(this JsonElement body, string name) =>
        body.Property(name) is not { } value ? null : value.ValueKind == JsonValueKind.String ? value.GetString() : throw Wrong(name, "a text");

    public static int? TryNumber(this JsonElement body, string name) =>
        body.Property(name) is not { } value ? null : value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number) ? number : throw Wrong(name, "a whole number");

    public static JsonElement? TryObject(this JsonElement body, string name) =>
        body.Property(name) is not { } value ? null : value.ValueKind == JsonValueKind.Object ? value : throw Wrong(name, "an object");

    public static IReadOnlyList<string>? TryTexts(this JsonElement body, string name) => body.Property(name) is not { } value
        ? null
        : value.ValueKind == JsonValueKind.Array && value.EnumerateArray().All(item => item.ValueKind == JsonValueKind.String)
            ? [.. value.EnumerateArray().Select(item => item.GetString()!)]
            : throw Wrong(name, "a list of texts");

    public static ApiFault Wrong(string name, string what) => ApiFault.Input($"Malformed request body: '{name}' must be {what}.");
}
