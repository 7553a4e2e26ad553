using System.Globalization;
using System.Text.Json;

namespace Stagedoor.Load.Catalog;

/// <summary>Something that people and programs ask of a catalog, with other words each time.</summary>
/// <param name="Next">A question by chance. It comes with what is known of the right answer.</param>
/// <param name="Variety">How many different questions there are, for a reader to judge how far a cache could have helped.</param>
internal sealed record Scenario(string Name, long Variety, Func<Random, (byte[] Request, Func<JsonElement, string?> Check)> Next)
{
    /// <summary>Asked over one connection only, a few times: the answer is the whole catalog.</summary>
    public bool Whole { get; init; }
}

/// <summary>The scenarios of the benchmark.</summary>
internal static class Scenarios
{
    private const string Facets = "facet=kind&facet=spec.type&facet=spec.lifecycle&facet=metadata.tags";

    public static IEnumerable<Scenario> Of(CatalogTarget target, KnownCatalog catalog, string? graph)
    {
        yield return new Scenario("by name", catalog.Entities.Count, random => ByName(target, One(random, catalog.Entities)));
        var conditions = new Conditions(catalog);
        yield return new Scenario("page of 20, filtered and sorted", conditions.All.Sum(condition => 1 + (condition.Count / 20L)), random => Page(target, conditions.Any(random), random));
        yield return new Scenario("text filter", catalog.Components.Count * 6L, random => Text(target, One(random, catalog.Components), random));
        yield return new Scenario("facets of four paths, by kind", catalog.Kinds.Count, random => Faceted(target, conditions.OfKind(One(random, catalog.Kinds))));
        yield return new Scenario("facets of four paths, by kind and more", conditions.All.Count, random => Faceted(target, conditions.Any(random)));
        yield return new Scenario("by refs, 100", long.MaxValue, random => ByRefs(target, catalog, random));
        if (graph is not null)
        {
            yield return new Scenario("graph of depth 3", catalog.Components.Count, random => Graph(target, One(random, catalog.Components), graph));
        }

        yield return new Scenario("all components", 1, _ => (target.Get("entities?filter=kind=component"), answer => Count(answer, catalog.Components.Count))) { Whole = true };
    }

    private static (byte[] Request, Func<JsonElement, string?> Check) ByName(CatalogTarget target, KnownEntity entity) =>
        (target.Get($"entities/by-name/{entity.Kind.ToLowerInvariant()}/{entity.Namespace}/{entity.Name}"),
            answer => answer.GetProperty("metadata").GetProperty("name").GetString() == entity.Name ? null : $"Another entity than {entity.Ref} came.");

    private static (byte[] Request, Func<JsonElement, string?> Check) Page(CatalogTarget target, Condition condition, Random random)
    {
        // Every other page is a first page, as people look at them.
        var offset = random.Next(2) == 0 ? 0 : 20 * random.Next(1 + ((condition.Count - 1) / 20));
        var paging = offset == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"&offset={offset}");
        return (target.Get($"entities/by-query?filter={condition.Filter}&orderField=metadata.name,asc&limit=20{paging}"), answer =>
            answer.GetProperty("totalItems").GetInt32() != condition.Count
                ? $"totalItems is {answer.GetProperty("totalItems")} instead of {condition.Count} for {condition.Filter}."
                : Count(answer.GetProperty("items"), Math.Min(20, condition.Count - offset)));
    }

    private static (byte[] Request, Func<JsonElement, string?> Check) Text(CatalogTarget target, KnownEntity component, Random random)
    {
        var length = Math.Min(component.Name.Length, random.Next(3, 8));
        var term = component.Name.Substring(random.Next(component.Name.Length - length + 1), length);
        var request = target.Get(
            $"entities/by-query?filter=kind=component&fullTextFilterTerm={Uri.EscapeDataString(term)}&fullTextFilterFields=metadata.name,metadata.title&orderField=metadata.name,asc&limit=20");
        return (request, answer =>
        {
            var items = answer.GetProperty("items");
            var total = answer.GetProperty("totalItems").GetInt32();
            foreach (var metadata in items.EnumerateArray().Select(item => item.GetProperty("metadata")))
            {
                if (!Contains(metadata, "name", term) && !Contains(metadata, "title", term))
                {
                    return $"{metadata.GetProperty("name")} does not contain {term}.";
                }
            }

            return total == 0 ? $"Nothing contains {term}." : Count(items, Math.Min(20, total));
        });
    }

    private static (byte[] Request, Func<JsonElement, string?> Check) Faceted(CatalogTarget target, Condition condition) =>
        (target.Get($"entity-facets?{Facets}&filter={condition.Filter}"), answer =>
        {
            var counted = answer.GetProperty("facets").GetProperty("kind").EnumerateArray().Sum(facet => facet.GetProperty("count").GetInt32());
            return counted == condition.Count ? null : $"The facets count {counted} instead of {condition.Count} for {condition.Filter}.";
        });

    private static (byte[] Request, Func<JsonElement, string?> Check) ByRefs(CatalogTarget target, KnownCatalog catalog, Random random)
    {
        var refs = Enumerable.Range(0, 100).Select(_ => One(random, catalog.Entities).Ref);
        return (target.Post("entities/by-refs", $$"""{"entityRefs":["{{string.Join("\",\"", refs)}}"]}"""), answer =>
        {
            var items = answer.GetProperty("items");
            return items.EnumerateArray().Any(item => item.ValueKind == JsonValueKind.Null) ? "An entity is missing." : Count(items, 100);
        });
    }

    private static (byte[] Request, Func<JsonElement, string?> Check) Graph(CatalogTarget target, KnownEntity component, string graph) =>
        (target.Get(graph.Replace("{ref}", Uri.EscapeDataString(component.Ref), StringComparison.Ordinal)),
            answer => answer.EnumerateObject().Any(part => part.Value.ValueKind == JsonValueKind.Array && part.Value.GetArrayLength() > 0) ? null : "The graph is empty.");

    private static string? Count(JsonElement items, int expected) =>
        items.GetArrayLength() == expected ? null : $"{items.GetArrayLength()} entities came instead of {expected}.";

    private static bool Contains(JsonElement metadata, string field, string term) =>
        metadata.TryGetProperty(field, out var value) && value.GetString()!.Contains(term, StringComparison.OrdinalIgnoreCase);

    private static T One<T>(Random random, IReadOnlyList<T> of) => of[random.Next(of.Count)];
}
