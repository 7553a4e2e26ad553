using System.Collections.Frozen;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using Stagedoor.Catalog.Index;
using Stagedoor.Catalog.Index.Queries;
using Stagedoor.Plugins;

namespace Stagedoor.Catalog.Api.Reading;

/// <summary>Entities as a bare list: all of them, or a page with a link to the next.</summary>
internal static class ListEntities
{
    private static readonly FrozenSet<string> Known = Parameters.Known("fields", "filter", "limit", "offset", "after", "order");

    public static async Task Handle(
        HttpContext context, Caller caller, InMemoryCatalog catalog,
        string[]? fields, string[]? filter, string? limit, string? offset, string? after, string[]? order)
    {
        // They stand in the signature for the description of the API, and are read strictly here.
        _ = (fields, filter, limit, offset, after, order);
        var asked = new Parameters(context, Known);
        var predicate = FilterParameter.Read(asked.All("filter"));
        var projection = Projection.Of(asked.List("fields"));
        var orders = ReadOrders(asked.All("order"));
        var page = ReadPage(asked);
        var visible = await catalog.Open(caller, context.RequestAborted);
        if (Freshness.IsKnown(context, visible))
        {
            return;
        }

        var among = visible.Matching(predicate.Filter);
        if (page is null)
        {
            await EntityWriting.WriteList(context, All(visible, among, orders), projection, default, default);
            return;
        }

        var (from, most) = page.Value;
        var items = Take(visible, among, orders, from, most);
        if (most is { } size && (long)from + size < among.Total)
        {
            context.Response.Headers.Link = $"<{Next(context.Request, size, from + size)}>; rel=\"next\"";
        }

        await EntityWriting.WriteList(context, items, projection, default, default);
    }

    /// <summary>In the order of one field, and only those that have it: so does the server that clients are used to, when no page is asked for.</summary>
    private static Found?[] All(VisibleCatalog visible, Matches among, List<(string Path, bool Descending)> orders)
    {
        var query = new PageQuery(null, Descending: false, 0, int.MaxValue);
        if (orders.Count > 0)
        {
            among = visible.Snapshot.Answers.WithValue(among, orders[0].Path);
            query = query with { OrderBy = orders[0].Path, Descending = orders[0].Descending };
        }

        return [.. Paging.Take(visible.Snapshot, among, query).Select(found => (Found?)found)];
    }

    private static Found?[] Take(VisibleCatalog visible, Matches among, List<(string Path, bool Descending)> orders, int offset, int? limit)
    {
        var most = limit ?? int.MaxValue;
        var found = orders.Count switch
        {
            0 => visible.Take(among, orderBy: null, descending: false, offset, most),
            1 => visible.Take(among, orders[0].Path, orders[0].Descending, offset, most),
            _ => SeveralOrders.Sort(visible.Snapshot, among, orders).Skip(offset).Take(most),
        };
        return [.. found.Select(entity => (Found?)entity)];
    }

    private static List<(string Path, bool Descending)> ReadOrders(StringValues orders)
    {
        var read = new List<(string, bool)>();
        foreach (var order in orders)
        {
            var (direction, field) = order?.IndexOf(':', StringComparison.Ordinal) is > 0 and var colon ? (order[..colon], order[(colon + 1)..]) : ("", "");
            if (direction is not ("asc" or "desc") || field.Length == 0)
            {
                throw ApiFault.Input($"Invalid order parameter \"{order}\", expected \"<asc or desc>:<field name>\"");
            }

            read.Add((field.ToLowerInvariant(), direction == "desc"));
        }

        return read.Count <= 10 ? read : throw ApiFault.Input("More than 10 order parameters are not possible.");
    }

    private static (int Offset, int? Limit)? ReadPage(Parameters asked)
    {
        var (offset, limit, after) = (asked.Number("offset"), asked.Number("limit"), asked.One("after"));
        if (offset is null && limit is null && after is null)
        {
            return null;
        }

        if (offset < 0)
        {
            throw ApiFault.Input("Invalid offset, must be zero or greater");
        }

        if (limit <= 0)
        {
            throw ApiFault.Input("Invalid limit, must be greater than zero");
        }

        if (after is null)
        {
            return (offset ?? 0, limit);
        }

        return after.Length == 0 ? throw ApiFault.Input("Invalid after, must not be empty") : ReadAfter(after, offset, limit);
    }

    private static (int Offset, int? Limit) ReadAfter(string after, int? offset, int? limit)
    {
        var bytes = new byte[after.Length];
        var padded = after.TrimEnd('=') is var bare ? bare.PadRight((bare.Length + 3) / 4 * 4, '=') : after;
        try
        {
            if (Convert.TryFromBase64String(padded, bytes, out var length))
            {
                using var document = JsonTexts.Parse(bytes.AsMemory(0, length));
                if (document.RootElement.ValueKind == JsonValueKind.Object)
                {
                    return (Number(document.RootElement, "offset", 0) ?? offset ?? 0, Number(document.RootElement, "limit", 1) ?? limit);
                }
            }
        }
        catch (JsonException)
        {
            // Said below.
        }

        throw ApiFault.Input("Malformed after cursor, could not be parsed");
    }

    private static int? Number(JsonElement cursor, string name, int least)
    {
        if (!cursor.TryGetProperty(name, out var value))
        {
            return null;
        }

        return value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number) && number >= least
            ? number
            : throw ApiFault.Input($"Malformed after cursor, {name} was not a number");
    }

    private static string Next(HttpRequest request, int limit, int offset)
    {
        var after = Convert.ToBase64String(Encoding.UTF8.GetBytes($$"""{"limit":{{limit}},"offset":{{offset}}}"""));
        var query = new StringBuilder();
        foreach (var (name, values) in request.Query)
        {
            foreach (var value in name is "offset" or "after" ? [] : values)
            {
                query.Append(query.Length == 0 ? '?' : '&').Append(Uri.EscapeDataString(name)).Append('=').Append(Uri.EscapeDataString(value ?? ""));
            }
        }

        return $"{request.PathBase}{request.Path}{query}{(query.Length == 0 ? '?' : '&')}after={Uri.EscapeDataString(after)}";
    }
}
