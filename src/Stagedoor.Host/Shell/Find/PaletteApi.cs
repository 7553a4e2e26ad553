using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Stagedoor.Plugins;
using Stagedoor.UI;

namespace Stagedoor.Host.Shell.Find;

/// <summary><c>GET /api/portal/palette?q=</c>: what the palette shows as one types.</summary>
internal static class PaletteApi
{
    public static async Task<Ok<PaletteAnswer>> Handle(string? q, Caller caller, PaletteSearch search, HttpContext context) =>
        TypedResults.Ok(await search.Search(q, caller, PaletteSearch.PerSection, context.RequestAborted));
}
