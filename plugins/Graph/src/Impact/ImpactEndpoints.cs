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
                one.Ref.ToString(), one.Title, one.Kind, one.Facts?.Type, one.Facts?.Lifecycle, one.Facts?.Owner?.ToString(), one.Distance, [.. result.WayOf(one.Ref).Select(step => $"{step.Because} {step.From}")], one.Facts is null))],
            result.Truncated));
    }

    private static async Task<IResult> Csv(HttpContext context, string? root, Caller caller, ICatalog catalog, ImpactAnalysis analysis)
    {
        var (result, refusal) = await Find(root, caller, catalog, analysis, context.RequestAborted);
        if (refusal is not null)
        {
            return refusal;
        }

        var text = new StringBuilder("entity,title,kind,type,lifecycle,owner,distance,way\r\n");
        foreach (var one in result!.Everything)
        {
            var way = string.Join(", ", result.WayOf(one.Ref).Select(step => $"{step.Because} {step.From}"));
            text.AppendJoin(
                ',',
                Cell(one.Ref.ToString()), Cell(one.Title), Cell(one.Kind), Cell(one.Facts?.Type), Cell(one.Facts?.Lifecycle), Cell(one.Facts?.Owner?.ToString()),
                one.Distance.ToString(CultureInfo.InvariantCulture), Cell(way)).Append("\r\n");
        }

        return TypedResults.File(Encoding.UTF8.GetBytes(text.ToString()), "text/csv; charset=utf-8", $"impact-{string.Concat(result.Root.Name.Where(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_').Take(80))}.csv");
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

    /// <summary>A program for tables must not take a name for a formula.</summary>
    private static string Cell(string? text)
    {
        if (string.IsNullOrEmpty(text))
        {
            return "";
        }

        var safe = text[0] is '=' or '+' or '-' or '@' or '\t' or '\r' ? $"'{text}" : text;
        return safe.AsSpan().IndexOfAny(",\"\r\n") < 0 ? safe : $"\"{safe.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }
}

/// <param name="Truncated">There are more than are looked for.</param>
internal sealed record ImpactAnswer(string Root, IReadOnlyList<AffectedAnswer> Affected, bool Truncated);

/// <param name="Way">From the affected one back to what changes: <c>dependsOn component:default/shop</c>.</param>
/// <param name="Missing">It is named, and does not exist.</param>
internal sealed record AffectedAnswer(
    string Ref, string Title, string Kind, string? Type, string? Lifecycle, string? Owner, int Distance, IReadOnlyList<string> Way, bool Missing);
