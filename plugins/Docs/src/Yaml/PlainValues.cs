using YamlDotNet.RepresentationModel;

namespace Stagedoor.Docs.Yaml;

/// <summary>Turns YAML into texts, lists and maps. An alias may stand for very much very often: there is an end to what is made of one document.</summary>
internal sealed class PlainValues(int most = PlainValues.Usual)
{
    private const int Usual = 20_000;
    private const int MaxDepth = 20;

    private int _left = most;

    public Dictionary<string, object?> Map(YamlMappingNode node) => Map(node, 0);

    public object? Of(YamlNode? node) => node is null ? null : Value(node, 0);

    private Dictionary<string, object?> Map(YamlMappingNode node, int depth)
    {
        var map = new Dictionary<string, object?>(StringComparer.Ordinal);
        foreach (var (key, value) in node.Children)
        {
            if (key is YamlScalarNode { Value: { } name })
            {
                map[name] = Value(value, depth + 1);
            }
        }

        return map;
    }

    private object? Value(YamlNode node, int depth) => node switch
    {
        _ when depth > MaxDepth || --_left < 0 => null,
        YamlScalarNode scalar => scalar.Said(),
        YamlSequenceNode list => list.Children.Select(child => Value(child, depth + 1)).ToList(),
        YamlMappingNode map => Map(map, depth),
        _ => null,
    };
}
