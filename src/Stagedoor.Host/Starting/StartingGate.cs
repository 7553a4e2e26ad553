using Microsoft.AspNetCore.Http;
using Stagedoor.Host.Http;

namespace Stagedoor.Host.Starting;

/// <summary>Until the portal is ready, answers pages and API calls with 503; health, metrics and assets answer as ever.</summary>
internal sealed class StartingGate(RequestDelegate next, PortalReadiness readiness)
{
    public Task Invoke(HttpContext context)
    {
        if (readiness.IsReady || IsOpen(context.Request.Path))
        {
            return next(context);
        }

        context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        context.Response.Headers.RetryAfter = "2";
        context.Features.Set(new StillStarting(readiness.WaitsFor));
        return Task.CompletedTask;
    }

    private static bool IsOpen(PathString path) => OwnPaths.IsProbe(path) || OwnPaths.IsAsset(path) || path == "/theme.css";
}

/// <summary>What the portal waits for.</summary>
internal sealed record StillStarting(string WaitsFor);
