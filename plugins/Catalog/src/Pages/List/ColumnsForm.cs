using System.Collections.Immutable;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Stagedoor.Catalog.Pages.List.Asking;
using Stagedoor.Catalog.Pages.List.Columns;
using Stagedoor.Plugins;

namespace Stagedoor.Catalog.Pages.List;

/// <summary>Receives the choice of columns that a person keeps. It carries no token; the guard of origins protects it.</summary>
internal static class ColumnsForm
{
    public static void MapListColumns(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/list-columns", Handle).DisableAntiforgery().ExcludeFromDescription().Requires(CatalogPermissions.Read);

    private static async Task<RedirectHttpResult> Handle(HttpContext context, ICatalog catalog, ListColumns columns, IToasts toasts, Caller caller)
    {
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        var query = ListAddress.Read(form, catalog.Model);
        if (caller.IsReader && ListColumns.CanKeep(catalog.Model, query.Kind))
        {
            IReadOnlyList<string> chosen = form["do"] == "forget" ? [] : [.. ListColumns.Of(query.Columns ?? [], catalog.Model, query.Kind).Skip(1).Select(column => column.Key)];
            await columns.Keep(caller.Ref, query.Kind, chosen, context.RequestAborted);
            toasts.Say(chosen.Count == 0 ? "You have the usual columns again." : "These are your columns now.");
        }

        return TypedResults.LocalRedirect(ListAddress.Of(query with { Columns = null }));
    }
}
