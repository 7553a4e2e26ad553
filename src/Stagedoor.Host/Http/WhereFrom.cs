using Microsoft.AspNetCore.Http;

namespace Stagedoor.Host.Http;

/// <summary>The page of this portal that a form stood on.</summary>
internal static class WhereFrom
{
    /// <summary>Of the address only path and query are taken, so it cannot lead elsewhere.</summary>
    public static string Of(HttpRequest request) =>
        Uri.TryCreate(request.Headers.Referer.ToString(), UriKind.Absolute, out var page)
        && page.Authority == request.Host.Value
        && !page.PathAndQuery.StartsWith("//", StringComparison.Ordinal)
            ? page.PathAndQuery
            : "/";
}
