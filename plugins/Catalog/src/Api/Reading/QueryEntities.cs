using System.Collections.Frozen;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Stagedoor.Catalog.Index;
using Stagedoor.Catalog.Index.Queries;
using Stagedoor.Plugins;

namespace Stagedoor.Catalog.Api.Reading;

/// <summary>A page of entities with cursors to the pages around it. GET and POST accept each other's cursors.</summary>
internal static class QueryEntities
{
    private const int UsualLimit = 200;

    private static readonly FrozenSet<string> Known = Parameters.Known(
        "fields", "limit", "offset", "orderField", "cursor", "filter", "totalItems", "fullTextFilterTerm", "fullTextFilterFields");

    public static Task Get(
        HttpContext context, Caller caller, InMemoryCatalog catalog,
        string[]? fields, string[]? filter, string? limit, string? offset, string[]? orderField, string? cursor, string? totalItems,
        string? fullTextFilterTerm, string[]? fullTextFilterFields)
    {
        // They stand in the signature for the description of the API, and are read strictly here.
        _ = (fields, filter, limit, offset, orderField, cursor, totalItems, fullTextFilterTerm, fullTextFilterFields);
        var asked = new Parameters(context, Known);
        var request = new Request
        {
            Projection = Projection.Of(asked.List("fields")),
            Limit = NotNegative(asked.Number("limit"), "limit") ?? UsualLimit,
        };
        if (asked.One("cursor") is { } goingOn)
        {
            return Answer(context, caller, catalog, request with { Cursor = QueryCursor.Decode(goingOn), IsFirst = false });
        }

        return Answer(context, caller, catalog, request with
        {
            Offset = NotNegative(asked.Number("offset"), "offset") ?? 0,
            Counts = ReadCounts(asked.One("totalItems")),
            Cursor = new QueryCursor
            {
                Predicate = FilterParameter.Read(asked.All("filter")),
                OrderFields = [.. asked.All("orderField").Select(order => ReadOrder(order ?? ""))],
                Term = asked.One("fullTextFilterTerm") ?? "",
                TextFields = asked.List("fullTextFilterFields"),
            },
        });
    }

    public static async Task Post(HttpContext context, Caller caller, InMemoryCatalog catalog)
    {
        Parameters.RefuseAll(context);
        using var document = await RequestBody.Read(context);
        var body = document.Object();
        var request = new Request
        {
            Projection = Projection.Of(body.TryTexts("fields")),
            Limit = NotNegative(body.TryNumber("limit"), "limit") ?? UsualLimit,
        };
        if (body.TryText("cursor") is { } goingOn)
        {
            request = request with { Cursor = QueryCursor.Decode(goingOn), IsFirst = false };
        }
        else
        {
            request = request with
            {
                Offset = NotNegative(body.TryNumber("offset"), "offset") ?? 0,
                Counts = ReadCounts(body.TryText("totalItems")),
                Cursor = new QueryCursor
                {
                    Predicate = body.Property("query") is { } query ? Predicate.Of(query) : Predicate.None,
                    OrderFields = Orders(body),
                    Term = body.TryObject("fullTextFilter")?.TryText("term"),
                    TextFields = body.TryObject("fullTextFilter")?.TryTexts("fields"),
                },
            };
        }

        await Answer(context, caller, catalog, request);
    }

    private static IReadOnlyList<OrderField> Orders(JsonElement body) => body.Property("orderBy") is not { } value
        ? []
        : value.ValueKind == JsonValueKind.Array ? [.. value.EnumerateArray().Select(Order)] : throw JsonBody.Wrong("orderBy", "a list of a field and an order each");

    private static OrderField Order(JsonElement order) =>
        order.ValueKind == JsonValueKind.Object && order.TryText("field") is { } field && order.TryText("order") is "asc" or "desc"
            ? new OrderField(field, order.TryText("order") == "desc")
            : throw ApiFault.Input("Invalid order field order, must be asc or desc");

