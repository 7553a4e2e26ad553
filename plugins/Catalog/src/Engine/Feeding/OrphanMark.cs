using System.Text.Json;
using System.Text.Json.Nodes;

namespace Stagedoor.Catalog.Engine.Feeding;

/// <summary>The annotation by which an entity says that nothing names it any more.</summary>
internal static class OrphanMark
{
    public const string Annotation = "backstage.io/orphan";

    public static byte[] On(byte[] body)
    {
        var root = JsonNode.Parse(body)!.AsObject();
        var metadata = root["metadata"]!.AsObject();
        if (metadata["annotations"] is not JsonObject annotations)
        {
            metadata["annotations"] = annotations = [];
        }

        annotations[Annotation] = "true";
        return JsonSerializer.SerializeToUtf8Bytes(root);
    }
}
