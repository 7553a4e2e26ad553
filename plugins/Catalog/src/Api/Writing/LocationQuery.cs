using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Stagedoor.Catalog.Api.Reading;
using Stagedoor.Catalog.Engine.Sources;
using Stagedoor.Plugins;

namespace Stagedoor.Catalog.Api.Writing;

/// <summary>A question for registered locations: a predicate over id, type and target, and a page of the answer.</summary>
internal sealed record LocationQuery(int Limit, string? AfterId, Predicate Predicate)
{
    public static async Task<LocationQuery> Read(HttpContext context)
    {
        using var document = await RequestBody.Read(context);
        if (document is null)
        {
            return new LocationQuery(1000, AfterId: null, Predicate.None);
        }

        var body = document.Object();
        body.Only("cursor", "limit", "query");
        if (body.TryGetProperty("cursor", out _))
        {
            var cursor = body.Text("cursor");
            return cursor.Length == 0 ? throw ApiFault.Input("Cursor cannot be empty") : Decode(cursor);
        }

        return Of(body, "limit");
    }

    public string Next(Guid last)
    {
        using var text = new MemoryStream();
        using (var writer = new Utf8JsonWriter(text))
        {
            writer.WriteStartObject();
            writer.WriteNumber("limit", Limit);
            writer.WriteString("afterId", last.ToString());
            if (Predicate.Json is not null)
            {
                writer.WritePropertyName("query");
                writer.WriteRawValue(Predicate.Json);
            }

            writer.WriteEndObject();
        }

        return Convert.ToBase64String(text.ToArray());
    }

    public bool Matches(Location location) => Matches(Predicate.Filter, location);

    private static bool Matches(EntityFilter filter, Location location) => filter switch
    {
        EntityFilter.AllOf all => all.Filters.All(one => Matches(one, location)),
        EntityFilter.AnyOf any => any.Filters.Any(one => Matches(one, location)),
        EntityFilter.Not not => !Matches(not.Filter, location),
        EntityFilter.Has has => Value(location, has.Path) is { } value && has.Values.Contains(value, StringComparer.OrdinalIgnoreCase),
        EntityFilter.Exists exists => Value(location, exists.Path) is not null,
        EntityFilter.StartsWith starts => Value(location, starts.Path)?.StartsWith(starts.Prefix, StringComparison.OrdinalIgnoreCase) == true,
        _ => throw new InvalidOperationException($"{filter.GetType().Name} is not a condition on locations."),
    };

    private static string? Value(Location location, string path) => path switch
    {
        "id" => location.Id.ToString(),
        "type" => location.Type,
        "target" => location.Target,
        "entityref" => location.EntityRef,
        _ => null,
    };

    private static LocationQuery Decode(string cursor)
    {
        try
        {
            using var document = JsonTexts.Parse(Convert.FromBase64String(cursor));
            var root = document.RootElement;
            return root.ValueKind == JsonValueKind.Object ? Of(root, "limit") with { AfterId = root.TryText("afterId") } : throw ApiFault.Input("Malformed cursor, unknown encoding");
        }
        catch (Exception e) when (e is FormatException or JsonException)
        {
            throw ApiFault.Input("Malformed cursor, unknown encoding");
        }
    }

    private static LocationQuery Of(JsonElement from, string limitName)
    {
        var limit = !from.TryGetProperty(limitName, out var given) ? 1000
            : given.ValueKind == JsonValueKind.Number && given.TryGetInt32(out var number) && number >= 1 ? number
            : throw ApiFault.Input("Limit must be a positive integer >= 1");
        return new LocationQuery(limit, AfterId: null, from.TryGetProperty("query", out var query) ? Predicate.Of(query) : Predicate.None);
    }
}
