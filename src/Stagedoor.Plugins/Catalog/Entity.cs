using System.Text.Json;

namespace Stagedoor.Plugins;

/// <summary>
/// An entity as the catalog serves it: its declaration, its relations in both directions, its status. It is the JSON
/// of the catalog API; what is read from it is parsed when it is first asked for.
/// </summary>
public sealed class Entity
{
    private const int LongestPicture = 2000;

    private readonly Lazy<ReadOnlyMemory<byte>> _json;
    private readonly Lazy<JsonElement> _root;
    private readonly Lazy<IReadOnlyList<EntityRelation>> _relations;

    public Entity(ReadOnlyMemory<byte> json)
        : this(new Lazy<ReadOnlyMemory<byte>>(json))
    {
    }

    /// <param name="json">Puts the text together when it is first asked for: of thousands of entities one may need only a few.</param>
    public Entity(Func<ReadOnlyMemory<byte>> json)
        : this(new Lazy<ReadOnlyMemory<byte>>(json))
    {
    }

    private Entity(Lazy<ReadOnlyMemory<byte>> json)
    {
        _json = json;
        _root = new Lazy<JsonElement>(() => JsonElement.Parse(Json.Span));
        _relations = new Lazy<IReadOnlyList<EntityRelation>>(() => [.. ReadRelations(Root)]);
    }

    /// <summary>UTF-8, as the API answers it.</summary>
    public ReadOnlyMemory<byte> Json => _json.Value;

    public JsonElement Root => _root.Value;

    public EntityRef Ref => new(Kind, Namespace, Name);

    public string ApiVersion => Text("apiVersion") ?? "";

    public string Kind => Text("kind") ?? "";

    public string Name => Text("metadata.name") ?? "";

    public string Namespace => Text("metadata.namespace") ?? EntityRef.DefaultNamespace;

    public string? Uid => Text("metadata.uid");

    public string? Etag => Text("metadata.etag");

    /// <summary>What people call it: the name of a profile, the title, or else its name.</summary>
    public string Title => Text("spec.profile.displayName") ?? Text("metadata.title") ?? Name;

    public string? Description => Text("metadata.description");

    public string? Type => Text("spec.type");

    public string? Lifecycle => Text("spec.lifecycle");

    /// <summary>The address of its picture, if its profile names one that a page may load: a path of this portal, or https.</summary>
    public string? Picture =>
        Text("spec.profile.picture") is { Length: > 0 and <= LongestPicture } picture
        && (picture.StartsWith("https://", StringComparison.OrdinalIgnoreCase) || picture is ['/', not ('/' or '\\'), ..])
            ? picture
            : null;

    /// <summary>Who owns it, after its relation; an owner need not exist.</summary>
    public EntityRef? Owner => Related("ownedBy").Select(owner => (EntityRef?)owner).FirstOrDefault();

    public IReadOnlyList<string> Tags => Texts("metadata.tags");

    public IReadOnlyList<EntityRelation> Relations => _relations.Value;

    public string? Annotation(string key) => InMap("annotations", key);

    public string? Label(string key) => InMap("labels", key);

    /// <summary>The targets of one type of relation, such as <c>dependsOn</c>.</summary>
    public IEnumerable<EntityRef> Related(string type) =>
        Relations.Where(relation => string.Equals(relation.Type, type, StringComparison.OrdinalIgnoreCase)).Select(relation => relation.Target);

    /// <summary>What stands at a dotted path of objects, such as <c>spec.profile.email</c>.</summary>
    public JsonElement? At(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        var found = Root;
        foreach (var step in path.Split('.'))
        {
            if (found.ValueKind != JsonValueKind.Object || !found.TryGetProperty(step, out found))
            {
                return null;
            }
        }

        return found;
    }

    /// <summary>A text at a path; nothing if there is something else.</summary>
    public string? Text(string path) => At(path) is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;

    /// <summary>A list of texts at a path; empty if there is none.</summary>
    public IReadOnlyList<string> Texts(string path) =>
        At(path) is { ValueKind: JsonValueKind.Array } list
            ? [.. list.EnumerateArray().Where(item => item.ValueKind == JsonValueKind.String).Select(item => item.GetString()!)]
            : [];

    public override string ToString() => Ref.ToString();

    private string? InMap(string map, string key) =>
        At($"metadata.{map}") is { ValueKind: JsonValueKind.Object } found && found.TryGetProperty(key, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;

    private static IEnumerable<EntityRelation> ReadRelations(JsonElement root)
    {
        if (!root.TryGetProperty("relations", out var relations) || relations.ValueKind != JsonValueKind.Array)
        {
            yield break;
        }

        foreach (var relation in relations.EnumerateArray())
        {
            yield return new EntityRelation(relation.GetProperty("type").GetString()!, EntityRef.Parse(relation.GetProperty("targetRef").GetString()!));
        }
    }
}

/// <summary>What an entity has to do with another, which need not exist.</summary>
public readonly record struct EntityRelation(string Type, EntityRef Target);
