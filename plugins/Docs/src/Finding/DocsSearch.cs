using System.Runtime.CompilerServices;
using Stagedoor.Docs.Pages;
using Stagedoor.Docs.Places;
using Stagedoor.Docs.Reading;
using Stagedoor.Docs.Rendering;
using Stagedoor.Plugins;

namespace Stagedoor.Docs.Finding;

/// <summary>
/// Lets people find pages and headings of all documentation. As somebody types, sites and the pages of sites that are open are
/// offered by their titles; an index gets everything.
/// </summary>
internal sealed class DocsSearch(ICatalog catalog, DocsReading reading) : ISearchSource
{
    private const int AtOnce = 200;

    public string Title => "Docs";

    public async IAsyncEnumerable<SearchDocument> All([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (var offset = 0; ; offset += AtOnce)
        {
            var page = await catalog.List(new EntityQuery { Filter = HasDocs.Filter, OrderBy = "metadata.name", Offset = offset, Limit = AtOnce }, Caller.Portal, cancellationToken);
            foreach (var entity in page.Items.Where(HasDocs.OfItsOwn))
            {
                if (await reading.Open(entity.Ref, null, Caller.Portal, cancellationToken) is { Site: not null } docs)
                {
                    var digest = await reading.Digest(docs, cancellationToken);
                    var changes = await reading.KnownChanges(docs, cancellationToken);
                    foreach (var document in digest.Pages.SelectMany(read => DocumentsOf(entity, digest, read, changes.GetValueOrDefault(read.Page.File.Source)?.At)).DistinctBy(document => document.Id))
                    {
                        yield return document;
                    }
                }
            }

            if (page.Items.Count < AtOnce)
            {
                yield break;
            }
        }
    }

    public async Task<IReadOnlyList<SearchDocument>> Suggest(string text, Caller caller, int limit, CancellationToken cancellationToken)
    {
        var wanted = text.Trim();
        if (wanted.Length == 0 || !caller.May(DocsPlugin.Read))
        {
            return [];
        }

        var sites = await catalog.List(new EntityQuery { Filter = HasDocs.Filter, Text = wanted, OrderBy = "metadata.name", Limit = limit }, caller, cancellationToken);
        List<SearchDocument> found = [.. sites.Items.Select(entity => new SearchDocument(Id(entity.Ref, "", null), entity.Title, DocsAddress.Of(entity.Ref)) { Detail = entity.Description, Icon = "docs", Entity = entity.Ref, Permission = DocsPlugin.Read })];
        var open = reading.OpenSites
            .Select(open => (open.Entity, open.Site, Pages: open.Site.Pages.Where(page => page.Title.Contains(wanted, StringComparison.OrdinalIgnoreCase)).Take(limit).ToList()))
            .Where(open => open.Pages.Count > 0).ToList();
        var known = await catalog.Find([.. open.Select(site => site.Entity)], caller, cancellationToken);
        found.AddRange(open
            .Where((_, i) => known[i] is { } entity && HasDocs.OfItsOwn(entity))
            .SelectMany(site => site.Pages.Select(page => (site.Entity, site.Site, Page: page)))
            .OrderBy(hit => !hit.Page.Title.StartsWith(wanted, StringComparison.OrdinalIgnoreCase)).ThenBy(hit => hit.Page.Title, StringComparer.OrdinalIgnoreCase)
            .Take(limit)
            .Select(hit => new SearchDocument(Id(hit.Entity, hit.Page.Address, null), hit.Page.Title, DocsAddress.PageOf(hit.Entity, hit.Page.Address))
            {
                Detail = hit.Site.Settings.Name, Icon = "docs", Entity = hit.Entity, Permission = DocsPlugin.Read,
            }));
        return [.. found.DistinctBy(document => document.Href).Take(limit)];
    }

    private static IEnumerable<SearchDocument> DocumentsOf(Entity entity, SiteDigest digest, PageDigest page, DateTimeOffset? changedAt) => page.Sections.Select((section, i) =>
    {
        var isPage = i == 0;
        return new SearchDocument(
            Id(entity.Ref, page.Page.Address, isPage ? null : section.Id), isPage || section.Title.Length == 0 ? page.Title : section.Title,
            DocsAddress.PageOf(entity.Ref, page.Page.Address) + (isPage || section.Id is null ? "" : "#" + section.Id))
        {
            Text = section.Text,
            Detail = isPage ? digest.Site.Settings.Name : $"{digest.Site.Settings.Name} · {page.Title}",
            Icon = "docs",
            Entity = entity.Ref,
            Permission = DocsPlugin.Read,
            Tags = entity.Tags,
            ChangedAt = changedAt,
        };
    });

    /// <param name="address">Of the page, below its site; a site is its first page.</param>
    private static string Id(EntityRef entity, string address, string? section) => $"{entity}\n{address}\n{section}";
}
