using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Stagedoor.Plugins;

namespace Acme.Chaos;

internal sealed record Started(Guid Id);

internal sealed record Handled(long Times, long Distinct, IReadOnlyList<string> Replicas, string State, int Attempt);

/// <summary>The routes by which a test pulls the strings.</summary>
internal static class ChaosApi
{
    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapPost("/operations", StartOperation).WithName("StartChaos").WithSummary("Begins the slow operation").WithTags("Chaos");
        api.MapGet("/operations/{id:guid}", FindOperation).WithName("FindChaos").WithSummary("How often its items were handled").WithTags("Chaos");
        api.MapGet("/beats", (ChaosStore store, CancellationToken cancellationToken) => store.Beats(cancellationToken))
            .WithName("ListChaosBeats").WithSummary("The firings of the job that beats").WithTags("Chaos");
        api.MapGet("/slow", (ChaosStore store, CancellationToken cancellationToken) => store.SlowRows(cancellationToken))
            .WithName("ListChaosSlow").WithSummary("What the long job has left").WithTags("Chaos");
        api.MapGet("/wait/{milliseconds:int}", Wait).WithName("WaitForChaos").WithSummary("Answers late").WithTags("Chaos");
        api.MapGet("/throw", Throw).WithName("ThrowChaos").WithSummary("Throws").WithTags("Chaos");
    }

    private static async Task<Ok<Started>> StartOperation(IOperations operations, Caller caller, CancellationToken cancellationToken) =>
        TypedResults.Ok(new Started(await operations.Start(new NewOperation("chaos.slow", "Two hundred slow items", caller), cancellationToken)));

    private static async Task<Results<Ok<Handled>, NotFound>> FindOperation(Guid id, IOperations operations, ChaosStore store, CancellationToken cancellationToken)
    {
        if (await operations.Find(id, cancellationToken) is not { } operation)
        {
            return TypedResults.NotFound();
        }

        var (handled, distinct, replicas) = await store.Items(id, cancellationToken);
        return TypedResults.Ok(new Handled(handled, distinct, replicas, operation.State.ToString(), operation.Attempt));
    }

    private static async Task<Ok<string>> Wait(int milliseconds, CancellationToken cancellationToken)
    {
        await Task.Delay(Math.Clamp(milliseconds, 0, 30_000), cancellationToken);
        return TypedResults.Ok("done");
    }

    private static Ok<string> Throw() => throw new InvalidOperationException("This route was made to throw; nobody outside should read s3cret-detail.");
}
