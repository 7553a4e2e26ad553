using System.Text;
using Microsoft.AspNetCore.Http;
using Stagedoor.Catalog.Index;
using Stagedoor.Catalog.Index.Segments;

namespace Stagedoor.Catalog.Api.Reading;

/// <summary>
/// Lets a client that has an answer already keep it. The tag comes from the index, before anything is computed; without
/// one of ours the host would hash each answer.
/// </summary>
internal static class Freshness
{
    /// <summary>Answers that nothing has changed, if so.</summary>
    public static bool IsKnown(HttpContext context, VisibleCatalog visible) => IsKnown(context, visible.Tag);

    public static bool IsKnown(HttpContext context, VisibleCatalog visible, Found entity) => IsKnown(context, TagOf(entity) ?? visible.Tag);

    private static string? TagOf(Found entity)
    {
        var etag = entity.Segment.EtagOf(entity.Document);
        return etag < 0
            ? null
            : $"\"{Encoding.ASCII.GetString(entity.Head.Slice(etag, StableHash.Size * 2))}-{entity.Segment.UidOf(entity.Document):N}\"";
    }

    private static bool IsKnown(HttpContext context, string tag)
    {
        var headers = context.Response.Headers;
        headers.ETag = tag;
        headers.CacheControl = "private, no-cache";
        var known = context.Request.Headers.IfNoneMatch;
        if (known.Count == 0 || !known.ToString().Split(',').Any(one => one.Trim() is var candidate && (candidate == tag || candidate == "W/" + tag)))
        {
            return false;
        }

        context.Response.StatusCode = StatusCodes.Status304NotModified;
        return true;
    }
}
