using System.Text.Json;

namespace Stagedoor.Plugins;

/// <summary>Turns schemas into nodes, and follows what they refer to.</summary>
internal sealed class SchemaCompiler(JsonSchemaOptions options)
{
    private readonly SchemaAddresses _addresses = new(options);
    private readonly Dictionary<string, SchemaNode> _nodes = new(StringComparer.Ordinal);
    private readonly Queue<Action> _later = new();

    public JsonSchemaOptions Options => options;

    public SchemaNode Compile(JsonElement schema)
    {
        var root = Node(_addresses.Add(schema));
        while (_later.TryDequeue(out var link))
        {
            link();
        }

        return root;
    }

    /// <summary>The node of a subschema below a place.</summary>
    public SchemaNode Below(SchemaPlace place, string keyword) => Node(SchemaAddresses.Below(place, keyword));

    public SchemaNode Below(SchemaPlace place, string keyword, string name) => Node(SchemaAddresses.Below(SchemaAddresses.Below(place, keyword, isSchema: false), name));

    private SchemaNode Node(SchemaPlace place)
    {
        if (_nodes.TryGetValue(place.Key, out var known))
        {
            return known;
        }

        var node = new SchemaNode();
        _nodes.Add(place.Key, node);
        _later.Enqueue(() => Fill(node, place));
        return node;
    }

    private void Fill(SchemaNode node, SchemaPlace place)
    {
        switch (place.Element.ValueKind)
        {
            case JsonValueKind.True:
                node.Always = true;
                break;
            case JsonValueKind.False:
                node.Always = false;
                break;
            case JsonValueKind.Object when place.Reference is { } reference:
                node.Rules = [new ReferenceRule(Node(_addresses.Follow(place, reference)))];
                break;
            case JsonValueKind.Object:
                node.Rules = [.. SchemaKeywords.Of(place, this)];
                break;
            default:
                throw new JsonSchemaException($"{place.Pointer} is no schema: a schema is an object, true or false.");
        }
    }
}
