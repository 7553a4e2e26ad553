using Stagedoor.Plugins;

namespace Stagedoor.Catalog.Pages.List;

/// <summary>Lets people find entities by name and title: first those that begin with what was typed.</summary>
internal sealed class CatalogSearch(ICatalog catalog) : ISearchSource
{
    // Places are no things that one looks for.
    private static readonly EntityFilter Wanted = new EntityFilter.Not(EntityFilter.OfKind("location"));

    public string Title => "Catalog";

    public async Task<IReadOnlyList<SearchDocument>> Suggest(string text, Caller caller, int limit, CancellationToken cancellationToken)
    {
        if (string.IsNullOrWhiteSpace(text) || !caller.May(CatalogPermissions.Read))
        {
            return [];
        }

        var found = new List<Entity>();
        foreach (var query in new[]
        {
            new EntityQuery { Filter = new EntityFilter.AllOf(Wanted, new EntityFilter.StartsWith("metadata.name", text.Trim())), OrderBy = "metadata.name", Limit = limit },
            new EntityQuery { Filter = Wanted, Text = text.Trim(), OrderBy = "metadata.name", Limit = limit },
        })
        {
            var seen = found.Select(entity => entity.Ref).ToHashSet();
            found.AddRange((await catalog.List(query, caller, cancellationToken)).Items.Where(entity => !seen.Contains(entity.Ref)));
            if (found.Count >= limit)
            {
                break;
            }
        }

        return [.. found.Take(limit).Select(Document)];
    }

    private SearchDocument Document(Entity entity) => new(entity.Ref.ToString(), entity.Title, CatalogAddress.Of(entity.Ref))
    {
        Detail = string.Join(" · ", new[] { entity.Kind, entity.Type, entity.Owner?.Name }.OfType<string>()),
        Icon = catalog.Model.IconOf(entity.Kind, entity.Type),
        Entity = entity.Ref,
        Permission = CatalogPermissions.Read,
    };
}
