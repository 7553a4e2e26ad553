using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Stagedoor.Host.Http;
using Stagedoor.Host.Texts;
using Stagedoor.Plugins;

namespace Stagedoor.Host.Operations.Api;

/// <summary>Operations for programs: watch, read the log and the results, steer.</summary>
internal static class OperationsApi
{
    private const int LongestLogPage = 10_000;

    public static void MapOperationsApi(this IEndpointRouteBuilder routes)
    {
        var api = routes.MapGroup("/api/portal/operations").Requires(OperationPermissions.Read).WithTags("portal");
        api.MapGet("/", List).WithName("ListOperations").WithSummary("Operations, newest first.");
        api.MapGet("/{id:guid}", Find).WithName("GetOperation").WithSummary("One operation.");
        api.MapGet("/{id:guid}/log", Log).WithName("GetOperationLog").WithSummary("Lines of the log after a line, oldest first.");
        api.MapGet("/{id:guid}/log.txt", LogText).WithName("GetOperationLogText").WithSummary("The whole log as text.");
        api.MapGet("/{id:guid}/items", Items).WithName("ListOperationItems").WithSummary("Results by item, in the order of handling.");
        api.MapPost("/{id:guid}/pause", (Guid id, Caller caller, PortalOperations operations, CancellationToken cancellationToken) =>
            Steer(id, caller, operations, operations.Pause, "It can be paused while it waits or runs.", cancellationToken))
            .WithName("PauseOperation").WithSummary("Stops an operation for now, after the items in hand.");
        api.MapPost("/{id:guid}/resume", (Guid id, Caller caller, PortalOperations operations, CancellationToken cancellationToken) =>
            Steer(id, caller, operations, operations.Resume, "It can be resumed while it is paused.", cancellationToken))
            .WithName("ResumeOperation").WithSummary("Lets a paused operation go on.");
        api.MapPost("/{id:guid}/cancel", (Guid id, Caller caller, PortalOperations operations, CancellationToken cancellationToken) =>
            Steer(id, caller, operations, operations.Cancel, "It can be cancelled until it is over.", cancellationToken))
            .WithName("CancelOperation").WithSummary("Stops an operation for good. What it has done stays done.");
        api.MapPost("/{id:guid}/undo", Undo).WithName("UndoOperation").WithSummary("Begins an operation that takes back what this one did.");
        api.MapPost("/{id:guid}/rate", ChangeRate).WithName("ChangeOperationRate").WithSummary("Changes how many items a second an operation may handle.");
    }

    private static async Task<Results<Ok<ListAnswer<OperationAnswer>>, ProblemHttpResult>> List(
        OperationStore store, CancellationToken cancellationToken, string? state = null, string? kind = null, int offset = 0, int limit = Paging.Usual)
    {
        var states = new List<OperationState>();
        foreach (var word in state?.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [])
        {
            if (!Words.TryRead<OperationState>(word, out var one))
            {
                return Refuse.Mistake($"'{word}' is not a state. States are {string.Join(", ", Enum.GetValues<OperationState>().Select(value => value.Word()))}.");
            }

            states.Add(one);
        }

        if (Paging.Refusal(offset, limit, OperationStore.LongestPage) is { } refusal)
        {
            return refusal;
        }

        var filter = new OperationFilter { Kind = string.IsNullOrEmpty(kind) ? null : kind, States = states, Offset = offset, Limit = limit };
        var (page, total) = await store.List(filter, cancellationToken);
        return TypedResults.Ok(new ListAnswer<OperationAnswer>([.. page.Select(OperationAnswer.Of)], total));
    }

    private static async Task<Results<Ok<OperationAnswer>, ProblemHttpResult>> Find(Guid id, OperationStore store, CancellationToken cancellationToken) =>
        await store.Find(id, cancellationToken) is { } watched ? TypedResults.Ok(OperationAnswer.Of(watched)) : NoSuch(id);

    private static async Task<Results<Ok<LogAnswer>, ProblemHttpResult>> Log(
        Guid id, OperationStore store, CancellationToken cancellationToken, long after = 0, int limit = 500)
    {
        if (Paging.Refusal(limit, LongestLogPage) is { } refusal)
        {
            return refusal;
        }

        if (await store.Find(id, cancellationToken) is not { } watched)
        {
            return NoSuch(id);
        }

        var lines = await store.Log(id, after, limit, cancellationToken);
        return TypedResults.Ok(new LogAnswer([.. lines.Select(LogLineAnswer.Of)], lines.Count > 0 ? lines[^1].Sequence : after, watched.Operation.IsOver));
    }

