using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Stagedoor.Host.Http;
using Stagedoor.Host.Identity;
using Stagedoor.Plugins;

namespace Stagedoor.Host.Shell.Look;

/// <summary>Receives the form of the page "You". It carries no token, so that the page can be cached; the guard of origins protects it.</summary>
internal static class AppearanceForm
{
    public const string Path = "/settings/appearance";

    public static async Task<Results<RedirectHttpResult, ProblemHttpResult>> Handle(
        [FromForm] string? theme, [FromForm] string? density, [FromForm] string? zone,
        Caller caller, IPersonalSettings settings, IToasts toasts, HttpContext context, CancellationToken cancellationToken)
    {
        if (!caller.IsReader)
        {
            return Refuse.NotAllowed("How the portal looks is a matter of people. A service has no settings.");
        }

        // One that was chosen at a replica that knows more stays chosen.
        if (!string.IsNullOrEmpty(zone) && TimeZones.Find(zone) is null
            && (await settings.Get<ChosenAppearance>(caller.Ref, ChosenAppearance.Key, cancellationToken))?.TimeZone != zone)
        {
            toasts.Say($"'{CutText.Start(zone, 60)}' is no time zone that this portal knows. Nothing was changed.", Severity.Warning);
            return TypedResults.LocalRedirect("/settings");
        }

        await ChosenAppearance.Change(
            settings,
            caller.Ref,
            before => new ChosenAppearance(
                ChosenAppearance.IsTheme(theme) ? theme : before.Theme,
                zone is null ? before.TimeZone : zone.Length == 0 ? null : zone,
                ChosenAppearance.IsDensity(density) ? density : before.Density),
            cancellationToken);
        if (ChosenAppearance.IsTheme(theme))
        {
            ReaderTheme.Remember(context, theme);
        }

        toasts.Say("Saved. It follows you to every browser.");
        return TypedResults.LocalRedirect("/settings");
    }
}
