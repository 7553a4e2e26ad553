using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Stagedoor.Plugins;

namespace Stagedoor.Host.Identity;

/// <summary>
/// Finds out who asks: by a service token, by the sample sign-in of a portal in development, or not at all. A token that is
/// wrong makes the caller nobody, even where one would be somebody without it: a mistake must not pass unseen.
/// </summary>
internal sealed class IdentityMiddleware(RequestDelegate next, Callers callers, IdentitySettings settings, SamplePersonCookie cookie)
{
    private readonly Lazy<Identified> _guest = new(callers.Guest);

    public Task Invoke(HttpContext context)
    {
        var identified = Identify(context);
        context.Features.Set(identified);
        context.User = identified.Principal;
        return next(context);
    }

    private Identified Identify(HttpContext context)
    {
        if (context.Request.Headers.Authorization is [{ Length: > 0 } header, ..])
        {
            return header.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase) ? ByToken(header.AsSpan(7).Trim()) : Callers.Nobody;
        }

        return settings.WithoutSignIn switch
        {
            IdentitySource.Sample => callers.Person(cookie.Read(context) ?? settings.SamplePerson, IdentitySource.Sample)
                ?? callers.Person(settings.SamplePerson, IdentitySource.Sample)
                ?? Callers.Nobody,
            IdentitySource.Guest => _guest.Value,
            _ => Callers.Nobody,
        };
    }

    private Identified ByToken(ReadOnlySpan<char> token)
    {
        if (token.Length is 0 or > 1024)
        {
            return Callers.Nobody;
        }

        Span<byte> text = stackalloc byte[Encoding.UTF8.GetMaxByteCount(token.Length)];
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(text[..Encoding.UTF8.GetBytes(token, text)], hash);
        ServiceToken? found = null;
        foreach (var known in settings.Tokens)
        {
            // All are compared, so that the time tells nothing.
            found = CryptographicOperations.FixedTimeEquals(known.Hash, hash) ? known : found;
        }

        return found is null ? Callers.Nobody : callers.Service(found);
    }
}
