using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Stagedoor.Catalog.Engine.Sources;
using Stagedoor.Plugins;

namespace Stagedoor.Catalog.Pages.Detail.Head;

/// <summary>
/// What is done from an entity's page without a form of the page, so that the page can be kept: its form carries no token,
/// and the guard of origins protects it.
/// </summary>
internal static class PageDeeds
{
    public const string RefreshAddress = "/api/catalog/page/refresh";

    public static void MapPageDeeds(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/page/refresh", Refresh).DisableAntiforgery().ExcludeFromDescription().Requires(CatalogPermissions.Refresh);

    private static async Task<IResult> Refresh(
        [FromForm] string? entity, Caller caller, ICatalog catalog, Steering steering, IToasts toasts, CancellationToken cancellationToken)
    {
        if (!EntityRef.TryParse(entity, null, out var named) || await catalog.Find(named, caller, cancellationToken) is null)
        {
            return TypedResults.NotFound();
        }

        if (await steering.RefreshEntity(named, caller, cancellationToken))
        {
            toasts.Say("Its source is read again. What has changed is here in a moment.");
        }
        else
        {
            toasts.Say("Nothing is known of where it comes from, so there is nothing to read again.", Severity.Warning);
        }

        return TypedResults.LocalRedirect(EntityPages.Of(named));
    }
}
