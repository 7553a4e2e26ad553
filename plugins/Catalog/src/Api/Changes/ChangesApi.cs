using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Stagedoor.Catalog.Engine.History;
using Stagedoor.Catalog.Index;
using Stagedoor.Plugins;

namespace Stagedoor.Catalog.Api.Changes;

/// <summary>The change log for programs: in pages, waiting for the next change, or as a stream of server-sent events.</summary>
internal static class ChangesApi
{
    private const int MostLines = 1000;
    private static readonly TimeSpan LongestLag = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(30);

    public static void MapChanges(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/changes", Changes)
            .WithName("GetChanges")
            .WithTags("catalog")
            .WithSummary("What changed after a sequence, oldest first. With wait, answers as soon as something does; as text/event-stream, goes on.")
            .Requires(CatalogPermissions.Read);

    private static async Task<Results<Ok<ChangesAnswer>, ServerSentEventsResult<HistoryLine>>> Changes(
        long? after, int? limit, int? wait, HttpRequest request, EntityHistory history, CatalogIndex index, Visibility visibility, Caller caller, CancellationToken cancellationToken)
    {
        var from = after ?? index.Current.Sequence;
        if (request.Headers.Accept.Any(accept => accept?.Contains("text/event-stream", StringComparison.OrdinalIgnoreCase) == true))
        {
            // A browser that reconnects says where it was.
            from = long.TryParse(request.Headers["Last-Event-ID"], out var last) ? last : from;
            return TypedResults.ServerSentEvents(Stream(from, history, index, visibility, caller, cancellationToken));
        }

        if (wait is > 0 && index.Current.Sequence <= from)
        {
            await Wait(index, from + 1, TimeSpan.FromSeconds(Math.Min(wait.Value, LongestWait.TotalSeconds)), cancellationToken);
        }

        var lines = await Readable(await history.After(from, Math.Clamp(limit ?? 100, 1, MostLines), cancellationToken), index, cancellationToken);
        var visible = await visibility.Only(lines, line => EntityRef.Parse(line.Entity), caller, cancellationToken);
        return TypedResults.Ok(new ChangesAnswer(visible, lines.Count > 0 ? lines[^1].Sequence : from));
    }

    private static async IAsyncEnumerable<SseItem<HistoryLine>> Stream(
        long after, EntityHistory history, CatalogIndex index, Visibility visibility, Caller caller, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            var lines = await Readable(await history.After(after, MostLines, cancellationToken), index, cancellationToken);
            foreach (var line in await visibility.Only(lines, line => EntityRef.Parse(line.Entity), caller, cancellationToken))
            {
                yield return new SseItem<HistoryLine>(line, "change") { EventId = $"{line.Sequence}" };
            }

            after = lines.Count > 0 ? lines[^1].Sequence : after;
            if (lines.Count < MostLines)
            {
                await Wait(index, after + 1, LongestWait, cancellationToken);
            }
        }
    }

    /// <summary>
    /// The log is the database's, while what a caller may see and read is this replica's index, which may be a moment behind:
    /// waits for it, and leaves the lines that it does not know by then for the next time.
    /// </summary>
    private static async Task<IReadOnlyList<HistoryLine>> Readable(IReadOnlyList<HistoryLine> lines, CatalogIndex index, CancellationToken cancellationToken)
    {
        if (lines.Count == 0)
        {
            return lines;
        }

        await Wait(index, lines[^1].Sequence, LongestLag, cancellationToken);
        var known = index.Current.Sequence;
        return lines[^1].Sequence <= known ? lines : [.. lines.TakeWhile(line => line.Sequence <= known)];
    }

    private static async Task Wait(CatalogIndex index, long sequence, TimeSpan longest, CancellationToken cancellationToken)
    {
        using var limited = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limited.CancelAfter(longest);
        try
        {
            await index.WaitFor(sequence, limited.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // It did not come that far in that time.
        }
    }
}

/// <param name="Last">To be given as <c>after</c> the next time.</param>
internal sealed record ChangesAnswer(IReadOnlyList<HistoryLine> Items, long Last);
