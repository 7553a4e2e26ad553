using System.Security.Cryptography;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using Stagedoor.Plugins;

namespace Stagedoor.Host.Shell;

internal sealed record ToastLine(string Text, Severity Severity);

/// <summary>Carries lines to the next page in a short-lived cookie, protected so that nobody else can put words on a page.</summary>
internal sealed class Toasts(IHttpContextAccessor http, IDataProtectionProvider protection) : IToasts
{
    private const string Cookie = "stagedoor-said";
    private const int MaxLines = 4;
    private const int MaxLength = 400;

    /// <summary>Browsers keep 4 KB of a cookie, its name included.</summary>
    private const int MaxCookie = 3800;

    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly List<ToastLine> _said = [];

    public void Say(string text, Severity severity = Severity.Success)
    {
        _said.Add(new ToastLine(CutText.To(text, MaxLength), severity));
        if (_said.Count > MaxLines)
        {
            _said.RemoveAt(0);
        }

        if (http.HttpContext is { Response.HasStarted: false } context)
        {
            var value = Protect();
            while (value.Length > MaxCookie && _said.Count > 1)
            {
                _said.RemoveAt(0);
                value = Protect();
            }

            context.Response.Cookies.Append(Cookie, value, Options(context, TimeSpan.FromSeconds(60)));
        }
    }

    // The text is encrypted here and encoded where it is shown, so it need not be escaped, which would make it six times as long.
    private string Protect() =>
        protection.CreateProtector("stagedoor.toasts").ToTimeLimitedDataProtector().Protect(JsonSerializer.Serialize(_said, Plain), TimeSpan.FromSeconds(60));

    /// <summary>What was said before the redirect that led here. Saying it uses it up.</summary>
    public IReadOnlyList<ToastLine> Take(HttpContext context)
    {
        if (!HttpMethods.IsGet(context.Request.Method) || !context.Request.Cookies.TryGetValue(Cookie, out var value) || value.Length > 4096)
        {
            return [];
        }

        if (!context.Response.HasStarted)
        {
            context.Response.Cookies.Delete(Cookie, Options(context, null));
        }

        try
        {
            return JsonSerializer.Deserialize<List<ToastLine>>(protection.CreateProtector("stagedoor.toasts").ToTimeLimitedDataProtector().Unprotect(value)) ?? [];
        }
        catch (CryptographicException)
        {
            // Expired, or from another portal on this host: then there is nothing to say.
            return [];
        }
    }

    private static CookieOptions Options(HttpContext context, TimeSpan? age) =>
        new() { HttpOnly = true, SameSite = SameSiteMode.Lax, Secure = context.Request.IsHttps, Path = "/", MaxAge = age, IsEssential = true };
}
