using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Stagedoor.Host.Http;

/// <summary>
/// Lets a browser fetch the page behind a link when the pointer rests on it, so that it is there when clicked. Not the page of an
/// entity: whoever opens it visits the entity, and a page that is there already is opened without a word to the portal.
/// </summary>
internal static class Speculation
{
    public const string HeaderName = "Speculation-Rules";

    public const string HeaderValue = "\"/speculation-rules.json\"";

    private const string Document =
        """{"prefetch":[{"where":{"and":[{"href_matches":"/*"},{"not":{"href_matches":"/api/*"}},{"not":{"href_matches":"/*.json"}},{"not":{"href_matches":"/notifications/*/open"}},{"not":{"href_matches":"/catalog/:namespace/:kind/:name"}}]},"eagerness":"moderate"}]}""";

    public static ContentHttpResult Rules(HttpContext context)
    {
        context.Response.Headers.CacheControl = "public, max-age=86400";
        return TypedResults.Text(Document, "application/speculationrules+json");
    }
}
