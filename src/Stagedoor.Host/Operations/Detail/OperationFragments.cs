using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Stagedoor.Host.Operations.List;
using Stagedoor.Plugins;

namespace Stagedoor.Host.Operations.Detail;

/// <summary>The parts of pages about operations that are fetched anew while one looks at them.</summary>
internal static class OperationFragments
{
    public static void MapOperationFragments(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/fragments/portal/operations/{id:guid}", Now).ExcludeFromDescription().Requires(OperationPermissions.Read);
        routes.MapGet("/fragments/portal/operations/{id:guid}/progress", Progress).ExcludeFromDescription().Requires(OperationPermissions.Read);
    }

    private static async Task<Results<RazorComponentResult<OperationNow>, NotFound>> Now(Guid id, OperationStore store, CancellationToken cancellationToken) =>
        await store.Find(id, cancellationToken) is null ? TypedResults.NotFound() : new RazorComponentResult<OperationNow>(new { Id = id });

    private static async Task<Results<RazorComponentResult<OperationProgress>, NotFound>> Progress(Guid id, OperationStore store, CancellationToken cancellationToken) =>
        await store.Find(id, cancellationToken) is null ? TypedResults.NotFound() : new RazorComponentResult<OperationProgress>(new { Id = id });
}