    private static async Task Answer(HttpContext context, Caller caller, InMemoryCatalog catalog, Request request)
    {
        var cursor = request.Cursor;
        var visible = await catalog.Open(caller, context.RequestAborted);
        if (HttpMethods.IsGet(context.Request.Method) && Freshness.IsKnown(context, visible))
        {
            return;
        }

        var snapshot = visible.Snapshot;
        var order = cursor.OrderFields.Count > 0 ? cursor.OrderFields[0] : default(OrderField?);
        var path = order?.Field.ToLowerInvariant();
        var among = visible.Matching(cursor.Predicate.Filter, cursor.Term, cursor.TextFields ?? [path is { Length: > 0 } ? path : "metadata.uid"]);
        if (path is not null)
        {
            among = snapshot.Answers.WithValue(among, path);
        }

        var total = !request.IsFirst ? cursor.TotalItems ?? 0 : request.Counts ? among.Total : 0;
        var query = new PageQuery(path, order?.Descending ?? false, request.Offset, request.Limit) { From = cursor.Place, Backwards = cursor.IsPrevious };

        // One more tells whether there is another page.
        var probe = cursor.IsPrevious || request.Limit == int.MaxValue ? request.Limit : request.Limit + 1;
        var page = request.Limit == 0 ? [] : Paging.Take(snapshot, among, query with { Limit = probe });
        var hasMore = request.Limit > 0 && (cursor.IsPrevious || page.Count > request.Limit);
        if (page.Count > request.Limit)
        {
            page.RemoveAt(page.Count - 1);
        }

        var (first, last) = page.Count == 0 ? (null, null) : (PlaceOf(page[0], path, order), PlaceOf(page[^1], path, order));
        var around = cursor with { TotalItems = total, First = cursor.IsLater ? cursor.First : first, IsLater = true };
        var next = hasMore ? (around with { Place = last, IsPrevious = false }).Encode() : null;
        var previous = cursor.IsLater && first is not null && !IsSame(first, cursor.First) ? (around with { Place = first, IsPrevious = true }).Encode() : null;
        await EntityWriting.WriteList(context, [.. page.Select(found => (Found?)found)], request.Projection, Before, After(total, next, previous));
    }

    private static readonly byte[] Before = "{\"items\":"u8.ToArray();

    private static ReadOnlyMemory<byte> After(double total, string? next, string? previous)
    {
        var text = new StringBuilder(128 + (next?.Length ?? 0) + (previous?.Length ?? 0));
        text.Append(",\"totalItems\":").Append(Index.Segments.ValueText.Number(total)).Append(",\"pageInfo\":{");
        if (next is not null)
        {
            text.Append("\"nextCursor\":\"").Append(next).Append('"');
        }

        if (previous is not null)
        {
            text.Append(next is null ? "" : ",").Append("\"prevCursor\":\"").Append(previous).Append('"');
        }

        return Encoding.ASCII.GetBytes(text.Append("}}").ToString());
    }

    private static Position PlaceOf(Found entity, string? path, OrderField? order) => new(
        path is null ? null : entity.Segment.Answers.Order(path, order!.Value.Descending).ValueOf(entity.Document).ToArray(),
        entity.Segment.RefOf(entity.Document).ToArray());

    private static bool IsSame(Position place, Position? other) =>
        other is not null && place.Ref.AsSpan().SequenceEqual(other.Ref) && place.Value.AsSpan().SequenceEqual(other.Value);

    private static OrderField ReadOrder(string order)
    {
        var parts = order.Split(',');
        return parts.Length == 1 || parts[1] is "asc" or "desc"
            ? new OrderField(parts[0], parts.Length > 1 && parts[1] == "desc")
            : throw ApiFault.Input("Invalid order field order, must be asc or desc");
    }

    private static bool ReadCounts(string? mode) => mode switch
    {
        null or "include" => true,
        "exclude" => false,
        _ => throw ApiFault.Input($"Invalid totalItems parameter \"{mode}\", expected one of: include, exclude"),
    };

    private static int? NotNegative(int? number, string name) => number < 0 ? throw ApiFault.Input($"Invalid {name}, must be zero or greater") : number;

    private sealed record Request
    {
        public QueryCursor Cursor { get; init; } = new();

        public bool IsFirst { get; init; } = true;

        public Projection? Projection { get; init; }

        public int Limit { get; init; }

        public int Offset { get; init; }

        public bool Counts { get; init; } = true;
    }
}
