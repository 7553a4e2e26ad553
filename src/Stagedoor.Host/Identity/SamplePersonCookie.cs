using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Stagedoor.Plugins;

namespace Stagedoor.Host.Identity;

/// <summary>Remembers whom one has switched to in the sample organisation.</summary>
internal sealed class SamplePersonCookie(IDataProtectionProvider protection, ILogger<SamplePersonCookie> log)
{
    public const string Name = "stagedoor-sample-person";

    public const string Purpose = "stagedoor.sample-person";

    private IDataProtector Protector => protection.CreateProtector(Purpose);

    public EntityRef? Read(HttpContext context)
    {
        if (!context.Request.Cookies.TryGetValue(Name, out var value) || value.Length > 2048)
        {
            return null;
        }

        try
        {
            return EntityRef.TryParse(Protector.Unprotect(value), null, out var person) ? person : null;
        }
        catch (CryptographicException e)
        {
            log.LogDebug(e, "A cookie of the sample sign-in could not be read; it belongs to other data");
            return null;
        }
    }

    public void Write(HttpContext context, EntityRef person) =>
        context.Response.Cookies.Append(Name, Protector.Protect(person.ToString()), new CookieOptions
        {
            HttpOnly = true, SameSite = SameSiteMode.Lax, Secure = context.Request.IsHttps, Path = "/", IsEssential = true,
        });
}
