using System.Collections.Frozen;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Stagedoor.Catalog.Index;
using Stagedoor.Catalog.Index.Queries;
using Stagedoor.Plugins;

namespace Stagedoor.Catalog.Api.Reading;

/// <summary>Several entities by their references: an answer for each, in the order of the question.</summary>
internal static class EntitiesByRefs
{
    private static readonly FrozenSet<string> Known = Parameters.Known("filter");
    private static readonly byte[] Before = "{\"items\":"u8.ToArray();
    private static readonly byte[] After = "}"u8.ToArray();

    public static async Task Handle(HttpContext context, Caller caller, InMemoryCatalog catalog, [FromQuery] string[]? filter)
    {
        // They stand in the signature for the description of the API, and are read strictly here.
        _ = filter;
        var asked = new Parameters(context, Known);
        using var document = await RequestBody.Read(context) ?? throw ApiFault.Input("Malformed request body: 'entityRefs' must be a list of texts.");
        var body = document.Object();
        if (body.Property("entityRefs") is not { ValueKind: JsonValueKind.Array } refs || refs.EnumerateArray().Any(item => item.ValueKind != JsonValueKind.String))
        {
            throw ApiFault.Input("Malformed request body: 'entityRefs' must be a list of texts.");
        }

        var projection = Projection.Of(body.TryTexts("fields"));
        var (first, second) = (FilterParameter.Read(asked.All("filter")), body.Property("query") is { } query ? Predicate.Of(query) : Predicate.None);
        var visible = await catalog.Open(caller, context.RequestAborted);
        Matches? among = first.Json is null && second.Json is null ? null : visible.Matching(new EntityFilter.AllOf(first.Filter, second.Filter));
        var items = new Found?[refs.GetArrayLength()];
        var at = 0;
        foreach (var item in refs.EnumerateArray())
        {
            var found = Find(visible, item);
            items[at++] = found is null || among is null || visible.Has(among, found.Value) ? found : null;
        }

        await EntityWriting.WriteList(context, items, projection, Before, After);
    }

    private static Found? Find(VisibleCatalog visible, JsonElement reference)
    {
        Span<byte> lower = stackalloc byte[256];
        var raw = JsonMarshal.GetRawUtf8Value(reference)[1..^1];
        if (raw.Length <= lower.Length && !raw.Contains((byte)'\\') && Ascii.ToLower(raw, lower, out var length) == System.Buffers.OperationStatus.Done)
        {
            return visible.Find(lower[..length]);
        }

        return visible.Find(Encoding.UTF8.GetBytes(reference.GetString()!.ToLowerInvariant()));
    }
}
