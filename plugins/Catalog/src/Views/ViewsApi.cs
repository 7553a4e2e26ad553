using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Stagedoor.Catalog.Pages;
using Stagedoor.Catalog.Pages.List.Asking;
using Stagedoor.Plugins;

namespace Stagedoor.Catalog.Views;

/// <summary>Saved views for programs, and the form of the list that saves one.</summary>
internal static class ViewsApi
{
    public static void MapViews(this IEndpointRouteBuilder routes)
    {
        var views = routes.MapGroup("/views").WithTags("catalog").Requires(CatalogPermissions.Read);
        views.MapGet("", List).WithName("ListViews").WithSummary($"The views of whoever asks by name, then those that are shared with them, the latest first; at most {ViewLimits.MostTold}.");
        views.MapPost("", Add).WithName("AddView").WithSummary("Saves a view: name, query as the list's address has it, and sharedWith, a group or everybody.");
        views.MapGet("/{id:guid}", Find).WithName("GetView").WithSummary("One view.");
        views.MapPatch("/{id:guid}", Change).WithName("ChangeView").WithSummary("Changes name, query or sharedWith of a view; an empty sharedWith shares it with nobody.");
        views.MapDelete("/{id:guid}", Delete).WithName("DeleteView").WithSummary("Deletes a view.");

        // The guard of origins protects it, so that the list needs no token and can be cached.
        views.MapPost("/save", Save).DisableAntiforgery().ExcludeFromDescription();
    }

    private static async Task<Ok<IReadOnlyList<ViewAnswer>>> List(SavedViews views, Caller caller, CancellationToken cancellationToken) =>
        TypedResults.Ok<IReadOnlyList<ViewAnswer>>([.. (await views.SeenBy(caller, ViewLimits.MostTold, cancellationToken)).Select(view => ViewAnswer.Of(view, caller))]);

    private static async Task<Results<Created<ViewAnswer>, ProblemHttpResult>> Add(ViewDraft draft, SavedViews views, Caller caller, CancellationToken cancellationToken)
    {
        try
        {
            var view = await views.Save(draft, caller, cancellationToken);
            return TypedResults.Created($"/api/catalog/views/{view.Id}", ViewAnswer.Of(view, caller));
        }
        catch (ViewRefusedException refused)
        {
            return Refused(refused);
        }
    }

    private static async Task<Results<Ok<ViewAnswer>, ProblemHttpResult>> Find(Guid id, SavedViews views, Caller caller, CancellationToken cancellationToken) =>
        await views.Find(id, caller, cancellationToken) is { } view ? TypedResults.Ok(ViewAnswer.Of(view, caller)) : NotFound(id);

    private static async Task<Results<Ok<ViewAnswer>, ProblemHttpResult>> Change(Guid id, ViewDraft draft, SavedViews views, Caller caller, CancellationToken cancellationToken)
    {
        if (await views.Find(id, caller, cancellationToken) is not { } view)
        {
            return NotFound(id);
        }

        if (!view.MayChange(caller))
        {
            return NotYours();
        }

        try
        {
            return TypedResults.Ok(ViewAnswer.Of(await views.Change(view, draft, caller, cancellationToken), caller));
        }
        catch (ViewRefusedException refused)
        {
            return Refused(refused);
        }
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> Delete(Guid id, SavedViews views, Caller caller, CancellationToken cancellationToken)
    {
        if (await views.Find(id, caller, cancellationToken) is not { } view)
        {
            return NotFound(id);
        }

        if (!view.MayChange(caller))
        {
            return NotYours();
        }

        await views.Delete(view, caller, cancellationToken);
        return TypedResults.NoContent();
    }

    private static async Task<RedirectHttpResult> Save(
        [FromForm] string? name, [FromForm] string? query, [FromForm] string? sharedWith, [FromForm] Guid? id,
        SavedViews views, ICatalog catalog, IToasts toasts, Caller caller, CancellationToken cancellationToken)
    {
        var asked = ListAddress.Read(query ?? "", catalog.Model);
        try
        {
            var draft = new ViewDraft(name ?? "", query ?? "", sharedWith ?? "");
            var view = id is { } former
                ? await views.Change(await Replaceable(former, views, caller, cancellationToken), draft, caller, cancellationToken)
                : await views.Save(draft, caller, cancellationToken);
            toasts.Say($"The view “{view.Name}” is saved.");
            return TypedResults.LocalRedirect(ListAddress.Of(asked with { View = view.Id }));
        }
        catch (ViewRefusedException refused)
        {
            toasts.Say(refused.Message, Severity.Warning);
            return TypedResults.LocalRedirect(ListAddress.Of(asked, more: ("confirm", "save-view")));
        }
    }

    private static async Task<SavedView> Replaceable(Guid id, SavedViews views, Caller caller, CancellationToken cancellationToken) =>
        await views.Find(id, caller, cancellationToken) is { } view && view.MayChange(caller)
            ? view
            : throw new ViewRefusedException("That view is no longer there, or no longer yours to change, so nothing was saved. Save this list as a new view.");

    private static ProblemHttpResult NotFound(Guid id) => TypedResults.Problem(
        $"There is no view {id} that you may see. GET /api/catalog/views lists them.", statusCode: StatusCodes.Status404NotFound, title: "No such view");

    private static ProblemHttpResult NotYours() => TypedResults.Problem(
        "It belongs to somebody else. Save one of your own from it.", statusCode: StatusCodes.Status403Forbidden, title: "Not your view");

    private static ProblemHttpResult Refused(ViewRefusedException refused) =>
        TypedResults.Problem(refused.Message, statusCode: StatusCodes.Status400BadRequest, title: "The view cannot be so");
}

/// <param name="Href">The page that opens it.</param>
internal sealed record ViewAnswer(Guid Id, string Name, string Query, string Owner, string? SharedWith, bool MayChange, string Href, DateTimeOffset CreatedAt, DateTimeOffset ChangedAt)
{
    public static ViewAnswer Of(SavedView view, Caller caller) => new(
        view.Id, view.Name, view.Query, view.Owner, view.SharedWith, view.MayChange(caller), $"{CatalogAddress.Views}/{view.Id}", view.CreatedAt, view.ChangedAt);
}
