using Stagedoor.Catalog.Index;
using Stagedoor.Catalog.Pages.List.Columns;
using Stagedoor.Plugins;

namespace Stagedoor.Catalog.Pages.List.Asking;

/// <summary>Answers what the list asks, all of it about one moment of the catalog.</summary>
internal sealed class Listing(InMemoryCatalog catalog, IEntityMarks marks)
{
    public CatalogModel Model => catalog.Model;

    public async Task<ListScope> Open(ListQuery query, Caller caller, CancellationToken cancellationToken) => new(
        await catalog.Open(caller, cancellationToken), query, caller, await marks.Of(caller.Ref, EntityMark.Star, cancellationToken), [.. ListFacet.For(catalog.Model, query.Kind)]);

    public async Task<ListAnswer> Answer(ListQuery query, Caller caller, CancellationToken cancellationToken)
    {
        var stars = await marks.Of(caller.Ref, EntityMark.Star, cancellationToken);
        var scope = new ListScope(await catalog.Open(caller, cancellationToken), query, caller, stars, [.. ListFacet.For(catalog.Model, query.Kind)]);
        var among = scope.Matching();
        var sort = ListColumns.Sorting(query.Sort, catalog.Model, query.Kind).Sort;
        var page = scope.Visible.Take(among, sort, query.Descending, query.Offset, query.Limit);
        return new ListAnswer(
            scope,
            [.. page.Select(found => new Entity(found.Json()))],
            among.Total,
            stars.ToHashSet(),
            Merged(scope.Values("kind", scope.FilterOfKinds())),
            scope.Count(Whose.Owned),
            scope.Count(Whose.Starred),
            scope.Count(Whose.All),
            Facets(scope));
    }

    /// <summary>All values of one facet, the most frequent first.</summary>
    public static List<FacetValue> Values(ListScope scope, ListFacet facet) =>
        Ordered(facet, Of(facet, scope, scope.Values(facet.Path, scope.Filter(without: facet.Key))));

    private static List<FacetAnswer> Facets(ListScope scope)
    {
        var answers = new List<FacetAnswer>();
        var asked = new Dictionary<(string Path, string? Without), FacetValue[]>();
        foreach (var facet in scope.Facets)
        {
            var chosen = scope.Query.ChosenOf(facet.Key);
            var question = (facet.Path, chosen.IsEmpty ? null : facet.Key);
            if (!asked.TryGetValue(question, out var counted))
            {
                asked[question] = counted = scope.Values(facet.Path, scope.Filter(without: facet.Key));
            }

            var values = Ordered(facet, Of(facet, scope, counted));
            if (chosen.IsEmpty && values.Count <= (facet.HidesOne ? 1 : 0))
            {
                continue;
            }

            // What is chosen stays in sight, even if nothing has it.
            var offered = values.Take(facet.Most).ToList();
            var missing = chosen.Where(value => !offered.Exists(one => Same(one.Value, value)))
                .Select(value => values.Find(one => Same(one.Value, value)) ?? new FacetValue(value, 0));
            offered.InsertRange(0, missing.ToList());
            answers.Add(new FacetAnswer(facet, offered, Math.Max(0, values.Count - facet.Most)));
        }

        return answers;
    }

    private static IReadOnlyCollection<FacetValue> Of(ListFacet facet, ListScope scope, FacetValue[] counted)
    {
        if (facet.Key == ListFacet.Domain)
        {
            var domains = new Dictionary<string, long>(StringComparer.OrdinalIgnoreCase);
            foreach (var (value, count) in counted)
            {
                foreach (var domain in value.StartsWith("domain:", StringComparison.OrdinalIgnoreCase) ? [value] : scope.DomainsOf(value))
                {
                    domains[domain] = domains.GetValueOrDefault(domain) + count;
                }
            }

            return [.. domains.Select(domain => new FacetValue(domain.Key, domain.Value))];
        }

        return facet.OnlyKind is { } kind ? [.. counted.Where(value => value.Value.StartsWith(kind + ":", StringComparison.OrdinalIgnoreCase))]
            : facet.IsReference ? counted
            : Merged(counted);
    }

    // Prod and prod are one choice: the filter makes no difference between them.
    private static List<FacetValue> Merged(FacetValue[] counted)
    {
        var merged = new Dictionary<string, FacetValue>(StringComparer.OrdinalIgnoreCase);
        foreach (var value in counted)
        {
            merged[value.Value] = merged.TryGetValue(value.Value, out var other)
                ? new FacetValue(other.Count >= value.Count ? other.Value : value.Value, other.Count + value.Count)
                : value;
        }

        return [.. merged.Values];
    }

    private static List<FacetValue> Ordered(ListFacet facet, IReadOnlyCollection<FacetValue> values) => facet.IsOfKind && facet.Key is not ("type" or "lifecycle") && values.Count <= facet.Most
        ? [.. values.OrderBy(value => value.Value, StringComparer.OrdinalIgnoreCase)]
        : [.. values.OrderByDescending(value => value.Count).ThenBy(value => value.Value, StringComparer.OrdinalIgnoreCase)];

    private static bool Same(string a, string b) => string.Equals(a, b, StringComparison.OrdinalIgnoreCase);
}

/// <summary>A page of the list, and what stands beside it.</summary>
internal sealed record ListAnswer(
    ListScope Scope,
    IReadOnlyList<Entity> Items,
    long Total,
    IReadOnlySet<EntityRef> Stars,
    IReadOnlyList<FacetValue> Kinds,
    long Owned,
    long Starred,
    long All,
    IReadOnlyList<FacetAnswer> Facets);

/// <param name="Others">How many values are not offered.</param>
internal sealed record FacetAnswer(ListFacet Facet, IReadOnlyList<FacetValue> Choices, int Others);
