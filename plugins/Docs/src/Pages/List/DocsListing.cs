using Stagedoor.Docs.Reading;
using Stagedoor.Plugins;

namespace Stagedoor.Docs.Pages.List;

/// <summary>Answers the list of documentation with a few questions to the catalog's index, however many entities there are.</summary>
internal sealed class DocsListing(ICatalog catalog, IEntityMarks marks, OwnerNames owners)
{
    private const int MostChoices = 10;

    private static readonly IReadOnlyList<string> TextFields = ["metadata.name", "metadata.title", "metadata.description"];

    public async Task<DocsAnswer> Answer(DocsQuery query, Caller caller, IReadOnlyList<EntityRef> stars, CancellationToken cancellationToken)
    {
        var page = await catalog.List(Question(query, Among(query, caller, stars)) with { OrderBy = query.SortPath, Descending = query.Descending, Offset = query.Offset, Limit = DocsQuery.Limit }, caller, cancellationToken);

        async Task<long> Count(DocsScope scope) =>
            (await catalog.List(Question(query, Among(query with { Scope = scope }, caller, stars)) with { Limit = 0 }, caller, cancellationToken)).Total;

        async Task<DocsFacet> Facet(string key, string title, string path, string? chosen, DocsQuery without)
        {
            var values = await catalog.Facet(path, Question(without, Among(without, caller, stars)), caller, cancellationToken);
            var offered = values.OrderByDescending(value => value.Count).ThenBy(value => value.Value, StringComparer.OrdinalIgnoreCase).Take(MostChoices).ToList();
            if (chosen is not null && !offered.Exists(value => string.Equals(value.Value, chosen, StringComparison.OrdinalIgnoreCase)))
            {
                offered.Insert(0, values.FirstOrDefault(value => string.Equals(value.Value, chosen, StringComparison.OrdinalIgnoreCase)) ?? new FacetValue(chosen, 0));
            }

            return new DocsFacet(key, title, chosen, offered, values.Count - offered.Count);
        }

        var facets = new[]
        {
            await Facet("kind", "Kind", "kind", query.Kind, query with { Kind = null }),
            await Facet("owner", "Owner", "relations.ownedBy", query.Owner, query with { Owner = null }),
            await Facet("tag", "Tags", "metadata.tags", query.Tag, query with { Tag = null }),
        };
        var choices = facets[1].Choices.Select(choice => EntityRef.TryParse(choice.Value, provider: null, out var owner) ? owner : (EntityRef?)null).OfType<EntityRef>();
        return new DocsAnswer(
            query,
            page.Items,
            page.Total,
            stars.ToHashSet(),
            await Count(DocsScope.Owned),
            await Count(DocsScope.Starred),
            await Count(DocsScope.All),
            facets,
            await owners.Of([.. page.Items.Select(entity => entity.Owner).OfType<EntityRef>(), .. choices], caller, cancellationToken));
    }

    public async Task<IReadOnlyList<EntityRef>> Stars(Caller caller, CancellationToken cancellationToken) =>
        caller.IsReader ? await marks.Of(caller.Ref, EntityMark.Star, cancellationToken) : [];

    private static EntityQuery Question(DocsQuery query, EntityFilter among) => new() { Filter = among, Text = query.Text, TextFields = TextFields };

    private static EntityFilter.AllOf Among(DocsQuery query, Caller caller, IReadOnlyList<EntityRef> stars)
    {
        List<EntityFilter> all = [HasDocs.Filter];
        if (query.Scope == DocsScope.Owned) all.Add(EntityFilter.OwnedBy([caller.Ref, .. caller.Groups]));
        if (query.Scope == DocsScope.Starred) all.Add(new EntityFilter.Among(stars));
        if (query.Kind is not null) all.Add(EntityFilter.OfKind(query.Kind));
        if (query.Owner is not null) all.Add(new EntityFilter.Has("relations.ownedBy", query.Owner));
        if (query.Tag is not null) all.Add(new EntityFilter.Has("metadata.tags", query.Tag));
        return new EntityFilter.AllOf(all);
    }
}

/// <summary>A page of the list, and what stands beside it.</summary>
internal sealed record DocsAnswer(
    DocsQuery Query, IReadOnlyList<Entity> Items, long Total, IReadOnlySet<EntityRef> Stars, long Owned, long Starred, long All, IReadOnlyList<DocsFacet> Facets, IReadOnlyDictionary<EntityRef, string> Owners);

/// <param name="Others">How many values are not offered.</param>
internal sealed record DocsFacet(string Key, string Title, string? Chosen, IReadOnlyList<FacetValue> Choices, int Others);
