using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Stagedoor.Host.Jobs.Planning;
using Stagedoor.Plugins;

namespace Stagedoor.Host.Jobs.Detail;

/// <summary>The part of a job's page that is fetched anew while one looks at it.</summary>
internal static class JobFragments
{
    public static void MapJobFragments(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/fragments/portal/jobs/{name}", Now).ExcludeFromDescription().Requires(JobPermissions.Read);

    private static Results<RazorComponentResult<JobNow>, NotFound> Now(string name, JobPlan plan) => plan.Find(name) is { } job
        ? new RazorComponentResult<JobNow>(new { job.Name })
        : TypedResults.NotFound();
}
