using System.Buffers;
using System.Security.Cryptography;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Stagedoor.Graph.Model;
using Stagedoor.Plugins;

namespace Stagedoor.Graph.Views;

/// <summary>
/// The picture as JSON, small enough to be sent often: edges name their ends and relations by numbers, and what an entity
/// does not have is left out.
/// </summary>
internal static class ViewEndpoint
{
    private static readonly JsonWriterOptions Writing = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static async Task<IResult> Handle(HttpContext context, Caller caller, GraphViews views, ICatalog catalog)
    {
        var request = GraphRequest.Read(context.Request);
        if (request.Problems.Count > 0)
        {
            return TypedResults.Problem(string.Join(' ', request.Problems), statusCode: StatusCodes.Status400BadRequest, title: "This is no graph");
        }

        if (request.IsEmpty)
        {
            return TypedResults.Problem(
                "Name entities, such as root=component:default/dead-letter, or which ones, such as kind=component.", statusCode: StatusCodes.Status400BadRequest, title: "A graph of what?");
        }

        var picture = await views.Make(request, caller, context.RequestAborted);
        var text = new ArrayBufferWriter<byte>(256 + (picture.Nodes.Count * 256));
        Write(text, picture, catalog.Model);
        var tag = $"\"{Convert.ToHexStringLower(SHA256.HashData(text.WrittenSpan).AsSpan(0, 16))}\"";
        context.Response.Headers.ETag = tag;
        context.Response.Headers.CacheControl = "private, no-cache";
        if (context.Request.Headers.IfNoneMatch.ToString().Split(',', StringSplitOptions.TrimEntries).Any(known => known == tag || known == $"W/{tag}"))
        {
            return TypedResults.StatusCode(StatusCodes.Status304NotModified);
        }

        return TypedResults.Bytes(text.WrittenMemory, "application/json");
    }

    private static void Write(ArrayBufferWriter<byte> text, GraphPicture picture, CatalogModel model)
    {
        using var writer = new Utf8JsonWriter(text, Writing);
        writer.WriteStartObject();
        writer.WriteString("address", picture.Request.Address);
        writer.WriteBoolean("down", picture.Request.Down);
        writer.WriteString("groupedBy", picture.GroupedBy.ToString().ToLowerInvariant());
        writer.WriteBoolean("truncated", picture.NodesLeftOut || picture.EdgesLeftOut > 0);
        writer.WriteNumber("matching", picture.Matching);
        Groups(writer, picture);
        Nodes(writer, picture, model);
        Edges(writer, picture);
        writer.WriteEndObject();
    }

    private static void Groups(Utf8JsonWriter writer, GraphPicture picture)
    {
        writer.WriteStartArray("groups");
        foreach (var group in picture.Groups)
        {
            writer.WriteStartObject();
            writer.WriteString("title", group.Title);
            if (group.Ref is { } reference)
            {
                writer.WriteString("ref", reference.ToString());
            }

            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static void Nodes(Utf8JsonWriter writer, GraphPicture picture, CatalogModel model)
    {
        var icons = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        writer.WriteStartArray("nodes");
        foreach (var node in picture.Nodes)
        {
            if (!icons.TryGetValue(node.Kind, out var icon))
            {
                icons[node.Kind] = icon = model.Kind(node.Kind)?.Icon ?? "box";
            }

            writer.WriteStartObject();
            writer.WriteString("ref", node.Ref.ToString());
            writer.WriteString("title", node.Title);
            writer.WriteString("kind", node.Kind);
            writer.WriteString("icon", icon);
            writer.WriteNumber("distance", node.Distance);
            if (node.Facts is { } facts)
            {
                Optional(writer, "type", facts.Type);
                Optional(writer, "lifecycle", facts.Lifecycle);
                Optional(writer, "owner", facts.Owner?.ToString());
                Optional(writer, "description", facts.Description);
            }
            else
            {
                writer.WriteBoolean("missing", true);
            }

            if (node.Group >= 0)
            {
                writer.WriteNumber("group", node.Group);
            }

            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    /// <summary>Each edge is from, to, and one or more numbers of relations.</summary>
    private static void Edges(Utf8JsonWriter writer, GraphPicture picture)
    {
        var numbers = new Dictionary<RelationPair, int>(ReferenceEqualityComparer.Instance);
        var pairs = new List<RelationPair>();
        writer.WriteStartArray("edges");
        foreach (var edge in picture.Edges)
        {
            writer.WriteStartArray();
            writer.WriteNumberValue(edge.From);
            writer.WriteNumberValue(edge.To);
            foreach (var pair in edge.Relations)
            {
                if (!numbers.TryGetValue(pair, out var number))
                {
                    numbers[pair] = number = pairs.Count;
                    pairs.Add(pair);
                }

                writer.WriteNumberValue(number);
            }

            writer.WriteEndArray();
        }

        writer.WriteEndArray();
        writer.WriteStartArray("relations");
        foreach (var pair in pairs)
        {
            writer.WriteStartObject();
            writer.WriteString("type", pair.Type);
            writer.WriteString("inverse", pair.Inverse);
            writer.WriteString("words", pair.Words);
            writer.WriteString("inverseWords", pair.InverseWords);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static void Optional(Utf8JsonWriter writer, string name, string? value)
    {
        if (value is not null)
        {
            writer.WriteString(name, value);
        }
    }
}