    private static async Task<Results<ContentHttpResult, ProblemHttpResult>> LogText(Guid id, OperationStore store, CancellationToken cancellationToken)
    {
        if (await store.Find(id, cancellationToken) is null)
        {
            return NoSuch(id);
        }

        var text = new System.Text.StringBuilder();
        var after = 0L;
        IReadOnlyList<OperationLogLine> lines;
        do
        {
            lines = await store.Log(id, after, LongestLogPage, cancellationToken);
            foreach (var line in lines)
            {
                after = line.Sequence;
                text.Append(CultureInfo.InvariantCulture, $"{line.At.UtcDateTime:yyyy-MM-ddTHH:mm:ss.fffZ} {line.Level.Word(),-7} {line.Text}\n");
            }
        }
        while (lines.Count == LongestLogPage);
        return TypedResults.Text(text.ToString(), "text/plain; charset=utf-8");
    }

    private static async Task<Results<Ok<ListAnswer<OperationItemAnswer>>, ProblemHttpResult>> Items(
        Guid id, OperationStore store, CancellationToken cancellationToken, string? outcome = null, int offset = 0, int limit = Paging.Usual)
    {
        ItemOutcome? only = null;
        if (!string.IsNullOrEmpty(outcome))
        {
            if (!Words.TryRead<ItemOutcome>(outcome, out var one))
            {
                return Refuse.Mistake($"'{outcome}' is not an outcome. Outcomes are succeeded, failed and skipped.");
            }

            only = one;
        }

        if (Paging.Refusal(offset, limit, OperationStore.LongestPage) is { } refusal)
        {
            return refusal;
        }

        if (await store.Find(id, cancellationToken) is null)
        {
            return NoSuch(id);
        }

        var items = await store.Items(id, only, offset, limit, cancellationToken);
        return TypedResults.Ok(new ListAnswer<OperationItemAnswer>([.. items.Select(OperationItemAnswer.Of)], await store.CountItems(id, only, cancellationToken)));
    }

    private static async Task<Results<Ok<OperationAnswer>, ProblemHttpResult>> Undo(
        Guid id, Caller caller, PortalOperations operations, OperationStore store, CancellationToken cancellationToken)
    {
        if (await Refusal(id, caller, operations, cancellationToken) is { } refusal)
        {
            return refusal;
        }

        var (result, undo) = await operations.Undo(id, caller, cancellationToken);
        return result == SteeringResult.Done && await store.Find(undo!.Value, cancellationToken) is { } watched
            ? TypedResults.Ok(OperationAnswer.Of(watched))
            : Refuse.NotNow("It can be undone once, when it is over and its plugin knows how.");
    }

    private static Task<Results<Ok<OperationAnswer>, ProblemHttpResult>> ChangeRate(
        Guid id, RateRequest rate, Caller caller, PortalOperations operations, CancellationToken cancellationToken) =>
        rate.ItemsPerSecond is { } wanted && !(wanted is > 0 and <= 1_000_000)
            ? Task.FromResult<Results<Ok<OperationAnswer>, ProblemHttpResult>>(Refuse.Mistake("itemsPerSecond is more than 0 and at most 1000000, or null for no limit."))
            : Steer(
                id, caller, operations, (operation, by, token) => operations.ChangeRate(operation, rate.ItemsPerSecond, by, token), "Its rate can be changed until it is over.", cancellationToken);

    private static async Task<Results<Ok<OperationAnswer>, ProblemHttpResult>> Steer(
        Guid id, Caller caller, PortalOperations operations, Func<Guid, Caller, CancellationToken, Task<SteeringResult>> steer, string when, CancellationToken cancellationToken)
    {
        if (await Refusal(id, caller, operations, cancellationToken) is { } refusal)
        {
            return refusal;
        }

        var result = await steer(id, caller, cancellationToken);
        var now = await operations.Find(id, cancellationToken);
        return result == SteeringResult.Done && now is not null
            ? TypedResults.Ok(OperationAnswer.Of(new WatchedOperation(now, Pace: null)))
            : now is null ? NoSuch(id) : Refuse.NotNow($"The operation is {now.State.Word()}. {when}");
    }

    private static async Task<ProblemHttpResult?> Refusal(Guid id, Caller caller, PortalOperations operations, CancellationToken cancellationToken) =>
        await operations.Find(id, cancellationToken) is not { } operation
            ? NoSuch(id)
            : caller.MaySteer(operation)
                ? null
                : Refuse.NotAllowed($"Only {operation.StartedByName}, who began it, and those with the permission {OperationPermissions.Steer.Name} may do this.");

    private static ProblemHttpResult NoSuch(Guid id) => Refuse.NoSuch("operation", $"There is no operation {id}. Finished ones are deleted after some time.");
}
