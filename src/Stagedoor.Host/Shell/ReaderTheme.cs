using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Stagedoor.Host.Http;
using Stagedoor.Host.Identity;
using Stagedoor.Host.Shell.Look;
using Stagedoor.Plugins;

namespace Stagedoor.Host.Shell;

/// <summary>
/// Light or dark, as the reader chose it: kept with their settings on the server, and in a cookie, which is all that someone
/// without an identity has. Nothing: as the system has it.
/// </summary>
internal static class ReaderTheme
{
    private const string Cookie = "stagedoor-theme";

    public static string? Of(HttpContext context) => context.Features.Get<Appearance>() is { } known ? known.Theme : Remembered(context);

    public static string? Remembered(HttpContext context) => context.Request.Cookies[Cookie] is "light" or "dark" ? context.Request.Cookies[Cookie] : null;

    /// <summary>
    /// The choice in the menu of every page. A form that carried a token would make every page uncacheable; the guard of
    /// origins protects it. A script, which has shown the choice already, gets no page.
    /// </summary>
    public static async Task<IResult> Choose([FromForm] string? theme, Caller caller, IPersonalSettings settings, HttpContext context, CancellationToken cancellationToken)
    {
        Remember(context, theme);
        if (caller.IsReader && ChosenAppearance.IsTheme(theme))
        {
            await ChosenAppearance.Change(settings, caller.Ref, before => before with { Theme = theme }, cancellationToken);
        }

        return context.Request.Headers.Accept.ToString() == "application/json" ? TypedResults.NoContent() : TypedResults.LocalRedirect(WhereFrom.Of(context.Request));
    }

    public static void Remember(HttpContext context, string? theme)
    {
        var options = new CookieOptions
        {
            Path = "/", SameSite = SameSiteMode.Lax, Secure = context.Request.IsHttps, MaxAge = TimeSpan.FromDays(365), IsEssential = true,
        };
        if (theme is "light" or "dark")
        {
            context.Response.Cookies.Append(Cookie, theme, options);
        }
        else
        {
            context.Response.Cookies.Delete(Cookie, options);
        }
    }
}
