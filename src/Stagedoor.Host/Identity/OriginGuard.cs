using Microsoft.AspNetCore.Http;

namespace Stagedoor.Host.Identity;

/// <summary>
/// Refuses requests that another site makes a browser send. A request that changes something must come from a page of this
/// portal, or from no browser at all. curl and API clients send neither header and pass; a service token, which no browser
/// adds by itself, passes too.
/// </summary>
internal sealed class OriginGuard(RequestDelegate next)
{
    public Task Invoke(HttpContext context)
    {
        var request = context.Request;
        if (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method) || HttpMethods.IsOptions(request.Method)
            || context.Features.Get<Identified>()?.Source == IdentitySource.ServiceToken
            || IsOwn(request))
        {
            return next(context);
        }

        context.Response.StatusCode = StatusCodes.Status403Forbidden;
        context.Features.Set(new ForeignOrigin(request.Headers.Origin.ToString()));
        return Task.CompletedTask;
    }

    private static bool IsOwn(HttpRequest request)
    {
        if (request.Headers["Sec-Fetch-Site"] is [{ } site, ..])
        {
            return site is "same-origin" or "none";
        }

        return request.Headers.Origin is not [{ Length: > 0 } origin, ..]
            || string.Equals(origin, $"{request.Scheme}://{request.Host.Value}", StringComparison.OrdinalIgnoreCase);
    }
}

/// <summary>The site that a refused request came from.</summary>
internal sealed record ForeignOrigin(string Origin);
