using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Hosting;
using Stagedoor.Docs.Reading;
using Stagedoor.Docs.Sites;
using Stagedoor.Plugins;

namespace Stagedoor.Docs.Api;

/// <summary>Tells an open page that what it shows has changed: for those who write and look at the same time.</summary>
internal static class LiveEndpoint
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(250);

    /// <summary>A browser asks again by itself; a page that nobody looks at any more is not followed for ever.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(10);

    /// <summary>The files are looked at all the time, by all who follow them together; whose they are and who may read them changes seldom.</summary>
    private static readonly TimeSpan Ask = TimeSpan.FromSeconds(5);

    public static void MapLive(this IEndpointRouteBuilder routes) => routes.MapGet("/live/{ns}/{kind}/{name}", Handle)
        .WithName("FollowDocs").WithTags("docs").WithSummary("Says the version of documentation that is read from files of this machine, and each later one, as server-sent events.")
        .Produces(StatusCodes.Status200OK, contentType: "text/event-stream").ProducesProblem(StatusCodes.Status404NotFound)
        .Requires(DocsPlugin.Read);

    private static async Task<IResult> Handle(
        string ns, string kind, string name, HttpContext context, DocsReading reading, SiteShelf shelf, Caller caller, IHostApplicationLifetime portal, TimeProvider time, CancellationToken cancellationToken)
    {
        var entity = new EntityRef(kind, ns, name);
        if (await reading.Open(entity, null, caller, cancellationToken) is not { IsLive: true } docs)
        {
            return TypedResults.Problem("Only documentation that is read from files of this machine is followed.", statusCode: StatusCodes.Status404NotFound);
        }

        context.Response.ContentType = "text/event-stream";
        context.Response.Headers.CacheControl = "no-store";
        // Whoever leaves a page open does not hold up the portal's stop.
        using var open = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, portal.ApplicationStopping);
        var begunAt = time.GetTimestamp();
        var askedAt = begunAt;
        var version = docs.Site?.Version;
        string? told = null;
        try
        {
            while (docs is { IsLive: true } && time.GetElapsedTime(begunAt) < Longest)
            {
                if (version is not null && version != told)
                {
                    told = version;
                    await context.Response.WriteAsync($"data: {version}\n\n", open.Token);
                    await context.Response.Body.FlushAsync(open.Token);
                }

                await Task.Delay(Look, time, open.Token);
                if (time.GetElapsedTime(askedAt) > Ask)
                {
                    askedAt = time.GetTimestamp();
                    docs = await reading.Open(entity, null, caller, open.Token);
                    version = docs?.Site?.Version;
                }
                else
                {
                    version = (await shelf.Open(docs.Place!, docs.Entity.Title, null, open.Token)).Site?.Version;
                }
            }
        }
        catch (OperationCanceledException) when (open.IsCancellationRequested)
        {
            // The reader has gone, or the portal is going.
            return Results.Empty;
        }

        return Results.Empty;
    }
}
