using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Stagedoor.Plugins;

namespace Stagedoor.Graph.Impact;

/// <summary>What depends on an entity, for programs and spreadsheets.</summary>
internal static class ImpactEndpoints
{
    public static void MapImpact(this IEndpointRouteBuilder api)
    {
        api.MapGet("/impact", Json).WithName("GetImpact").WithSummary("Everything that depends on an entity, directly or not.").Requires(GraphPlugin.Read)
            .Produces<ImpactAnswer>().ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status404NotFound);
        api.MapGet("/impact.csv", Csv).WithName("GetImpactTable").WithSummary("The same as a table.").Requires(GraphPlugin.Read)
            .Produces(StatusCodes.Status200OK, contentType: "text/csv").ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status404NotFound);
    }

    private static async Task<IResult> Json(string? root, Caller caller, ICatalog catalog, ImpactAnalysis analysis, CancellationToken cancellationToken)
    {
        var (result, refusal) = await Find(root, caller, catalog, analysis, cancellationToken);
        return refusal ?? TypedResults.Json(new ImpactAnswer(
            result!.Root.ToString(),
            [.. result.Everything.Select(one => new AffectedAnswer(
                one.Ref.ToString(), one.Title, one.Kind, one.Facts?.Type, one.Facts?.Lifecycle, one.Facts?.Owner?.ToString(), one.Distance, one.Last.Because, one.Last.From.ToString(), one.Facts is null))],
            result.Truncated));
    }

    private static async Task<IResult> Csv(string? root, Caller caller, ICatalog catalog, ImpactAnalysis analysis, CancellationToken cancellationToken)
    {
        var (result, refusal) = await Find(root, caller, catalog, analysis, cancellationToken);
        return refusal ?? TypedResults.Stream(
            body => Write(result!, body, cancellationToken),
            "text/csv; charset=utf-8",
            $"impact-{string.Concat(result!.Root.Name.Where(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_').Take(80))}.csv");
    }

    private static async Task Write(ImpactResult result, Stream body, CancellationToken cancellationToken)
    {
        // With the mark of UTF-8, without which spreadsheets guess.
        await using var writer = new StreamWriter(body, Encoding.UTF8, leaveOpen: true);
        var text = new StringBuilder();
        CsvText.Line(text, "entity", "title", "kind", "type", "lifecycle", "owner", "distance", "relation", "through");
        foreach (var batch in result.Everything.Chunk(200))
        {
            foreach (var one in batch)
            {
                CsvText.Line(
                    text,
                    one.Ref.ToString(), one.Title, one.Kind, one.Facts?.Type, one.Facts?.Lifecycle, one.Facts?.Owner?.ToString(),
                    one.Distance.ToString(CultureInfo.InvariantCulture), one.Last.Because, one.Last.From.ToString());
            }

            await writer.WriteAsync(text, cancellationToken);
            text.Clear();
        }

        await writer.WriteAsync(text, cancellationToken);
    }

    private static async Task<(ImpactResult? Result, IResult? Refusal)> Find(string? root, Caller caller, ICatalog catalog, ImpactAnalysis analysis, CancellationToken cancellationToken)
    {
        if (!EntityRef.TryParse(root, provider: null, out var reference))
        {
            return (null, TypedResults.Problem("Name an entity as 'root', such as root=component:default/dead-letter.", statusCode: StatusCodes.Status400BadRequest, title: "Impact of what?"));
        }

        return await catalog.Find(reference, caller, cancellationToken) is null
            ? (null, TypedResults.Problem($"There is no {reference}, or you may not see it.", statusCode: StatusCodes.Status404NotFound, title: "Not in the catalog"))
            : (await analysis.Of(reference, caller, cancellationToken), null);
    }
}

/// <param name="Truncated">There are more than are looked for.</param>
internal sealed record ImpactAnswer(string Root, IReadOnlyList<AffectedAnswer> Affected, bool Truncated);

/// <param name="Relation">What it has to do with the one through which it is affected, such as <c>dependsOn</c>.</param>
/// <param name="Through">The last step of the shortest way to it: what changes itself, or another that is affected.</param>
/// <param name="Missing">It is named, and does not exist.</param>
internal sealed record AffectedAnswer(
    string Ref, string Title, string Kind, string? Type, string? Lifecycle, string? Owner, int Distance, string Relation, string Through, bool Missing);
