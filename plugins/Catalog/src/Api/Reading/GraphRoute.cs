using System.Buffers;
using System.Collections.Frozen;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Stagedoor.Catalog.Index;
using Stagedoor.Plugins;

namespace Stagedoor.Catalog.Api.Reading;

/// <summary>The neighbourhood of entities, or the shortest ways between them. Not part of Backstage's API.</summary>
internal static class GraphRoute
{
    private const int DeepestDepth = 20;
    private const int MostNodes = 2000;
    private const int MostRoots = 100;

    private static readonly FrozenSet<string> Known = Parameters.Known("root", "to", "depth", "kind", "relation", "direction", "maxNodes");

    public static async Task Handle(
        HttpContext context, Caller caller, InMemoryCatalog catalog,
        string[]? root, string? to, string? depth, string[]? kind, string[]? relation, string? direction, string? maxNodes)
    {
        // They stand in the signature for the description of the API, and are read strictly here.
        _ = (root, to, depth, kind, relation, direction, maxNodes);
        var asked = new Parameters(context, Known);
        var roots = asked.All("root").Select(text => Ref("root", text)).ToArray();
        if (roots.Length is 0 or > MostRoots)
        {
            throw ApiFault.Input($"Name 1 to {MostRoots} entities as 'root', such as root=component:default/shop.");
        }

        var graph = await catalog.Graph(
            new GraphQuery(roots)
            {
                To = asked.One("to") is { } target ? Ref("to", target) : null,
                Depth = Between(asked, "depth", 0, DeepestDepth) ?? 1,
                Kinds = asked.List("kind") ?? [],
                Relations = asked.List("relation") ?? [],
                Direction = asked.One("direction") switch
                {
                    null or "both" => GraphDirection.Both,
                    "outgoing" => GraphDirection.Outgoing,
                    "incoming" => GraphDirection.Incoming,
                    var other => throw ApiFault.Input($"The direction is both, outgoing or incoming, not '{other}'."),
                },
                MaxNodes = Between(asked, "maxNodes", 1, MostNodes) ?? 500,
            },
            caller,
            context.RequestAborted);
        var text = new ArrayBufferWriter<byte>(16 * 1024);
        Write(text, graph);
        context.Response.ContentType = BackstageErrors.Json;
        context.Response.ContentLength = text.WrittenCount;
        await context.Response.BodyWriter.WriteAsync(text.WrittenMemory, context.RequestAborted);
    }

    private static void Write(ArrayBufferWriter<byte> text, EntityGraph graph)
    {
        using var writer = new Utf8JsonWriter(text, BackstageErrors.Writing);
        writer.WriteStartObject();
        writer.WriteStartArray("nodes");
        foreach (var node in graph.Nodes)
        {
            writer.WriteStartObject();
            writer.WriteString("ref", node.Ref.ToString());
            writer.WriteNumber("distance", node.Distance);
            if (node.Entity is not null)
            {
                writer.WritePropertyName("entity");
                writer.WriteRawValue(node.Entity.Json.Span, skipInputValidation: true);
            }

            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteStartArray("edges");
        foreach (var edge in graph.Edges)
        {
            writer.WriteStartObject();
            writer.WriteString("from", edge.From.ToString());
            writer.WriteString("to", edge.To.ToString());
            writer.WriteString("type", edge.Type);
            writer.WriteString("inverse", edge.Inverse);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteBoolean("truncated", graph.Truncated);
        writer.WriteEndObject();
    }

    private static EntityRef Ref(string name, string? text) => EntityRef.TryParse(text, provider: null, out var reference)
        ? reference
        : throw ApiFault.Input($"'{text}' as '{name}' is not an entity reference. Write kind:namespace/name.");

    private static int? Between(Parameters asked, string name, int least, int most) => asked.Number(name) is not { } number
        ? null
        : number >= least && number <= most ? number : throw ApiFault.Input($"'{name}' is {least} to {most}.");
}
