using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Stagedoor.Host.Identity;
using Stagedoor.Host.Starting;
using Stagedoor.Host.Telemetry;
using Stagedoor.Plugins;

namespace Stagedoor.Host.Health;

/// <summary><c>/healthz</c>: the process lives. <c>/readyz</c>: it can serve. <c>/metrics</c>: what it measured.</summary>
internal static class HealthEndpoints
{
    public static void MapHealth(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/healthz", () => TypedResults.Text("ok")).Public().ExcludeFromDescription();
        routes.MapGet("/readyz", Ready).Public().ExcludeFromDescription();
        routes.MapGet("/metrics", PrometheusMetrics.Handle).Public().ExcludeFromDescription();
    }

    private static async Task<JsonHttpResult<Readiness>> Ready(PortalReadiness portal, HealthChecks checks, ICallerAccessor callers, HttpContext context)
    {
        if (!portal.IsReady)
        {
            return TypedResults.Json(new Readiness("starting", $"Waiting for {portal.WaitsFor}.", null), statusCode: StatusCodes.Status503ServiceUnavailable);
        }

        var results = await checks.Run(context.RequestAborted);
        var isDown = results.Any(check => check.Essential && check.Status == "down");
        return TypedResults.Json(
            new Readiness(
                isDown ? "unavailable" : "ready",
                isDown ? "The database cannot be reached." : null,
                callers.Of(context).IsKnown ? results : null),
            statusCode: isDown ? StatusCodes.Status503ServiceUnavailable : StatusCodes.Status200OK);
    }

    /// <summary>Details only for callers with an identity: they name what the portal is connected to.</summary>
    private sealed record Readiness(string Status, string? Message, IReadOnlyList<CheckResult>? Checks);
}
