using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Stagedoor.Docs.Reading;
using Stagedoor.Plugins;

namespace Stagedoor.Docs.Api;

/// <summary>Tells an open page that what it shows has changed: for those who write and look at the same time.</summary>
internal static class LiveEndpoint
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(250);

    /// <summary>A browser asks again by itself; a page that nobody looks at any more is not followed for ever.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(10);

    public static void MapLive(this IEndpointRouteBuilder routes) => routes.MapGet("/live/{ns}/{kind}/{name}", Handle)
        .WithName("FollowDocs").WithTags("docs").WithSummary("Says the version of documentation that is read from files of this machine, and each later one, as server-sent events.")
        .Produces(StatusCodes.Status200OK, contentType: "text/event-stream").ProducesProblem(StatusCodes.Status404NotFound)
        .Requires(DocsPlugin.Read);

    private static async Task<IResult> Handle(string ns, string kind, string name, HttpContext context, DocsReading reading, Caller caller, TimeProvider time, CancellationToken cancellationToken)
    {
        var entity = new EntityRef(kind, ns, name);
        if (await reading.Open(entity, null, caller, cancellationToken) is not { IsLive: true } docs)
        {
            return TypedResults.Problem("Only documentation that is read from files of this machine is followed.", statusCode: StatusCodes.Status404NotFound);
        }

        context.Response.ContentType = "text/event-stream";
        context.Response.Headers.CacheControl = "no-store";
        var begunAt = time.GetTimestamp();
        string? told = null;
        try
        {
            while (docs is { IsLive: true } && time.GetElapsedTime(begunAt) < Longest)
            {
                if (docs.Site?.Version is { } version && version != told)
                {
                    told = version;
                    await context.Response.WriteAsync($"data: {version}\n\n", cancellationToken);
                    await context.Response.Body.FlushAsync(cancellationToken);
                }

                await Task.Delay(Look, time, cancellationToken);
                docs = await reading.Open(entity, null, caller, cancellationToken);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The reader has gone.
            return Results.Empty;
        }

        return Results.Empty;
    }
}
