using Stagedoor.Catalog.Index;
using Stagedoor.Catalog.Index.Queries;
using Stagedoor.Plugins;

namespace Stagedoor.Catalog.Pages.List.Asking;

/// <summary>What a question of the list means: for a caller, their stars, and the catalog of one moment.</summary>
internal sealed class ListScope(VisibleCatalog visible, ListQuery query, Caller caller, IReadOnlyList<EntityRef> stars, IReadOnlyList<ListFacet> facets)
{
    /// <summary>What the list can be searched in.</summary>
    public static readonly IReadOnlyList<string> TextFields = ["metadata.name", "metadata.title", "spec.profile.displayName"];

    private readonly SystemDomains _domains = visible.Snapshot.Answers.OfSystems;

    public VisibleCatalog Visible => visible;

    public ListQuery Query => query;

    public IReadOnlyList<ListFacet> Facets => facets;

    public Matches Matching() => visible.Matching(Filter(), query.Text, TextFields);

    public long Count(Whose whose) => visible.Matching(Filter(whose: whose), query.Text, TextFields).Total;

    /// <summary>The values of a facet among those who would choose another, the most frequent first.</summary>
    public FacetTop Top(ListFacet facet, int most)
    {
        var filter = Filter(without: facet.Key);
        return facet.Key == ListFacet.Domain
            ? visible.Domains(filter, query.Text, TextFields)
            : visible.Top(facet.Path, facet.OnlyKind is { } kind ? kind + ":" : "", filter, query.Text, TextFields, most);
    }

    /// <summary>How many there are of a value, among those who would choose another.</summary>
    public long Count(ListFacet facet, string value) =>
        visible.Matching(new EntityFilter.AllOf(Filter(without: facet.Key), Filter(facet, [value])), query.Text, TextFields).Total;

    /// <param name="without">A facet whose choice does not count: its values are told for those who would choose another.</param>
    public EntityFilter Filter(string? without = null, Whose? whose = null)
    {
        var parts = new List<EntityFilter>();
        if (!query.IsOfEveryKind)
        {
            parts.Add(EntityFilter.OfKind(query.Kind));
        }

        AddChoices(parts, facet => facet.Key != without);
        AddWhose(parts, whose ?? query.Whose);
        return new EntityFilter.AllOf(parts);
    }

    /// <summary>What stays when another kind is chosen.</summary>
    public EntityFilter FilterOfKinds()
    {
        var parts = new List<EntityFilter>();
        AddChoices(parts, facet => !facet.IsOfKind);
        AddWhose(parts, query.Whose);
        return new EntityFilter.AllOf(parts);
    }

    /// <summary>The domains of an entity, its own and those of its systems, as far as the caller may see them.</summary>
    public IEnumerable<EntityRef> DomainsOf(Entity entity) =>
        entity.Related("partOf").SelectMany(whole => whole.Kind.ToLowerInvariant() switch
        {
            "domain" => [whole],
            "system" => DomainsOf(whole.ToString()).Select(EntityRef.Parse),
            _ => [],
        }).Distinct();

    /// <summary>The domains of a system that the caller may see.</summary>
    public IEnumerable<string> DomainsOf(string system) =>
        _domains.Of(system).Where(domain => EntityRef.Parse(domain) is var reference && visible.Find(reference.Kind, reference.Namespace, reference.Name) is not null);

    private void AddChoices(List<EntityFilter> parts, Func<ListFacet, bool> counts)
    {
        foreach (var facet in facets.Where(counts))
        {
            if (query.ChosenOf(facet.Key) is { IsEmpty: false } values)
            {
                parts.Add(Filter(facet, values));
            }
        }
    }

    private static EntityFilter Filter(ListFacet facet, IReadOnlyCollection<string> values) => facet.Key == ListFacet.Domain
        ? new EntityFilter.Within([.. values.Select(value => EntityRef.TryParse(value, provider: null, out var domain) ? domain : default).Where(domain => domain.Kind is not null)])
        : new EntityFilter.Has(facet.Path, values);

    private void AddWhose(List<EntityFilter> parts, Whose whose)
    {
        switch (whose)
        {
            case Whose.Owned:
                parts.Add(EntityFilter.OwnedBy([caller.Ref, .. caller.Groups]));
                break;
            case Whose.Starred:
                parts.Add(new EntityFilter.Among(stars));
                break;
        }
    }
}
