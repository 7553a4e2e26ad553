using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Stagedoor.Host.Http;
using Stagedoor.Plugins;

namespace Stagedoor.Host.Audit.Api;

/// <summary>The record of who did what, for programs.</summary>
internal static class AuditApi
{
    public static void MapAuditApi(this IEndpointRouteBuilder routes)
    {
        var api = routes.MapGroup("/api/portal/audit").Requires(AuditServices.Read).WithTags("portal");
        api.MapGet("/", List).WithName("ListAudit").WithSummary("Who did what, newest first.");
        api.MapGet("/verify", Verify).WithName("VerifyAudit").WithSummary("Recomputes the chain of hashes over all entries.");
    }

    /// <param name="before">The <c>next</c> of the page before.</param>
    private static async Task<Results<Ok<AuditPageAnswer>, ProblemHttpResult>> List(
        IAudit audit, CancellationToken cancellationToken, string? by = null, string? action = null, string? entity = null, long? before = null, int limit = Paging.Usual)
    {
        if ((AskedEntity.Refusal(entity, out var about) ?? Paging.Refusal(limit, PortalAudit.LongestPage)) is { } refusal)
        {
            return refusal;
        }

        var items = await audit.List(new AuditFilter { By = by, ActionPrefix = action, Entity = about, Before = before, Limit = limit }, cancellationToken);
        return TypedResults.Ok(new AuditPageAnswer(items, items.Count == limit ? items[^1].Sequence : null));
    }

    private static async Task<Ok<AuditVerdictAnswer>> Verify(PortalAudit audit, CancellationToken cancellationToken) =>
        TypedResults.Ok(AuditVerdictAnswer.Of(await audit.Verify(cancellationToken)));
}
