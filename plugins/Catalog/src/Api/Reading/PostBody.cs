using System.Text.Json;

namespace Stagedoor.Catalog.Api.Reading;

/// <summary>A JSON object from a client, read property by property with a sentence for each that is not as it must be.</summary>
internal readonly struct PostBody
{
    private readonly JsonElement _root;

    public PostBody(JsonElement root)
    {
        if (root.ValueKind is not (JsonValueKind.Object or JsonValueKind.Undefined))
        {
            throw ApiFault.Input("Malformed request body: it must be a JSON object.");
        }

        _root = root;
    }

    /// <summary>Nothing, if it is not there.</summary>
    public JsonElement? Property(string name) => _root.ValueKind == JsonValueKind.Object && _root.TryGetProperty(name, out var value) ? value : null;

    public string? Text(string name) => Property(name) is not { } value ? null : value.ValueKind == JsonValueKind.String ? value.GetString() : throw Wrong(name, "a text");

    public int? Number(string name) =>
        Property(name) is not { } value ? null : value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number) ? number : throw Wrong(name, "a whole number");

    public PostBody? Object(string name) => Property(name) is not { } value ? null : value.ValueKind == JsonValueKind.Object ? new PostBody(value) : throw Wrong(name, "an object");

    public IReadOnlyList<string>? Texts(string name) => Property(name) is not { } value
        ? null
        : value.ValueKind == JsonValueKind.Array && value.EnumerateArray().All(item => item.ValueKind == JsonValueKind.String)
            ? [.. value.EnumerateArray().Select(item => item.GetString()!)]
            : throw Wrong(name, "a list of texts");

    public IReadOnlyList<OrderField> Orders() => Property("orderBy") is not { } value
        ? []
        : value.ValueKind == JsonValueKind.Array ? [.. value.EnumerateArray().Select(Order)] : throw Wrong("orderBy", "a list of a field and an order each");

    private static OrderField Order(JsonElement order)
    {
        var read = new PostBody(order);
        return read.Text("field") is { } field && read.Text("order") is "asc" or "desc"
            ? new OrderField(field, read.Text("order") == "desc")
            : throw ApiFault.Input("Invalid order field order, must be asc or desc");
    }

    private static ApiFault Wrong(string name, string what) => ApiFault.Input($"Malformed request body: '{name}' must be {what}.");
}
