using System.Security.Claims;
using Microsoft.AspNetCore.Http;
using Stagedoor.Plugins;

namespace Stagedoor.Host.Identity;

/// <summary>A caller together with what the framework wants to know about one.</summary>
internal sealed record Identified(Caller Caller, ClaimsPrincipal Principal, IdentitySource Source);

/// <summary>How a caller was recognised.</summary>
internal enum IdentitySource
{
    None,
    ServiceToken,

    /// <summary>Nobody signed in: in development with the sample organisation one simply is somebody.</summary>
    Sample,
    Guest,
}

/// <summary>Reads the caller that the middleware has put on the request, and tells who a person is where there is none.</summary>
internal sealed class CallerAccessor(Callers callers, IdentitySettings settings) : ICallerAccessor
{
    public Caller Of(HttpContext context) => context.Features.Get<Identified>()?.Caller ?? Caller.Anonymous;

    public Caller? Of(EntityRef person) =>
        callers.Person(person, settings.WithoutSignIn)?.Caller
        ?? (settings.WithoutSignIn == IdentitySource.Guest && callers.Guest().Caller is var guest && guest.Ref == person ? guest : null);
}
