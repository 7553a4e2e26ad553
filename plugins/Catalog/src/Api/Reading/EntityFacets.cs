using System.Collections.Frozen;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Stagedoor.Catalog.Index;
using Stagedoor.Plugins;

namespace Stagedoor.Catalog.Api.Reading;

/// <summary>The values at some paths and how many entities have each.</summary>
internal static class EntityFacets
{
    private static readonly FrozenSet<string> Known = Parameters.Known("facet", "filter");

    public static Task Get(HttpContext context, Caller caller, InMemoryCatalog catalog, string[]? facet, string[]? filter)
    {
        // They stand in the signature for the description of the API, and are read strictly here.
        _ = (facet, filter);
        var asked = new Parameters(context, Known);
        string[] facets = [.. asked.All("facet").Where(path => !string.IsNullOrEmpty(path)).Select(path => path!)];
        return facets.Length == 0
            ? throw ApiFault.Input("Missing facet parameter")
            : Answer(context, caller, catalog, facets, FilterParameter.Read(asked.All("filter")));
    }

    public static async Task Post(HttpContext context, Caller caller, InMemoryCatalog catalog)
    {
        Parameters.RefuseAll(context);
        using var document = await RequestBody.Read(context);
        var body = document.Object();
        string[] facets = [.. (body.TryTexts("facets") ?? []).Where(path => path.Length > 0)];
        if (facets.Length == 0)
        {
            throw ApiFault.Input("Missing or empty facets parameter");
        }

        await Answer(context, caller, catalog, facets, body.Property("query") is { } query ? Predicate.Of(query) : Predicate.None);
    }

    private static async Task Answer(HttpContext context, Caller caller, InMemoryCatalog catalog, string[] facets, Predicate predicate)
    {
        var visible = await catalog.Open(caller, context.RequestAborted);
        if (HttpMethods.IsGet(context.Request.Method) && Freshness.IsKnown(context, visible))
        {
            return;
        }

        context.Response.ContentType = BackstageErrors.Json;
        await using (var writer = new Utf8JsonWriter(context.Response.BodyWriter, BackstageErrors.Writing))
        {
            writer.WriteStartObject();
            writer.WriteStartObject("facets");
            foreach (var facet in facets.Distinct(StringComparer.Ordinal))
            {
                writer.WriteStartArray(facet);
                foreach (var (value, count) in visible.Facet(facet, predicate.Filter))
                {
                    writer.WriteStartObject();
                    writer.WriteString("value"u8, value);
                    writer.WriteNumber("count"u8, count);
                    writer.WriteEndObject();
                }

                writer.WriteEndArray();
            }

            writer.WriteEndObject();
            writer.WriteEndObject();
        }

        await context.Response.BodyWriter.FlushAsync(context.RequestAborted);
    }
}
