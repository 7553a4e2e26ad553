using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Stagedoor.Docs.Icons;
using Stagedoor.Docs.Reading;
using Stagedoor.Docs.Sites;
using Stagedoor.Plugins;

namespace Stagedoor.Docs.Api;

/// <summary>
/// What clients of Backstage's TechDocs ask for: what is known of a site, its pages as HTML files of a built site, and whether
/// it is up to date, which it always is.
/// </summary>
internal static class TechDocsApi
{
    public const string Prefix = "/api/techdocs";

    private const string Entity = "{ns}/{kind}/{name}";

    public static void MapTechDocs(this IEndpointRouteBuilder routes)
    {
        var techDocs = routes.MapGroup("").WithTags("techdocs").WithMetadata(new TechDocsErrors()).Requires(DocsPlugin.Read);
        techDocs.MapGet($"/metadata/techdocs/{Entity}", Site).WithName("GetTechDocsMetadata").WithSummary("What is known of an entity's documentation: its name, version and files.");
        techDocs.MapGet($"/metadata/entity/{Entity}", OfEntity).WithName("GetTechDocsEntity").WithSummary("The entity a documentation belongs to, and where it lies.");
        techDocs.MapGet($"/sync/{Entity}", Synchronise).WithName("SyncTechDocs").WithSummary("Says at once that the documentation is up to date: there is nothing to build.");
        techDocs.MapGet($"/static/docs/{Entity}/{{**path}}", Static).WithName("GetTechDocsFile").WithSummary("A page as HTML, or a file of the documentation, at the path it has in a built site.");
    }

    private static async Task<IResult> Site(string ns, string kind, string name, DocsReading reading, Caller caller, CancellationToken cancellationToken)
    {
        return await reading.Open(new EntityRef(kind, ns, name), null, caller, cancellationToken) is { Site: { } site } docs
            ? await Known(docs, site, reading, cancellationToken)
            : TechDocsErrors.NotFound($"There is no documentation of {kind}:{ns}/{name}.");
    }

    private static async Task<IResult> Known(OpenDocs docs, Site site, DocsReading reading, CancellationToken cancellationToken)
    {
        var changes = await reading.KnownChanges(docs, cancellationToken);
        var changedAt = changes.Count > 0 ? changes.Values.Max(change => change.At) : (DateTimeOffset?)null;
        return Results.Json(
            new TechDocsMetadata(
                site.Settings.Name, site.Settings.Description ?? "", site.Version, changedAt?.ToUnixTimeMilliseconds(),
                [.. site.Pages.Select(page => BuiltPath(page.Address)), .. site.Files.Keys.Where(path => !SitePath.IsMarkdown(path)).Order(StringComparer.Ordinal)]),
            Snake);
    }

    private static async Task<IResult> OfEntity(string ns, string kind, string name, ICatalog catalog, Caller caller, CancellationToken cancellationToken)
    {
        if (await catalog.Find(new EntityRef(kind, ns, name), caller, cancellationToken) is not { } entity)
        {
            return TechDocsErrors.NotFound($"There is no {kind}:{ns}/{name}.");
        }

        var answer = JsonSerializer.SerializeToNode(entity.Root)!.AsObject();
        if (entity.Annotation("backstage.io/managed-by-location") is { } location && location.IndexOf(':', StringComparison.Ordinal) is > 0 and var colon)
        {
            answer["locationMetadata"] = JsonSerializer.SerializeToNode(new { type = location[..colon], target = location[(colon + 1)..] });
        }

        return Results.Json(answer);
    }

    private static async Task<IResult> Synchronise(string ns, string kind, string name, HttpContext context, DocsReading reading, Caller caller, CancellationToken cancellationToken)
    {
        if (await reading.Open(new EntityRef(kind, ns, name), null, caller, cancellationToken) is null)
        {
            return TechDocsErrors.NotFound($"There is no documentation of {kind}:{ns}/{name}.");
        }

        if (!context.Request.Headers.Accept.ToString().Contains("text/event-stream", StringComparison.OrdinalIgnoreCase))
        {
            return Results.Json(new { updated = false, message = "The documentation is read as it lies; there is nothing to build." });
        }

        context.Response.ContentType = "text/event-stream";
        context.Response.Headers.CacheControl = "no-store";
        await context.Response.WriteAsync("event: finish\ndata: {\"updated\":false}\n\n", cancellationToken);
        return Results.Empty;
    }

    private static async Task<IResult> Static(
        string ns, string kind, string name, string path, string? @ref, HttpContext context, DocsReading reading, IconLibrary icons, Caller caller, CancellationToken cancellationToken)
    {
        var entity = new EntityRef(kind, ns, name);
        var reference = string.IsNullOrWhiteSpace(@ref) ? null : @ref.Trim();
        if (await reading.Open(entity, reference, caller, cancellationToken) is not { Site: { } site } docs)
        {
            return TechDocsErrors.NotFound($"There is no documentation of {kind}:{ns}/{name}.");
        }

        if (path == "techdocs_metadata.json")
        {
            return await Known(docs, site, reading, cancellationToken);
        }

        if (!site.Files.ContainsKey(path) && path.EndsWith(".html", StringComparison.OrdinalIgnoreCase) && PageAt(site, path) is { } page)
        {
            var read = await reading.Page(docs, page, DocsAddress.Base(entity, reference, isTab: false), cancellationToken);
            context.Response.Headers.ContentSecurityPolicy = "default-src 'none'; img-src 'self' https: data:; sandbox; frame-ancestors 'none'";
            return Results.Content(BuiltPage(site, read.Title, icons.Fill(read.Html)), "text/html; charset=utf-8");
        }

        return site.Files.TryGetValue(path, out var file)
            ? await FileEndpoint.Answer(docs, file, path, context, cancellationToken) ?? TechDocsErrors.NotFound(FileEndpoint.Unreadable)
            : TechDocsErrors.NotFound($"The documentation of {kind}:{ns}/{name} has no file {path}.");
    }

    private static string BuiltPath(string address) => address.Length == 0 ? "index.html" : $"{address}/index.html";

    private static SitePage? PageAt(Site site, string path) =>
        site.Find(path == "index.html" ? "" : path.EndsWith("/index.html", StringComparison.OrdinalIgnoreCase) ? path[..^"/index.html".Length] : path[..^".html".Length]);

    private static string BuiltPage(Site site, string name, string html)
    {
        var title = System.Net.WebUtility.HtmlEncode(name);
        return $"<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>{title} - {System.Net.WebUtility.HtmlEncode(site.Settings.Name)}</title></head><body>"
            + $"<main class=\"md-main\"><div class=\"md-content\"><article class=\"md-content__inner md-typeset\">\n{html}\n</article></div></main></body></html>\n";
    }

    private static readonly JsonSerializerOptions Snake = new(JsonSerializerDefaults.Web) { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    private sealed record TechDocsMetadata(string SiteName, string SiteDescription, string Etag, long? BuildTimestamp, IReadOnlyList<string> Files);
}
