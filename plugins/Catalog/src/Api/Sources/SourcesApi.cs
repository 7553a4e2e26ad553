using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Stagedoor.Catalog.Engine.History;
using Stagedoor.Catalog.Engine.Refreshing;
using Stagedoor.Catalog.Engine.Sources;
using Stagedoor.Catalog.Engine.Store;
using Stagedoor.Plugins;

namespace Stagedoor.Catalog.Api.Sources;

/// <summary>Where entities come from: how each source stands, and what one can do with it.</summary>
internal static class SourcesApi
{
    private const int Most = 1000;

    public static void MapSources(this IEndpointRouteBuilder routes)
    {
        var sources = routes.MapGroup("/sources").WithTags("catalog");
        sources.MapGet("/", List).WithName("ListSources").WithSummary("All sources of entities, and how their last reading went; to whom does not administer the catalog, only when.").Requires(CatalogPermissions.Read);
        sources.MapGet("/{id:guid}", Find).WithName("GetSource").WithSummary("One source, with its places and what is wrong in its files.").Requires(CatalogPermissions.Administer);
        sources.MapPost("/{id:guid}/refresh", Refresh).WithName("RefreshSource").WithSummary("Reads all of a source again.").Requires(CatalogPermissions.Administer);
        sources.MapPost("/{id:guid}/dry-run", Try).WithName("TrySource").WithSummary("Reads a source and tells what that would change, and changes nothing.").Requires(CatalogPermissions.Administer);
        sources.MapPost("/{id:guid}/confirm-deletions", Confirm).WithName("ConfirmDeletions").WithSummary("Lets deletions happen that were held back.").Requires(CatalogPermissions.Administer);
        sources.MapPost("/{id:guid}/pause", Pause).WithName("PauseSource").WithSummary("Stops reading a source. Its entities stay.").Requires(CatalogPermissions.Administer);
        sources.MapPost("/{id:guid}/resume", Resume).WithName("ResumeSource").WithSummary("Reads a paused source again, from the beginning.").Requires(CatalogPermissions.Administer);
        sources.MapPost("/{id:guid}/restore", Restore).WithName("RestoreSource").WithSummary("Brings a source back to how it was at a moment, and pauses it; with dryRun, tells what that would change.").Requires(CatalogPermissions.Administer);
        routes.MapGet("/conflicts", Conflicts).WithName("ListConflicts").WithTags("catalog").WithSummary("Entities that more than one file declares, and which of them has won.").Requires(CatalogPermissions.Administer);
        routes.MapGet("/problems", Problems).WithName("ListProblems").WithTags("catalog").WithSummary("What is wrong in files of entities.").Requires(CatalogPermissions.Administer);
        routes.MapGet("/orphans", Orphans).WithName("ListOrphans").WithTags("catalog").WithSummary("Entities that nothing names any more.").Requires(CatalogPermissions.Administer);
        routes.MapGet("/queue", Queue).WithName("GetRefreshQueue").WithTags("catalog").WithSummary("How much waits to be read.").Requires(CatalogPermissions.Administer);
    }

    private static async Task<Ok<IReadOnlyList<SourceAnswer>>> List(SourceBoard board, Caller caller, CancellationToken cancellationToken)
    {
        Func<SourceState, SourceAnswer> answer = caller.May(CatalogPermissions.Administer) ? SourceAnswer.Of : SourceAnswer.ForEverybody;
        return TypedResults.Ok<IReadOnlyList<SourceAnswer>>([.. (await board.All(cancellationToken)).Select(answer)]);
    }

    private static async Task<Results<Ok<SourceDetailAnswer>, ProblemHttpResult>> Find(Guid id, SourceBoard board, CancellationToken cancellationToken) =>
        await board.Find(id, cancellationToken) is { } state
            ? TypedResults.Ok(new SourceDetailAnswer(
                SourceAnswer.Of(state),
                [.. (await board.Places(id, Most, cancellationToken)).Select(PlaceAnswer.Of)],
                await board.Problems(id, Most, cancellationToken),
                [.. state.Source.HeldOfPlaces().Values.SelectMany(refs => refs).Order(StringComparer.Ordinal)]))
            : NotFound(id);

