using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Stagedoor.Host.Http;

namespace Stagedoor.Host.Shell;

/// <summary>Light or dark, as the reader chose it; a cookie that script and server both know. Nothing: as the system has it.</summary>
internal static class ReaderTheme
{
    private const string Cookie = "stagedoor-theme";

    public static string? Of(HttpContext context) => context.Request.Cookies[Cookie] is "light" or "dark" ? context.Request.Cookies[Cookie] : null;

    /// <summary>
    /// The choice of someone without scripts. The form stands on every page, which would make every page uncacheable if it
    /// carried a token; the guard of origins protects it.
    /// </summary>
    public static RedirectHttpResult Choose([FromForm] string? theme, HttpContext context)
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

        return TypedResults.LocalRedirect(WhereFrom.Of(context.Request));
    }
}
