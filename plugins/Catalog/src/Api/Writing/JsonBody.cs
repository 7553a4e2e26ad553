using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Stagedoor.Catalog.Api.Writing;

/// <summary>The object that a request carries, or a refusal that says what is wrong with it.</summary>
internal static class JsonBody
{
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
        var root = document.RootElement;
        return root.ValueKind != JsonValueKind.Object ? throw ApiFault.Input("Expected body to be a JSON object")
            : !root.EnumerateObject().Any() ? throw ApiFault.Input("Empty request body")
            : root.Clone();
    }

    public static void Only(this JsonElement body, params ReadOnlySpan<string> known)
    {
        foreach (var field in body.EnumerateObject())
        {
            if (!known.Contains(field.Name))
            {
                throw ApiFault.Input($"Malformed request: unrecognised key '{field.Name}'. There are {string.Join(", ", known.ToArray())}.");
            }
        }
    }

    public static string Text(this JsonElement body, string name) =>
        body.TryText(name) ?? throw ApiFault.Input($"Malformed request: '{name}' is required, and a text");

    public static string? TryText(this JsonElement body, string name) =>
        !body.TryGetProperty(name, out var value) ? null
        : value.ValueKind == JsonValueKind.String ? value.GetString()
        : throw ApiFault.Input($"Malformed request: '{name}' must be a text");
}
