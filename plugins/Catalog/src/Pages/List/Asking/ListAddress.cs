using System.Collections.Immutable;
using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Primitives;
using Stagedoor.Plugins;

namespace Stagedoor.Catalog.Pages.List.Asking;

/// <summary>
/// Reads the address of the list and writes it: one address for one question, whatever way it was asked. The addresses of
/// Backstage's list, <c>?filters[kind]=api&amp;filters[user]=owned</c>, are understood as well.
/// </summary>
internal static class ListAddress
{
    public const int LongestText = 200;
    public const int LongestValue = 200;
    public const int MostValues = 50;
    public const int MostColumns = 15;

    private static readonly Dictionary<string, string> OfBackstage = new(StringComparer.OrdinalIgnoreCase)
    {
        ["kind"] = "kind", ["type"] = "type", ["user"] = "filter", ["owners"] = "owner", ["lifecycles"] = "lifecycle", ["tags"] = "tag", ["namespaces"] = "namespace", ["namespace"] = "namespace", ["text"] = "q",
    };

    public static ListQuery Read(IEnumerable<KeyValuePair<string, StringValues>> parameters, CatalogModel model)
    {
        var given = Given(parameters);
        var kind = (Last(given, "kind") ?? ListQuery.UsualKind).ToLowerInvariant();
        var chosen = ImmutableSortedDictionary.CreateBuilder<string, ImmutableArray<string>>(StringComparer.Ordinal);
        foreach (var facet in ListFacet.For(model, kind))
        {
            var values = (given.GetValueOrDefault(facet.Key) ?? []).Concat(facet.Path != facet.Key && given.TryGetValue(facet.Path, out var byPath) ? byPath : [])
                .Select(value => facet.Canonical(value.Trim()))
                .Where(value => value.Length is > 0 and <= LongestValue)
                .Distinct(StringComparer.OrdinalIgnoreCase)
                .Take(MostValues)
                .ToImmutableArray();
            if (!values.IsEmpty)
            {
                chosen[facet.Key] = values;
            }
        }

        return new ListQuery
        {
            Kind = kind,
            Whose = Last(given, "filter")?.ToLowerInvariant() switch { "owned" => Whose.Owned, "starred" => Whose.Starred, _ => Whose.All },
            Chosen = chosen.ToImmutable(),
            Text = Cut(Last(given, "q")),
            Sort = Last(given, "sort") ?? "name",
            Descending = Last(given, "dir") == "desc",
            Offset = Number(Last(given, "offset"), 0),
            Limit = Number(Last(given, "limit"), ListQuery.UsualLimit) is var limit && ListQuery.Limits.Contains(limit) ? limit : ListQuery.UsualLimit,
            Columns = given.TryGetValue("columns", out var columns)
                ? [.. columns.SelectMany(column => column.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)).Distinct(StringComparer.OrdinalIgnoreCase).Take(MostColumns)]
                : null,
            View = Guid.TryParse(Last(given, "view"), out var view) ? view : null,
        }.WithLabel(Last(given, "label"));
    }

    public static ListQuery Read(string query, CatalogModel model) => Read(QueryHelpers.ParseQuery(query), model);

    /// <summary>What stands behind the question mark, pair by pair.</summary>
    public static IEnumerable<(string Key, string Value)> Pairs(ListQuery query)
    {
        if (query.Kind != ListQuery.UsualKind)
        {
            yield return ("kind", query.Kind);
        }

        if (query.Whose != Whose.All)
        {
            yield return ("filter", query.Whose == Whose.Owned ? "owned" : "starred");
        }

        foreach (var (facet, values) in query.Chosen)
        {
            foreach (var value in values)
            {
                yield return (facet, value);
            }
        }

        if (query.Text is { } text)
        {
            yield return ("q", text);
        }

        if (query.Sort != "name" || query.Descending)
        {
            yield return ("sort", query.Sort);
            yield return ("dir", query.Descending ? "desc" : "asc");
        }

        if (query.Columns is { } columns)
        {
            yield return ("columns", string.Join(',', columns));
        }

        if (query.Limit != ListQuery.UsualLimit)
        {
            yield return ("limit", query.Limit.ToString(CultureInfo.InvariantCulture));
        }

        if (query.Offset > 0)
        {
            yield return ("offset", query.Offset.ToString(CultureInfo.InvariantCulture));
        }

        if (query.View is { } view)
        {
            yield return ("view", view.ToString());
        }
    }

    public static string Of(ListQuery query, string path = EntityPages.List, params IEnumerable<(string Key, string Value)> more) =>
        QueryHelpers.AddQueryString(path, Pairs(query).Concat(more).Select(pair => KeyValuePair.Create(pair.Key, (string?)pair.Value)));

    /// <summary>What a saved view keeps: the question, without where in the answer one is.</summary>
    public static string Kept(ListQuery query) => Of(query with { Offset = 0, View = null }, "").TrimStart('?');

    private static Dictionary<string, List<string>> Given(IEnumerable<KeyValuePair<string, StringValues>> parameters)
    {
        var given = new Dictionary<string, List<string>>(StringComparer.OrdinalIgnoreCase);
        foreach (var (name, values) in parameters)
        {
            var key = Key(name);
            if (!given.TryGetValue(key, out var all))
            {
                given[key] = all = [];
            }

            all.AddRange(values.Where(value => !string.IsNullOrWhiteSpace(value)).Select(value => value!));
            if (all.Count == 0)
            {
                given.Remove(key);
            }
        }

        return given;
    }

    // filters[owners], filters[owners][] and filters[owners][0] are the same.
    private static string Key(string name) =>
        name.StartsWith("filters[", StringComparison.OrdinalIgnoreCase) && name.IndexOf(']', StringComparison.Ordinal) is > 8 and var end
            && OfBackstage.TryGetValue(name[8..end], out var key)
            ? key
            : name;

    private static string? Last(Dictionary<string, List<string>> given, string key) => given.TryGetValue(key, out var values) ? values[^1].Trim() : null;

    private static string? Cut(string? text) => text is null ? null : CutText.Start(text, LongestText);

    private static int Number(string? text, int otherwise) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : otherwise;
}
