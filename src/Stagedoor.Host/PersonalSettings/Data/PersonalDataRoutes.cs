using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Stagedoor.Host.Http;
using Stagedoor.Host.Identity;
using Stagedoor.Plugins;

namespace Stagedoor.Host.PersonalSettings.Data;

/// <summary>What a person asks of what is kept about them. The form carries no token; the guard of origins protects it.</summary>
internal static class PersonalDataRoutes
{
    public const string ForgetPath = "/settings/forget";
    public const string DataPath = "/api/portal/me/data";

    public static async Task<Results<Ok<PersonalDataAnswer>, ProblemHttpResult>> Tell(Caller caller, PersonalData data, CancellationToken cancellationToken) =>
        caller.IsReader ? TypedResults.Ok(await data.Tell(caller.Ref, cancellationToken)) : NotAReader();

    public static async Task<Results<RedirectHttpResult, ProblemHttpResult>> Forget(
        [FromForm] string? what, Caller caller, PersonalData data, IToasts toasts, CancellationToken cancellationToken)
    {
        if (!caller.IsReader)
        {
            return NotAReader();
        }

        switch (what)
        {
            case "visits":
                await data.ForgetVisits(caller.Ref, cancellationToken);
                toasts.Say("What you looked at is forgotten.");
                break;
            case "everything":
                await data.ForgetEverything(caller, cancellationToken);
                toasts.Say("Everything that was kept for you is deleted.");
                break;
            default:
                return Refuse.Mistake("Send what=visits or what=everything.");
        }

        return TypedResults.LocalRedirect("/settings");
    }

    private static ProblemHttpResult NotAReader() => Refuse.NotAllowed("Stars, visits, notifications and settings belong to people. A service has none.");
}
