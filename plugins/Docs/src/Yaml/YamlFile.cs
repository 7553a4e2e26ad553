using YamlDotNet.Core;
using YamlDotNet.Core.Events;
using YamlDotNet.RepresentationModel;

namespace Stagedoor.Docs.Yaml;

/// <summary>Reads a YAML document that somebody else has written. No tag makes anything run: a tag is text.</summary>
internal static class YamlFile
{
    private const int MostCharacters = 1024 * 1024;
    private const int MaxDepth = 60;

    /// <summary>The map at the top of the first document.</summary>
    /// <exception cref="YamlFault">It is no YAML, or something else than a map.</exception>
    public static YamlMappingNode? Read(string text)
    {
        if (text.Length > MostCharacters)
        {
            throw new YamlFault(1, "The file is larger than a megabyte, which is more than settings need.");
        }

        try
        {
            RequireShallow(text);
            var stream = new YamlStream();
            stream.Load(new StringReader(text));
            return stream.Documents is not [{ RootNode: var root }, ..] || root is YamlScalarNode { Value: "" or null } ? null
                : root as YamlMappingNode ?? throw new YamlFault((int)root.Start.Line, "Settings are keys with values, and this is something else.");
        }
        catch (YamlException e)
        {
            throw new YamlFault((int)e.Start.Line, $"This is not YAML: {e.InnerException?.Message ?? e.Message}");
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException)
        {
            // The parser says so where keys repeat or brackets are mixed up, and not where that is.
            throw new YamlFault(1, $"This is not YAML: {e.Message}");
        }
    }

    /// <summary>
    /// Nodes are made, and keys compared, by recursion, and a file must not be able to exhaust the stack; events are not. So
    /// it may not be deep, and its keys are words.
    /// </summary>
    private static void RequireShallow(string text)
    {
        var parser = new Parser(new StringReader(text));
        var open = new Stack<(bool IsMap, bool IsKeyNext)>();
        while (parser.MoveNext())
        {
            var now = parser.Current!;
            if (now is SequenceEnd or MappingEnd)
            {
                open.Pop();
            }
            else if (now is NodeEvent or AnchorAlias)
            {
                if (open.TryPeek(out var around) && around.IsMap)
                {
                    if (around.IsKeyNext && now is not Scalar)
                    {
                        throw new YamlFault((int)now.Start.Line, "A key must be a plain word here.");
                    }

                    open.Pop();
                    open.Push((true, !around.IsKeyNext));
                }

                if (now is SequenceStart or MappingStart)
                {
                    open.Push((now is MappingStart, true));
                }
            }

            if (open.Count > MaxDepth)
            {
                throw new YamlFault((int)now.Start.Line, $"This is nested more than {MaxDepth} levels deep.");
            }
        }
    }

    public static YamlNode? At(this YamlMappingNode map, string key) =>
        map.Children.FirstOrDefault(pair => pair.Key is YamlScalarNode { Value: { } name } && name == key).Value;

    public static string? Text(this YamlMappingNode map, string key) => map.At(key) is YamlScalarNode scalar ? scalar.Said() : null;

    /// <summary>A scalar's text; nothing for what YAML calls null. A tag without a text is the text.</summary>
    public static string? Said(this YamlScalarNode scalar) =>
        scalar is { Style: ScalarStyle.Plain, Value: "" or "~" or "null" or null }
            ? scalar.Tag.IsEmpty || scalar.Tag.IsNonSpecific ? null : scalar.Tag.Value
            : scalar.Value;
}

internal sealed class YamlFault(int line, string message) : Exception(message)
{
    public int Line { get; } = line;
}
