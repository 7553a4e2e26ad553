using System.Text;
using System.Text.Json;
using Stagedoor.Catalog.Model;
using Stagedoor.Catalog.Model.Documents;
using Stagedoor.Catalog.Model.Kinds;
using Stagedoor.Plugins;

namespace Stagedoor.Catalog.Validate;

/// <summary>What a portal's configuration says about its catalog: kinds, fields, rules.</summary>
internal sealed record PortalModel(IReadOnlyList<EntityKind> Kinds, IReadOnlyList<EntityField> Fields, IAllowedKinds Allowed)
{
    private static readonly JsonSerializerOptions Lenient = new(JsonSerializerDefaults.Web) { NumberHandling = System.Text.Json.Serialization.JsonNumberHandling.AllowReadingFromString };

    public static PortalModel None { get; } = new([], [], new ConfiguredRules(null));

    /// <exception cref="ValidateException">The file cannot be read, or is not right.</exception>
    public static PortalModel Read(string path)
    {
        var name = Path.GetFileName(path);
        try
        {
            var documents = YamlDocuments.Read(FileText.Decode(File.ReadAllBytes(path))).Where(document => !document.IsEmpty).ToList();
            if (documents.SelectMany(document => document.Faults).FirstOrDefault() is { Message: { } message } fault)
            {
                throw new ValidateException($"{name}:{fault.Line}: {message}");
            }

            var catalog = (documents.FirstOrDefault()?.Root as MapNode)?.Find("catalog") as MapNode;
            return new PortalModel(
                [.. List<KindOptions>(catalog, "kinds").Select(kind => kind.ToKind())],
                [.. List<FieldOptions>(catalog, "fields").Select(field => field.ToField())],
                new ConfiguredRules(catalog?.Find("rules") as ListNode));
        }
        catch (BrokenDocumentException broken)
        {
            throw new ValidateException($"{name}:{broken.Line}: {broken.Message}");
        }
        catch (JsonException wrong)
        {
            throw new ValidateException($"{name}: the kinds or fields of the catalog are not right: {wrong.Path} {wrong.Message}");
        }
        catch (Exception failed) when (failed is IOException or UnauthorizedAccessException)
        {
            throw new ValidateException($"{name} cannot be read: {failed.Message}");
        }
    }

    private static List<T> List<T>(MapNode? catalog, string key) =>
        catalog?.Find(key) is ListNode list ? JsonSerializer.Deserialize<List<T>>(SchemasAsText(list).ToJson(), Lenient)! : [];

    /// <summary>A schema may stand in the file as it is, or as a text block.</summary>
    private static ListNode SchemasAsText(ListNode list)
    {
        var result = new ListNode(list.Line);
        foreach (var item in list.Items)
        {
            if (item is not MapNode map)
            {
                result.Add(item);
                continue;
            }

            var copy = new MapNode(map.Line);
            foreach (var member in map.Members)
            {
                copy.Add(member.Key, member.Line, member is { Key: "schema", Value: MapNode schema } ? new ScalarNode(JsonValueKind.String, Encoding.UTF8.GetString(schema.ToJson()), schema.Line) : member.Value);
            }

            result.Add(copy);
        }

        return result;
    }
}
