using System.Globalization;
using System.Text.Json;

namespace Stagedoor.Plugins;

/// <summary>A place in a schema document. What a relative reference there is relative to is its <paramref name="Base"/>.</summary>
internal readonly record struct SchemaPlace(int Document, string Pointer, JsonElement Element, string Base)
{
    public string Key => string.Create(CultureInfo.InvariantCulture, $"{Document}#{Pointer}");

    /// <summary>In draft 7 nothing beside a reference counts.</summary>
    public string? Reference =>
        Element.ValueKind == JsonValueKind.Object && Element.TryGetProperty("$ref", out var reference) && reference.ValueKind == JsonValueKind.String ? reference.GetString() : null;
}

/// <summary>Knows schemas by their addresses: those with an <c>$id</c>, and those that are brought from elsewhere.</summary>
internal sealed class SchemaAddresses(JsonSchemaOptions options)
{
    private const string Nowhere = "schema:root";

    private static readonly string[] Single = ["additionalItems", "additionalProperties", "contains", "else", "if", "items", "not", "propertyNames", "then"];
    private static readonly string[] Lists = ["allOf", "anyOf", "items", "oneOf"];
    private static readonly string[] Maps = ["definitions", "dependencies", "patternProperties", "properties"];

    private readonly Dictionary<string, SchemaPlace> _known = new(StringComparer.Ordinal);
    private int _documents;

    public SchemaPlace Add(JsonElement schema, string? address = null)
    {
        var place = Rebase(new SchemaPlace(_documents++, "", schema, address ?? Nowhere));
        _known[address ?? Nowhere] = place;
        Note(place);
        return place;
    }

    public static SchemaPlace Below(SchemaPlace place, string name, bool isSchema = true)
    {
        var element = place.Element.ValueKind == JsonValueKind.Array
            ? place.Element[int.Parse(name, NumberStyles.None, CultureInfo.InvariantCulture)]
            : place.Element.GetProperty(name);
        var below = place with { Pointer = $"{place.Pointer}/{name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal)}", Element = element };
        return isSchema ? Rebase(below) : below;
    }

    public SchemaPlace Follow(SchemaPlace from, string reference)
    {
        var hash = reference.IndexOf('#', StringComparison.Ordinal);
        var fragment = hash < 0 ? "" : reference[(hash + 1)..];
        var address = Join(from.Base, hash < 0 ? reference : reference[..hash]);
        if (_known.TryGetValue($"{address}#{fragment}", out var named))
        {
            return named;
        }

        var document = _known.TryGetValue(address, out var known) ? known : Bring(address, from, reference);
        if (fragment.Length == 0)
        {
            return document;
        }

        if (!fragment.StartsWith('/'))
        {
            return _known.TryGetValue($"{address}#{fragment}", out named) ? named : throw Missing(from, reference);
        }

        var place = document;
        foreach (var step in Uri.UnescapeDataString(fragment)[1..].Split('/'))
        {
            var name = step.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal);
            var exists = place.Element.ValueKind switch
            {
                JsonValueKind.Object => place.Element.TryGetProperty(name, out _),
                JsonValueKind.Array => int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var index) && index < place.Element.GetArrayLength(),
                _ => false,
            };
            place = exists ? Below(place, name) : throw Missing(from, reference);
        }

        return place;
    }

    private SchemaPlace Bring(string address, SchemaPlace from, string reference)
    {
        if (address is MetaSchema.Address)
        {
            return Add(MetaSchema.Root, address);
        }

        return Uri.TryCreate(address, UriKind.Absolute, out var uri) && options.Resolve?.Invoke(uri) is { } brought
            ? Add(brought, address)
            : throw Missing(from, reference);
    }

    private static JsonSchemaException Missing(SchemaPlace from, string reference) =>
        new($"{(from.Pointer.Length == 0 ? "The schema" : from.Pointer)} refers to '{reference}', which is not there.");

    /// <summary>Notes the addresses of a schema and of all below it. What stands below other keywords is data.</summary>
    private void Note(SchemaPlace place)
    {
        if (place.Element.ValueKind != JsonValueKind.Object || place.Reference is not null)
        {
            return;
        }

        if (place.Element.TryGetProperty("$id", out var id) && id.ValueKind == JsonValueKind.String)
        {
            var text = id.GetString()!;
            _known.TryAdd(text.StartsWith('#') ? place.Base + text : place.Base, place);
        }

        foreach (var property in place.Element.EnumerateObject())
        {
            if (property.Value.ValueKind == JsonValueKind.Object && Array.IndexOf(Single, property.Name) >= 0)
            {
                Note(Below(place, property.Name));
            }
            else if (property.Value.ValueKind == JsonValueKind.Array && Array.IndexOf(Lists, property.Name) >= 0)
            {
                var list = Below(place, property.Name, isSchema: false);
                for (var i = 0; i < property.Value.GetArrayLength(); i++)
                {
                    Note(Below(list, i.ToString(CultureInfo.InvariantCulture)));
                }
            }
            else if (property.Value.ValueKind == JsonValueKind.Object && Array.IndexOf(Maps, property.Name) >= 0)
            {
                var map = Below(place, property.Name, isSchema: false);
                foreach (var entry in property.Value.EnumerateObject())
                {
                    Note(Below(map, entry.Name));
                }
            }
        }
    }

    private static SchemaPlace Rebase(SchemaPlace place)
    {
        if (place.Element.ValueKind != JsonValueKind.Object || place.Reference is not null
            || !place.Element.TryGetProperty("$id", out var id) || id.ValueKind != JsonValueKind.String)
        {
            return place;
        }

        var text = id.GetString()!;
        return text.StartsWith('#') ? place : place with { Base = Join(place.Base, text.Split('#')[0]) };
    }

    private static string Join(string address, string relative) =>
        relative.Length == 0 ? address
        : Uri.TryCreate(relative, UriKind.Absolute, out var whole) && !relative.StartsWith('/') ? whole.AbsoluteUri
        : Uri.TryCreate(address, UriKind.Absolute, out var start) && address != Nowhere && Uri.TryCreate(start, relative, out var joined) ? joined.AbsoluteUri
        : relative;
}
