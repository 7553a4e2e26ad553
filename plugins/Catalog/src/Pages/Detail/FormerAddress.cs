using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Primitives;
using Stagedoor.Plugins;

namespace Stagedoor.Catalog.Pages.Detail;

/// <summary>Sections once stood in the query, as <c>?tab=history</c>. Links to them keep working.</summary>
internal static class FormerAddress
{
    /// <summary>Where a section that the query names stands now; nothing if it names none.</summary>
    public static string? Now(EntityRef entity, string? tab, HttpRequest request)
    {
        if (tab is not null || !HttpMethods.IsGet(request.Method) || request.Query["tab"] is not [{ Length: > 0 } former])
        {
            return null;
        }

        var query = request.Query.ToDictionary(pair => pair.Key, pair => pair.Value, StringComparer.Ordinal);
        query.Remove("tab");
        var section = former switch
        {
            "relations" => "inspect/relations",
            "raw" when query.Remove("as", out var form) && form == "json" => "inspect/json",
            "raw" => "inspect/yaml",
            "overview" => null,
            _ => Uri.EscapeDataString(former),
        };
        return QueryHelpers.AddQueryString(EntityPages.Of(entity, section), (IEnumerable<KeyValuePair<string, StringValues>>)query);
    }
}
