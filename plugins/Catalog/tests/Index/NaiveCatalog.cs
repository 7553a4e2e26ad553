using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Stagedoor.Catalog.Index;
using Stagedoor.Plugins;

namespace Stagedoor.Catalog.Tests.Index;

/// <summary>The catalog as one would write it without a thought for speed: what the index must agree with.</summary>
internal sealed class NaiveCatalog
{
    private readonly Dictionary<string, StoredEntity> _stored = new(StringComparer.Ordinal);

    public IReadOnlyCollection<StoredEntity> Stored => _stored.Values;

    public void Put(StoredEntity entity) => _stored[entity.Ref.ToString()] = entity;

    public void Remove(EntityRef reference) => _stored.Remove(reference.ToString());

    /// <summary>All entities by their reference, without etag where it is computed.</summary>
    public SortedDictionary<string, JsonObject> Entities()
    {
        var result = new SortedDictionary<string, JsonObject>(StringComparer.Ordinal);
        foreach (var (reference, entity) in _stored)
        {
            result[reference] = Assemble(reference, entity);
        }

        return result;
    }

    private JsonObject Assemble(string reference, StoredEntity entity)
    {
        var root = JsonNode.Parse(entity.Body.Span)!.AsObject();
        var metadata = root["metadata"]!.AsObject();
        metadata["uid"] = entity.Uid.ToString();
        var relations = entity.Relations.Select(relation => (relation.Type, Target: relation.Target.ToString()))
            .Concat(_stored.SelectMany(other => other.Value.Relations.Where(relation => relation.Target.ToString() == reference).Select(relation => (Type: relation.Inverse, Target: other.Key))))
            .Distinct()
            .OrderBy(relation => relation.Type, StringComparer.Ordinal)
            .ThenBy(relation => relation.Target, StringComparer.Ordinal);
        root["relations"] = new JsonArray([.. relations.Select(relation => (JsonNode)new JsonObject { ["type"] = relation.Type, ["targetRef"] = relation.Target })]);
        if (!entity.Status.IsEmpty)
        {
            root["status"] = new JsonObject { ["items"] = JsonNode.Parse(entity.Status.Span) };
        }

        return root;
    }

    /// <summary>The rows of the search index for an entity: path, value as written (nothing if it only exists).</summary>
    public static List<(string Path, string? Value)> Rows(JsonObject entity)
    {
        var raw = new List<(string Path, string? Value)>();
        Visit("", entity, raw);
        raw.Add(("metadata.name", (string)entity["metadata"]!["name"]!));
        raw.Add(("metadata.namespace", (string)entity["metadata"]!["namespace"]!));
        raw.Add(("metadata.uid", (string)entity["metadata"]!["uid"]!));
        raw.AddRange(entity["relations"]!.AsArray().Select(relation => ($"relations.{relation!["type"]}", (string?)relation["targetRef"])));

        var rows = new List<(string Path, string? Value)>();
        var seen = new HashSet<(string, string?)>();
        foreach (var (path, value) in raw)
        {
            var key = path.ToLowerInvariant();
            var kept = value is not null && value.ToLowerInvariant().Length <= 200 ? value : null;
            if (key.Length <= 200 && seen.Add((key, kept?.ToLowerInvariant())))
            {
                rows.Add((key, kept));
            }
        }

        return rows;
    }

    private static void Visit(string path, JsonNode? current, List<(string Path, string? Value)> rows)
    {
        if (path is "attachments" or "relations" or "status" or "metadata.name" or "metadata.namespace" or "metadata.uid" or "metadata.etag")
        {
            return;
        }

        switch (current)
        {
            case null:
                rows.Add((path, null));
                break;
            case JsonArray list:
                foreach (var item in list)
                {
                    Visit(path, item, rows);
                    if (item?.GetValueKind() == JsonValueKind.String)
                    {
                        rows.Add(($"{path}.{(string)item!}", "true"));
                    }
                }

                break;
            case JsonObject map:
                foreach (var (key, value) in map)
                {
                    Visit(path.Length > 0 ? $"{path}.{key}" : key, value, rows);
                }

                break;
            default:
                rows.Add((path, current.GetValueKind() switch
                {
                    JsonValueKind.String => (string)current!,
                    JsonValueKind.True => "true",
                    JsonValueKind.False => "false",
                    _ => Number(current.GetValue<double>()),
                }));
                break;
        }
    }

    private static string Number(double number) => number switch
    {
        0 => "0",
        1e21 => "1e+21",
        1e-7 => "1e-7",
        12345678901234567890d => "12345678901234567000",
        _ => number.ToString("R", CultureInfo.InvariantCulture),
    };
}
