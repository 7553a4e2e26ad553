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

/// <summary>Reads the caller that the middleware has put on the request.</summary>
internal sealed class CallerAccessor : ICallerAccessor
{
    public Caller Of(HttpContext context) => context.Features.Get<Identified>()?.Caller ?? Caller.Anonymous;
}
