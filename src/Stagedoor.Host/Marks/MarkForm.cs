using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.DependencyInjection;
using Stagedoor.Host.Http;
using Stagedoor.Host.Identity;
using Stagedoor.Host.PersonalSettings;
using Stagedoor.Plugins;

namespace Stagedoor.Host.Marks;

/// <summary>
/// Receives the buttons that mark an entity. Their form stands on every page and carries no token; the guard of origins
/// protects it. A form is led back to where it stood; a script gets a status and, if it was refused, the reason.
/// </summary>
internal static class MarkForm
{
    public const string Path = "/marks";

    public static async Task<IResult> Handle(
        [FromForm] string? star, [FromForm] string? unstar, [FromForm] string? subscribe, [FromForm] string? unsubscribe,
        Caller caller, IEntityMarks marks, IToasts toasts, HttpContext context, CancellationToken cancellationToken)
    {
        var (mark, on, text) = (star, unstar, subscribe, unsubscribe) switch
        {
            ({ } entity, _, _, _) => (EntityMark.Star, true, entity),
            (_, { } entity, _, _) => (EntityMark.Star, false, entity),
            (_, _, { } entity, _) => (EntityMark.Subscription, true, entity),
            (_, _, _, { } entity) => (EntityMark.Subscription, false, entity),
            _ => (EntityMark.Star, false, ""),
        };
        var refusal = await Refusal(caller, mark, on, text, marks, context.RequestServices, cancellationToken);
        if (!context.Request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase))
        {
            return refusal is null ? TypedResults.NoContent() : refusal;
        }

        if (refusal is not null)
        {
            toasts.Say(refusal.ProblemDetails.Detail!, Severity.Warning);
        }

        return TypedResults.LocalRedirect(WhereFrom.Of(context.Request));
    }

    private static async Task<ProblemHttpResult?> Refusal(
        Caller caller, EntityMark mark, bool on, string text, IEntityMarks marks, IServiceProvider services, CancellationToken cancellationToken)
    {
        if (!caller.IsReader)
        {
            return Refuse.NotAllowed("Stars and subscriptions belong to people. A service has none.");
        }

        if (!EntityRef.TryParse(text, provider: null, out var entity) || !PortalPersonalSettings.IsKey(EntityMarks.Key(mark, entity)))
        {
            return Refuse.Mistake($"'{text}' names no entity. Send star, unstar, subscribe or unsubscribe with a reference such as component:default/web.");
        }

        // What is gone, or out of sight, can still be put away.
        if (on && services.GetService<ICatalog>() is { } catalog && await catalog.Find(entity, caller, cancellationToken) is null)
        {
            return Refuse.NoSuch("entity", $"There is no {entity} in the catalog that you may see, so it cannot be marked.");
        }

        try
        {
            await marks.Set(caller.Ref, mark, entity, on, cancellationToken);
            return null;
        }
        catch (TooManySettingsException)
        {
            return Refuse.NotNow(
                $"You keep as many stars, subscriptions and settings as one may: {PortalPersonalSettings.MostKeys:N0}. Take some away on Settings → Stars and subscriptions.");
        }
    }
}
