using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Stagedoor.Catalog.Engine.Declaring;
using Stagedoor.Catalog.Engine.History;
using Stagedoor.Plugins;

namespace Stagedoor.Catalog.Api.History;

/// <summary>What was: the history of an entity, its former versions, what differs between them, and bringing one back.</summary>
internal static class HistoryApi
{
    private const int MostLines = 500;

    public static void MapHistory(this IEndpointRouteBuilder routes)
    {
        var history = routes.MapGroup("/history/{kind}/{namespace}/{name}").WithTags("catalog");
        history.MapGet("/", Lines).WithName("GetEntityHistory").WithSummary("What happened to an entity, newest first; with asOf, the entity as it was then.").Requires(CatalogPermissions.Read);
        history.MapGet("/versions/{sequence:long}", Version).WithName("GetEntityVersion").WithSummary("An entity as it was after a change.").Requires(CatalogPermissions.Read);
        history.MapGet("/diff", Diff).WithName("GetEntityDifferences").WithSummary("What differs between two versions of an entity, field by field.").Requires(CatalogPermissions.Read);
        history.MapPost("/restore", Restore).WithName("RestoreEntity").WithSummary("Brings back a deleted entity as it was last.").Requires(CatalogPermissions.Administer);
    }

    private static async Task<Results<Ok<HistoryAnswer>, JsonHttpResult<JsonObject>, ProblemHttpResult>> Lines(
        string kind, string @namespace, string name, DateTimeOffset? asOf, long? before, int? limit,
        EntityHistory history, ICatalog catalog, Visibility visibility, Caller caller, CancellationToken cancellationToken)
    {
        var entity = new EntityRef(kind, @namespace, name);
        if (!await visibility.Sees(entity, caller, cancellationToken))
        {
            return NotKnown(entity);
        }

        if (asOf is { } moment)
        {
            if (await history.Beginning(cancellationToken) is not { } beginning || moment < beginning)
            {
                return TypedResults.Problem($"History does not reach back to {moment:u}.", statusCode: StatusCodes.Status404NotFound, title: "Before the beginning");
            }

            return await Past(entity, await history.SequenceAt(moment, cancellationToken), history, catalog, caller, cancellationToken) is { } past
                ? TypedResults.Json(past)
                : TypedResults.Problem($"{entity} did not exist at {moment:u}.", statusCode: StatusCodes.Status404NotFound, title: "Not there then");
        }

        var most = Math.Clamp(limit ?? 50, 1, MostLines);
        var lines = await history.Lines(entity, before, most, cancellationToken);
        return lines.Count == 0 && before is null
            ? NotKnown(entity)
            : TypedResults.Ok(new HistoryAnswer(lines, lines.Count == most ? lines[^1].Sequence : null));
    }

    private static async Task<Results<JsonHttpResult<JsonObject>, ProblemHttpResult>> Version(
        string kind, string @namespace, string name, long sequence, EntityHistory history, ICatalog catalog, Visibility visibility, Caller caller, CancellationToken cancellationToken)
    {
        var entity = new EntityRef(kind, @namespace, name);
        return await visibility.Sees(entity, caller, cancellationToken)
            && await Past(entity, sequence, history, catalog, caller, cancellationToken) is { } past
            ? TypedResults.Json(past)
            : NotKnown(entity);
    }

    private static async Task<Results<Ok<DifferencesAnswer>, ProblemHttpResult>> Diff(
        string kind, string @namespace, string name, long? from, long? to, EntityHistory history, Visibility visibility, Caller caller, CancellationToken cancellationToken)
    {
        var entity = new EntityRef(kind, @namespace, name);
        if (!await visibility.Sees(entity, caller, cancellationToken))
        {
            return NotKnown(entity);
        }

        var until = to ?? await LastVersion(entity, history, cancellationToken);
        if (until is null)
        {
            return NotKnown(entity);
        }

        // By default what the last change changed.
        var since = from ?? until.Value - 1;
        var before = await history.At(entity, since, cancellationToken);
        var after = await history.At(entity, until.Value, cancellationToken);
        return before is null && after is null
            ? NotKnown(entity)
            : TypedResults.Ok(new DifferencesAnswer(entity, since, until.Value, [.. EntityHistory.Differences(before?.Row, after?.Row).Select(Field)]));
    }

    /// <summary>The last change that made a version: what the portal says about an entity makes none.</summary>
    private static async Task<long?> LastVersion(EntityRef entity, EntityHistory history, CancellationToken cancellationToken)
    {
        long? before = null;
        while (true)
        {
            var lines = await history.Lines(entity, before, MostLines, cancellationToken);
            if (lines.FirstOrDefault(line => line.Change != EntityChangeKind.Status) is { } version)
            {
                return version.Sequence;
            }

            if (lines.Count < MostLines)
            {
                return null;
            }

            before = lines[^1].Sequence;
        }
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> Restore(
        string kind, string @namespace, string name, Restoring restoring, ICatalog catalog, Caller caller, CancellationToken cancellationToken)
    {
        var entity = new EntityRef(kind, @namespace, name);
        if (await catalog.Find(entity, Caller.Portal, cancellationToken) is not null)
        {
            return TypedResults.Problem($"{entity} is in the catalog. Only what was deleted can be restored.", statusCode: StatusCodes.Status409Conflict, title: "It exists");
        }

        return await restoring.Entity(entity, caller, cancellationToken) ? TypedResults.NoContent() : NotKnown(entity);
    }

    private static async Task<JsonObject?> Past(EntityRef entity, long sequence, EntityHistory history, ICatalog catalog, Caller caller, CancellationToken cancellationToken)
    {
        if (await history.At(entity, sequence, cancellationToken) is not { } past)
        {
            return null;
        }

        var related = await catalog.Find(entity, caller, cancellationToken) is { } now ? now.Relations.Select(relation => relation.Target) : [];
        return PastEntityJson.Of(past.Row, await history.IncomingAt(entity, sequence, related, cancellationToken));
    }

    private static FieldAnswer Field(FieldDifference difference) => new(difference.Path, Json(difference.Before), Json(difference.After));

    private static JsonElement? Json(string? text) => text is null ? null : JsonElement.Parse(text);

    private static ProblemHttpResult NotKnown(EntityRef entity) => TypedResults.Problem(
        $"History knows no {entity}, or not then.", statusCode: StatusCodes.Status404NotFound, title: "Not found");
}

/// <param name="Before">The way to the next page, if there is one.</param>
internal sealed record HistoryAnswer(IReadOnlyList<HistoryLine> Items, long? Before);

internal sealed record DifferencesAnswer(EntityRef Entity, long From, long To, IReadOnlyList<FieldAnswer> Fields);

/// <summary>A field that differs; what was not there on one side is left out.</summary>
internal sealed record FieldAnswer(string Path, JsonElement? Before, JsonElement? After);
