using System.Text.Json;
using Microsoft.Extensions.Primitives;
using Stagedoor.Plugins;

namespace Stagedoor.Catalog.Api.Reading;

/// <summary>
/// The parameter <c>filter</c>: each is a list of conditions that must all hold, one of several must hold, and a key that
/// is there several times may have any of its values.
/// </summary>
internal static class FilterParameter
{
    public static Predicate Read(StringValues filters)
    {
        var any = filters.Select(filter => ReadOne(filter ?? "")).Where(keys => keys.Count > 0).ToList();
        return any.Count == 0 ? Predicate.None : new Predicate(Json(any), Filter(any));
    }

    private static List<Condition> ReadOne(string filter)
    {
        var conditions = new List<Condition>();
        foreach (var statement in filter.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var equals = statement.IndexOf('=', StringComparison.Ordinal);
            var key = equals < 0 ? statement : statement[..equals].Trim();
            if (key.Length == 0)
            {
                throw ApiFault.Input($"Invalid filter, '{statement}' is not a valid statement: write key, key= or key=value.");
            }

            var condition = conditions.Find(known => known.Key == key);
            if (condition is null)
            {
                conditions.Add(condition = new Condition(key));
            }

            if (equals >= 0)
            {
                condition.Values.Add(statement[(equals + 1)..].Trim());
            }
        }

        return conditions;
    }

    private static EntityFilter Filter(List<List<Condition>> any)
    {
        var sets = any.Select(all => all.Count == 1 ? Filter(all[0]) : new EntityFilter.AllOf([.. all.Select(Filter)])).ToArray();
        return sets.Length == 1 ? sets[0] : new EntityFilter.AnyOf(sets);
    }

    private static EntityFilter Filter(Condition condition) =>
        condition.Values.Count == 0 ? new EntityFilter.Exists(condition.Key) : new EntityFilter.Has(condition.Key, condition.Values);

    /// <summary>The same as a predicate, for cursors.</summary>
    private static string Json(List<List<Condition>> any)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, BackstageErrors.Writing))
        {
            WriteList(writer, "$any", any, all => WriteList(writer, "$all", all, condition => Write(writer, condition)));
        }

        return System.Text.Encoding.UTF8.GetString(stream.GetBuffer(), 0, (int)stream.Length);
    }

    private static void WriteList<T>(Utf8JsonWriter writer, string name, List<T> items, Action<T> write)
    {
        if (items.Count == 1)
        {
            write(items[0]);
            return;
        }

        writer.WriteStartObject();
        writer.WriteStartArray(name);
        items.ForEach(write);
        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, Condition condition)
    {
        writer.WriteStartObject();
        switch (condition.Values.Count)
        {
            case 0:
                writer.WriteStartObject(condition.Key);
                writer.WriteBoolean("$exists", true);
                writer.WriteEndObject();
                break;
            case 1:
                writer.WriteString(condition.Key, condition.Values[0]);
                break;
            default:
                writer.WriteStartObject(condition.Key);
                writer.WriteStartArray("$in");
                condition.Values.ForEach(writer.WriteStringValue);
                writer.WriteEndArray();
                writer.WriteEndObject();
                break;
        }

        writer.WriteEndObject();
    }

    private sealed record Condition(string Key)
    {
        public List<string> Values { get; } = [];
    }
}
