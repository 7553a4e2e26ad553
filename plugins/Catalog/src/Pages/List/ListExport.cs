using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Primitives;
using Stagedoor.Catalog.Engine.History;
using Stagedoor.Catalog.Index;
using Stagedoor.Catalog.Pages.List.Asking;
using Stagedoor.Catalog.Pages.List.Columns;
using Stagedoor.Plugins;

namespace Stagedoor.Catalog.Pages.List;

/// <summary>What the list shows, on all its pages, as a file: its filters, its order, its columns. Written while it is read.</summary>
internal static class ListExport
{
    public const int Most = 100_000;

    private const int Batch = 200;

    private static readonly JsonWriterOptions Writing = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, Indented = true };

    public static void MapExport(this IEndpointRouteBuilder routes) => routes.MapGet("/export", Handle)
        .WithName("ExportList")
        .WithTags("catalog")
        .WithSummary($"What the list of the catalog shows, as csv or json: its address with format. At most {Most} entities.")
        .Produces(StatusCodes.Status200OK, contentType: "text/csv", additionalContentTypes: "application/json")
        .ProducesProblem(StatusCodes.Status400BadRequest)
        .Requires(CatalogPermissions.Read);

    private static async Task Handle(HttpContext context, string? format, Listing listing, ListColumns columns, EntityHistory history, TimeProvider time, Caller caller)
    {
        var isCsv = format is null or "csv";
        if (!isCsv && format != "json")
        {
            await TypedResults.Problem($"'{format}' is no format. Write csv or json.", statusCode: StatusCodes.Status400BadRequest).ExecuteAsync(context);
            return;
        }

        var cancelled = context.RequestAborted;
        var query = ListAddress.Read(context.Request.Query, listing.Model);
        var scope = await listing.Open(query, caller, cancelled);
        var shown = await Columns(columns, query, listing.Model, caller, cancelled);
        var among = scope.Matching();
        var found = scope.Visible.Take(among, ListColumns.Sorting(query.Sort, listing.Model, query.Kind), query.Descending, 0, Most);
        var rows = Rows(found, scope, shown, history, cancelled);

        var response = context.Response;
        response.ContentType = isCsv ? "text/csv; charset=utf-8" : "application/json; charset=utf-8";
        response.Headers.ContentDisposition = $"attachment; filename=\"{FileName(listing.Model, query, time)}.{(isCsv ? "csv" : "json")}\"";
        response.Headers.CacheControl = "private, no-store";
        response.Headers["X-Total-Count"] = new StringValues(among.Total.ToString(CultureInfo.InvariantCulture));
        response.Headers["X-Exported-Count"] = new StringValues(found.Count.ToString(CultureInfo.InvariantCulture));
        await (isCsv ? Csv(response, shown, rows, cancelled) : Json(response, shown, rows, among.Total, cancelled));
    }

    private static async Task<IReadOnlyList<ListColumn>> Columns(ListColumns columns, ListQuery query, CatalogModel model, Caller caller, CancellationToken cancellationToken)
    {
        try
        {
            return query.Columns is null ? (await columns.For(query, model, caller, cancellationToken)).Columns : columns.WithoutKept(query, model);
        }
        catch (DatabaseUnavailableException)
        {
            return columns.WithoutKept(query, model);
        }
    }

    private static async IAsyncEnumerable<Line> Rows(
        IReadOnlyList<Found> found, ListScope scope, IReadOnlyList<ListColumn> columns, EntityHistory history, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var tellsChanges = columns.Any(column => column.Form == CellForm.Changed);
        foreach (var batch in found.Chunk(Batch))
        {
            var entities = batch.Select(one => new Entity(one.Json())).ToList();
            var changes = tellsChanges ? await Changes(entities, history, cancellationToken) : null;
            tellsChanges = changes is not null;
            for (var i = 0; i < entities.Count; i++)
            {
                var entity = entities[i];
                var reference = entity.Ref.ToString();
                DateTimeOffset? changed = changes is not null && changes.TryGetValue(reference, out var at) ? at : null;
                yield return new Line(reference, [.. columns.Select(column => (IReadOnlyList<string>)[.. CellText.Of(column, entity, scope, changed)])], EndsBatch: i == entities.Count - 1);
            }
        }
    }

    /// <summary>Nothing, if the database is away: as in the list, the cells stay empty then, and the file is whole.</summary>
    private static async Task<IReadOnlyDictionary<string, DateTimeOffset>?> Changes(List<Entity> entities, EntityHistory history, CancellationToken cancellationToken)
    {
        try
        {
            return await history.LastChanges([.. entities.Select(entity => entity.Ref.ToString())], cancellationToken);
        }
        catch (DatabaseUnavailableException)
        {
            return null;
        }
    }

    private static async Task Csv(HttpResponse response, IReadOnlyList<ListColumn> columns, IAsyncEnumerable<Line> rows, CancellationToken cancellationToken)
    {
        // Spreadsheets take a file without the mark for one of another century.
        await response.Body.WriteAsync(Encoding.UTF8.Preamble.ToArray(), cancellationToken);
        var text = new StringBuilder();
        CsvText.Line(text, ["Reference", .. columns.Select(column => column.Title)]);
        await foreach (var row in rows.WithCancellation(cancellationToken))
        {
            CsvText.Line(text, [row.Reference, .. row.Cells.Select(values => string.Join(", ", values))]);
            if (row.EndsBatch)
            {
                await Flush();
            }
        }

        await Flush();

        async Task Flush()
        {
            await response.WriteAsync(text.ToString(), cancellationToken);
            text.Clear();
        }
    }

    private static async Task Json(HttpResponse response, IReadOnlyList<ListColumn> columns, IAsyncEnumerable<Line> rows, int total, CancellationToken cancellationToken)
    {
        await using var writer = new Utf8JsonWriter(response.BodyWriter, Writing);
        writer.WriteStartObject();
        writer.WriteNumber("total"u8, total);
        writer.WriteStartArray("items"u8);
        await foreach (var row in rows.WithCancellation(cancellationToken))
        {
            writer.WriteStartObject();
            writer.WriteString("ref"u8, row.Reference);
            for (var i = 0; i < columns.Count; i++)
            {
                Write(writer, columns[i], row.Cells[i]);
            }

            writer.WriteEndObject();
            if (row.EndsBatch)
            {
                await writer.FlushAsync(cancellationToken);
            }
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
        await writer.FlushAsync(cancellationToken);
    }

    private static void Write(Utf8JsonWriter writer, ListColumn column, IReadOnlyList<string> values)
    {
        writer.WritePropertyName(column.Key);
        if (column.Form is CellForm.Tags or CellForm.Domain or CellForm.References || values.Count > 1)
        {
            writer.WriteStartArray();
            foreach (var value in values)
            {
                writer.WriteStringValue(value);
            }

            writer.WriteEndArray();
        }
        else if (values.Count == 1)
        {
            writer.WriteStringValue(values[0]);
        }
        else
        {
            writer.WriteNullValue();
        }
    }

    private static string FileName(CatalogModel model, ListQuery query, TimeProvider time)
    {
        var kind = query.IsOfEveryKind ? "all-kinds" : model.Kind(query.Kind) is { } known ? (known.Plural ?? known.Name).ToLowerInvariant().Replace(' ', '-') : "entities";
        var name = new string([.. kind.Where(letter => char.IsAsciiLetterOrDigit(letter) || letter == '-')]);
        return $"catalog-{name}-{time.GetUtcNow().ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}";
    }

    private sealed record Line(string Reference, IReadOnlyList<IReadOnlyList<string>> Cells, bool EndsBatch);
}
