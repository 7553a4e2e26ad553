using System.Text.Json;
using System.Text.Json.Nodes;
using Stagedoor.Catalog.Engine.Store;
using Stagedoor.Plugins;

namespace Stagedoor.Catalog.Api.History;

/// <summary>An entity as it was, as JSON of the same form as one that is.</summary>
internal static class PastEntityJson
{
    public static JsonObject Of(EntityRow row, IReadOnlyList<EntityRelation> incoming)
    {
        var root = JsonNode.Parse(row.Body)!.AsObject();
        root["metadata"]!.AsObject()["uid"] = row.Uid.ToString();
        var relations = RelationText.Read(row.Relations).Select(relation => new EntityRelation(relation.Type, relation.Target))
            .Concat(incoming)
            .Select(relation => (relation.Type, Target: relation.Target.ToString()))
            .Distinct()
            .OrderBy(relation => relation.Type, StringComparer.Ordinal)
            .ThenBy(relation => relation.Target, StringComparer.Ordinal);
        root["relations"] = new JsonArray([.. relations.Select(relation => (JsonNode)new JsonObject { ["type"] = relation.Type, ["targetRef"] = relation.Target })]);
        return root;
    }
}
