using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Stagedoor.Docs.Pages.Reader;
using Stagedoor.Docs.Reading;
using Stagedoor.Plugins;

namespace Stagedoor.Docs.Pages.Parts;

/// <summary>Parts of a reader's page that are fetched on their own, as HTML.</summary>
internal static class PartEndpoints
{
    private const int MostHits = 8;

    public static void MapParts(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/parts/hits/{ns}/{kind}/{name}", Hits).ExcludeFromDescription().Requires(DocsPlugin.Read);
        routes.MapGet("/parts/coming/{ns}/{kind}/{name}", Coming).ExcludeFromDescription().Requires(DocsPlugin.Read);
        routes.MapGet("/parts/entity/{ns}/{kind}/{name}", Card).ExcludeFromDescription().Requires(DocsPlugin.Read);
        routes.MapGet("/parts/diagrams", DiagramFrame.Handle).ExcludeFromDescription().Requires(DocsPlugin.Read);
    }

    private static async Task<IResult> Hits(string ns, string kind, string name, string? q, string? @ref, bool? tab, DocsReading reading, Caller caller, CancellationToken cancellationToken)
    {
        var entity = new EntityRef(kind, ns, name);
        var text = q?.Trim() ?? "";
        text = text.Length > ReaderAsk.LongestSearch ? text[..ReaderAsk.LongestSearch] : text;
        if (text.Length == 0 || await reading.Open(entity, Given(@ref), caller, cancellationToken) is not { Site: { } site } docs) return TypedResults.NotFound();
        var view = new ReaderView(docs, site, DocsAddress.Base(entity, docs.Reference, tab == true), tab == true) { Search = text, Hits = await reading.Search(docs, text, MostHits, cancellationToken) };
        return new RazorComponentResult<Part>(new Dictionary<string, object?> { [nameof(Part.ChildContent)] = SiteHits.Of(view, isShort: true) });
    }

    private static async Task<IResult> Coming(string ns, string kind, string name, string? @ref, bool? tab, DocsReading reading, Caller caller, CancellationToken cancellationToken)
    {
        var entity = new EntityRef(kind, ns, name);
        var docs = await reading.Open(entity, Given(@ref), caller, cancellationToken);
        return new RazorComponentResult<Coming>(new Dictionary<string, object?>
        {
            [nameof(Parts.Coming.Name)] = docs?.Entity.Title ?? name,
            [nameof(Parts.Coming.IsThere)] = docs is not { IsComing: true },
            [nameof(Parts.Coming.Href)] = DocsAddress.Base(entity, Given(@ref), tab == true).Page(""),
        });
    }

    private static async Task<IResult> Card(string ns, string kind, string name, ICatalog catalog, Caller caller, CancellationToken cancellationToken) =>
        await catalog.Find(new EntityRef(kind, ns, name), caller, cancellationToken) is { } entity
            ? new RazorComponentResult<EntityCard>(new Dictionary<string, object?> { [nameof(EntityCard.Entity)] = entity })
            : TypedResults.NotFound();

    private static string? Given(string? reference) => string.IsNullOrWhiteSpace(reference) ? null : reference.Trim();
}
