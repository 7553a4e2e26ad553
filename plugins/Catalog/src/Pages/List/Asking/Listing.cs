using Stagedoor.Catalog.Index;
using Stagedoor.Catalog.Pages.List.Columns;
using Stagedoor.Plugins;

namespace Stagedoor.Catalog.Pages.List.Asking;

/// <summary>Answers what the list asks, all of it about one moment of the catalog.</summary>
internal sealed class Listing(InMemoryCatalog catalog, IEntityMarks marks)
{
    public CatalogModel Model => catalog.Model;

    public ValueTask<IReadOnlyList<EntityRef>> Stars(Caller caller, CancellationToken cancellationToken) => marks.Of(caller.Ref, EntityMark.Star, cancellationToken);

    /// <summary>Asks for stars only where they narrow the list: the rest is told from memory, even while the database is away.</summary>
    public async Task<ListScope> Open(ListQuery query, Caller caller, CancellationToken cancellationToken) => new(
        await catalog.Open(caller, cancellationToken), query, caller, query.Whose == Whose.Starred ? await Stars(caller, cancellationToken) : [], [.. ListFacet.For(catalog.Model, query.Kind)]);

    /// <param name="stars">What the caller has starred.</param>
    public async Task<ListAnswer> Answer(ListQuery query, Caller caller, IReadOnlyList<EntityRef> stars, CancellationToken cancellationToken)
    {
        var scope = new ListScope(await catalog.Open(caller, cancellationToken), query, caller, stars, [.. ListFacet.For(catalog.Model, query.Kind)]);
        var among = scope.Matching();
        var sort = ListColumns.Sorting(query.Sort, catalog.Model, query.Kind);
        var page = scope.Visible.Take(among, sort, query.Descending, query.Offset, query.Limit);
        return new ListAnswer(
            scope,
            [.. page.Select(RowEntity.Of)],
            among.Total,
            stars.ToHashSet(),
            scope.Visible.Top("kind", "", scope.FilterOfKinds(), query.Text, ListScope.TextFields, int.MaxValue).Values,
            scope.Count(Whose.Owned),
            scope.Count(Whose.Starred),
            scope.Count(Whose.All),
            Facets(scope));
    }

    /// <summary>All values of one facet, the most frequent first.</summary>
    public static List<FacetValue> Values(ListScope scope, ListFacet facet) => [.. scope.Top(facet, int.MaxValue).Values];

    private static List<FacetAnswer> Facets(ListScope scope)
    {
        var answers = new List<FacetAnswer>();
        foreach (var facet in scope.Facets)
        {
            var chosen = scope.Query.ChosenOf(facet.Key);
            var top = scope.Top(facet, facet.Most);
            if (chosen.IsEmpty && top.Different <= (facet.HidesOne ? 1 : 0))
            {
                continue;
            }

            var offered = top.Values.Take(facet.Most).ToList();
            if (facet.IsField && top.Different <= facet.Most)
            {
                // Tiers are looked for in their order, not by how many there are of each.
                offered.Sort((a, b) => string.Compare(a.Value, b.Value, StringComparison.OrdinalIgnoreCase));
            }

            // What is chosen stays in sight, even if nothing has it.
            offered.InsertRange(0, [.. chosen.Where(value => !offered.Exists(one => string.Equals(one.Value, value, StringComparison.OrdinalIgnoreCase))).Select(value => new FacetValue(value, scope.Count(facet, value)))]);
            answers.Add(new FacetAnswer(facet, offered, Math.Max(0, top.Different - facet.Most)));
        }

        return answers;
    }
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
