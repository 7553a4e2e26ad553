using System.Text.Json;
using Stagedoor.Plugins;

namespace Stagedoor.Catalog.Api.Reading;

/// <summary>The filter in cursors of older servers: <c>key</c> and <c>values</c>, <c>not</c>, <c>anyOf</c>, <c>allOf</c>.</summary>
internal static class OldFilter
{
    public static EntityFilter Read(JsonElement filter)
    {
        if (filter.ValueKind == JsonValueKind.Object)
        {
            if (filter.TryGetProperty("key", out var key) && key.ValueKind == JsonValueKind.String)
            {
                if (!filter.TryGetProperty("values", out var values))
                {
                    return new EntityFilter.Exists(key.GetString()!);
                }

                if (values.ValueKind == JsonValueKind.Array && values.EnumerateArray().All(value => value.ValueKind == JsonValueKind.String))
                {
                    return new EntityFilter.Has(key.GetString()!, [.. values.EnumerateArray().Select(value => value.GetString()!)]);
                }
            }

            if (filter.TryGetProperty("not", out var not))
            {
                return new EntityFilter.Not(Read(not));
            }

            if (filter.TryGetProperty("anyOf", out var any) && any.ValueKind == JsonValueKind.Array)
            {
                return new EntityFilter.AnyOf([.. any.EnumerateArray().Select(Read)]);
            }

            if (filter.TryGetProperty("allOf", out var all) && all.ValueKind == JsonValueKind.Array)
            {
                return new EntityFilter.AllOf([.. all.EnumerateArray().Select(Read)]);
            }
        }

        throw ApiFault.Input("its filter is none");
    }

    /// <summary>The same as a predicate, together with one.</summary>
    public static string Json(JsonElement filter, string? query)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, BackstageErrors.Writing))
        {
            writer.WriteStartObject();
            writer.WriteStartArray("$all");
            Write(writer, Read(filter));
            if (query is not null)
            {
                writer.WriteRawValue(query);
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        return System.Text.Encoding.UTF8.GetString(stream.GetBuffer(), 0, (int)stream.Length);
    }

    private static void Write(Utf8JsonWriter writer, EntityFilter filter)
    {
        writer.WriteStartObject();
        switch (filter)
        {
            case EntityFilter.Exists exists:
                writer.WriteStartObject(exists.Path);
                writer.WriteBoolean("$exists", true);
                writer.WriteEndObject();
                break;
            case EntityFilter.Has has:
                writer.WriteStartObject(has.Path);
                writer.WriteStartArray("$in");
                foreach (var value in has.Values)
                {
                    writer.WriteStringValue(value);
                }

                writer.WriteEndArray();
                writer.WriteEndObject();
                break;
            case EntityFilter.Not not:
                writer.WritePropertyName("$not");
                Write(writer, not.Filter);
                break;
            case EntityFilter.AnyOf any:
                WriteList(writer, "$any", any.Filters);
                break;
            case EntityFilter.AllOf all:
                WriteList(writer, "$all", all.Filters);
                break;
        }

        writer.WriteEndObject();
    }

    private static void WriteList(Utf8JsonWriter writer, string name, IReadOnlyCollection<EntityFilter> filters)
    {
        writer.WriteStartArray(name);
        foreach (var filter in filters)
        {
            Write(writer, filter);
        }

        writer.WriteEndArray();
    }
}