    private static async Task<Results<Accepted, ProblemHttpResult>> Refresh(Guid id, PlaceStore places, Steering steering, Caller caller, CancellationToken cancellationToken)
    {
        if (await places.Source(id, cancellationToken) is not { } source)
        {
            return NotFound(id);
        }

        await steering.Refresh(source, caller, cancellationToken);
        return TypedResults.Accepted((string?)null);
    }

    private static async Task<Results<Ok<DryRunAnswer>, ProblemHttpResult>> Try(Guid id, PlaceStore places, Steering steering, CancellationToken cancellationToken) =>
        await places.Source(id, cancellationToken) is { } source ? TypedResults.Ok(DryRunAnswer.Of(await steering.Try(source, cancellationToken))) : NotFound(id);

    private static async Task<Results<Accepted, ProblemHttpResult>> Confirm(Guid id, PlaceStore places, Steering steering, Caller caller, CancellationToken cancellationToken)
    {
        if (await places.Source(id, cancellationToken) is not { } source)
        {
            return NotFound(id);
        }

        if (source.Held is null)
        {
            return TypedResults.Problem("No deletions of this source are held back.", statusCode: StatusCodes.Status409Conflict, title: "Nothing to confirm");
        }

        await steering.ConfirmDeletions(source, caller, cancellationToken);
        return TypedResults.Accepted((string?)null);
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> Pause(Guid id, PauseBody body, PlaceStore places, Steering steering, Caller caller, CancellationToken cancellationToken)
    {
        if (await places.Source(id, cancellationToken) is not { } source)
        {
            return NotFound(id);
        }

        if (string.IsNullOrWhiteSpace(body.Reason) || body.Reason.Contains('\0', StringComparison.Ordinal))
        {
            return TypedResults.Problem("Say why, in reason: others will wonder.", statusCode: StatusCodes.Status400BadRequest, title: "No reason");
        }

        await steering.Pause(source, body.Reason, caller, cancellationToken);
        return TypedResults.NoContent();
    }

    private static async Task<Results<Accepted, ProblemHttpResult>> Resume(Guid id, PlaceStore places, Restoring restoring, Caller caller, CancellationToken cancellationToken)
    {
        if (await places.Source(id, cancellationToken) is not { } source)
        {
            return NotFound(id);
        }

        await restoring.Resume(source, caller, cancellationToken);
        return TypedResults.Accepted((string?)null);
    }

    private static async Task<Results<Ok<SourceDifference>, ProblemHttpResult>> Restore(
        Guid id, RestoreBody body, PlaceStore places, Restoring restoring, EntityHistory history, Caller caller, CancellationToken cancellationToken)
    {
        if (await places.Source(id, cancellationToken) is not { } source)
        {
            return NotFound(id);
        }

        if (await history.Beginning(cancellationToken) is not { } beginning || body.Moment < beginning)
        {
            return TypedResults.Problem($"History does not reach back to {body.Moment:u}.", statusCode: StatusCodes.Status400BadRequest, title: "Before the beginning");
        }

        return TypedResults.Ok(body.DryRun
            ? await restoring.Compare(id, body.Moment, cancellationToken)
            : await restoring.Source(source, body.Moment, caller, cancellationToken));
    }

    private static async Task<Ok<IReadOnlyList<EntityConflict>>> Conflicts(SourceBoard board, CancellationToken cancellationToken) => TypedResults.Ok(await board.Conflicts(Most, cancellationToken));

    private static async Task<Ok<IReadOnlyList<FileProblems>>> Problems(SourceBoard board, CancellationToken cancellationToken) =>
        TypedResults.Ok(await board.Problems(source: null, Most, cancellationToken));

    private static async Task<Ok<IReadOnlyList<OrphanEntity>>> Orphans(SourceBoard board, CancellationToken cancellationToken) => TypedResults.Ok(await board.Orphans(Most, cancellationToken));

    private static async Task<Ok<WorkQueueState>> Queue(SourceBoard board, CancellationToken cancellationToken) => TypedResults.Ok(await board.Queue(cancellationToken));

    private static ProblemHttpResult NotFound(Guid id) =>
        TypedResults.Problem($"There is no source {id}. GET /api/catalog/sources lists them.", statusCode: StatusCodes.Status404NotFound, title: "No such source");

    internal sealed record PauseBody(string? Reason);

    internal sealed record RestoreBody(DateTimeOffset Moment, bool DryRun);
}
