using System.Collections.Frozen;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Net.Http.Headers;
using Stagedoor.Docs.Reading;
using Stagedoor.Docs.Sites;
using Stagedoor.Plugins;

namespace Stagedoor.Docs.Api;

/// <summary>Pictures and downloads of a site. What a browser could run is only ever downloaded, and a picture that could is shown without its scripts.</summary>
internal static class FileEndpoint
{
    private static readonly FrozenDictionary<string, string> Shown = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase)
    {
        [".png"] = "image/png", [".jpg"] = "image/jpeg", [".jpeg"] = "image/jpeg", [".gif"] = "image/gif", [".webp"] = "image/webp", [".avif"] = "image/avif", [".bmp"] = "image/bmp",
        [".ico"] = "image/x-icon", [".svg"] = "image/svg+xml", [".mp4"] = "video/mp4", [".webm"] = "video/webm", [".ogv"] = "video/ogg", [".mp3"] = "audio/mpeg", [".ogg"] = "audio/ogg", [".wav"] = "audio/wav",
        [".pdf"] = "application/pdf", [".txt"] = "text/plain; charset=utf-8", [".log"] = "text/plain; charset=utf-8", [".csv"] = "text/plain; charset=utf-8", [".json"] = "application/json; charset=utf-8",
        [".yaml"] = "text/plain; charset=utf-8", [".yml"] = "text/plain; charset=utf-8", [".md"] = "text/plain; charset=utf-8",
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    public const string Unreadable = "The file cannot be read: it is too large, a link, or not there any more.";

    public static void MapFiles(this IEndpointRouteBuilder routes) => routes.MapGet("/files/{ns}/{kind}/{name}/{**path}", Handle)
        .WithName("GetDocsFile")
        .WithTags("docs")
        .WithSummary("A picture or a download of an entity's documentation, at the usual version or at that of ref.")
        .Produces(StatusCodes.Status200OK, contentType: "application/octet-stream")
        .ProducesProblem(StatusCodes.Status404NotFound)
        .Requires(DocsPlugin.Read);

    private static async Task<IResult> Handle(string ns, string kind, string name, string path, string? @ref, HttpContext context, DocsReading reading, Caller caller, CancellationToken cancellationToken)
    {
        var reference = string.IsNullOrWhiteSpace(@ref) ? null : @ref.Trim();
        if (await reading.Open(new EntityRef(kind, ns, name), reference, caller, cancellationToken) is not { Site: { } site } docs || !site.Files.TryGetValue(path, out var file))
        {
            return TypedResults.Problem("The documentation has no such file, or you may not see it.", statusCode: StatusCodes.Status404NotFound);
        }

        return await Answer(docs, file, path, context, cancellationToken)
            ?? TypedResults.Problem(Unreadable, statusCode: StatusCodes.Status404NotFound);
    }

    /// <summary>Nothing, if the file cannot be read.</summary>
    public static async Task<IResult?> Answer(OpenDocs docs, SiteFile file, string path, HttpContext context, CancellationToken cancellationToken)
    {
        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox; frame-ancestors 'none'";
        headers.CacheControl = "private, no-cache";
        var etag = new EntityTagHeaderValue($"\"{Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(file.Version)).AsSpan(0, 12))}\"");
        if (context.Request.GetTypedHeaders().IfNoneMatch.Any(known => known.Compare(etag, useStrongComparison: false)))
        {
            headers.ETag = etag.ToString();
            return TypedResults.StatusCode(StatusCodes.Status304NotModified);
        }

        if (await docs.Content(path, cancellationToken) is not { } content)
        {
            return null;
        }

        var type = Shown.GetValueOrDefault(Path.GetExtension(path));
        return TypedResults.File(content, type ?? "application/octet-stream", type is null ? Path.GetFileName(path) : null, enableRangeProcessing: true, lastModified: null, entityTag: etag);
    }
}
