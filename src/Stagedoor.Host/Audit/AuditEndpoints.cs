using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Stagedoor.Plugins;

namespace Stagedoor.Host.Audit;

/// <summary>The record of who did what, for programs.</summary>
internal static class AuditEndpoints
{
    public static void MapAudit(this IEndpointRouteBuilder routes)
    {
        var api = routes.MapGroup("/api/portal/audit").Requires(AuditServices.Read).WithTags("portal");
        api.MapGet("/", List).WithName("ListAudit").WithSummary("Who did what, newest first.");
        api.MapGet("/verify", Verify).WithName("VerifyAudit").WithSummary("Recomputes the chain of hashes over all entries.");
    }

    /// <param name="before">The <c>next</c> of the page before.</param>
    private static async Task<Results<Ok<AuditPageAnswer>, ProblemHttpResult>> List(
        IAudit audit, CancellationToken cancellationToken, string? by = null, string? action = null, string? entity = null, long? before = null, int limit = 50)
    {
        EntityRef? about = null;
        if (!string.IsNullOrEmpty(entity))
        {
            if (!EntityRef.TryParse(entity, provider: null, out var parsed))
            {
                return TypedResults.Problem($"'{entity}' is not an entity reference. Write kind:namespace/name.", statusCode: StatusCodes.Status400BadRequest);
            }

            about = parsed;
        }

        if (limit is < 1 or > PortalAudit.LongestPage)
        {
            return TypedResults.Problem($"The limit is 1 to {PortalAudit.LongestPage}.", statusCode: StatusCodes.Status400BadRequest);
        }

        var items = await audit.List(new AuditFilter { By = by, ActionPrefix = action, Entity = about, Before = before, Limit = limit }, cancellationToken);
        return TypedResults.Ok(new AuditPageAnswer(items, items.Count == limit ? items[^1].Sequence : null));
    }

    private static async Task<Ok<AuditVerdict>> Verify(PortalAudit audit, CancellationToken cancellationToken) =>
        TypedResults.Ok(await audit.Verify(cancellationToken));
}

/// <param name="Next">Ask with <c>before</c> set to this for what came before. Nothing: that was all.</param>
internal sealed record AuditPageAnswer(IReadOnlyList<AuditRecord> Items, long? Next);
