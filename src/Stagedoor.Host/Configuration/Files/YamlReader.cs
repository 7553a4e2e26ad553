using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Stagedoor.Host.Configuration.Files;

/// <summary>
/// Reads YAML into settings that remember where they stand. It bounds depth and the growth by aliases, refuses
/// duplicate keys, and goes on after a mistake where it can, so that all are told at once.
/// </summary>
internal sealed class YamlReader(ConfigurationFile file, IReadOnlyDictionary<string, string> variables, List<Finding> findings)
{
    private const int MaxDepth = 40;
    private const int MaxNodes = 50_000;
    private const string IncludeKey = "$file";

    private readonly Dictionary<AnchorName, (SettingNode Node, int Size)> _anchors = [];
    private int _nodes;

    /// <summary>The settings; none if the file is not YAML.</summary>
    public MapNode? Read(string text)
    {
        var scanner = new Scanner(new StringReader(text), skipComments: true);
        try
        {
            var parser = new Parser(scanner);
            parser.Consume<StreamStart>();
            if (!parser.TryConsume<DocumentStart>(out _))
            {
                return MapNode.Empty(Origin.In(file, 0, 0));
            }

            var root = ReadNode(parser, "", depth: 0);
            parser.Consume<DocumentEnd>();
            if (parser.Current is DocumentStart second)
            {
                findings.Add(new Finding("", At(second.Start), "A configuration file holds one YAML document, and here a second one begins.") { Length = 3, Help = "Remove the line '---', or move what follows to a file of its own." });
            }

            return root switch
            {
                MapNode map => map,
                ScalarNode { Text: null } => MapNode.Empty(root.Origin),
                _ => Refuse(root),
            };
        }
        catch (TooMuchException tooMuch)
        {
            findings.Add(new Finding("", At(tooMuch.Start), tooMuch.Message));
        }
        catch (YamlException broken)
        {
            findings.Add(Explain(broken));
        }
        catch (InvalidOperationException)
        {
            // The scanner throws this where brackets and braces are mixed up, without saying more.
            findings.Add(new Finding("", At(scanner.CurrentPosition), "This is not YAML: brackets, braces or quotes do not match.") { Help = "Look for one that is opened and never closed, or closed and never opened." });
        }

        return null;
    }

    private SettingNode ReadNode(Parser parser, string path, int depth)
    {
        if (depth > MaxDepth)
        {
            throw new TooMuchException($"This is nested more than {MaxDepth} levels deep.", parser.Current!.Start);
        }

        Count(1, parser.Current!.Start);
        var before = _nodes;
        var anchor = (parser.Current as NodeEvent)?.Anchor ?? AnchorName.Empty;
        SettingNode node;
        if (parser.TryConsume<AnchorAlias>(out var alias))
        {
            if (!_anchors.TryGetValue(alias.Value, out var target))
            {
                throw new YamlException(alias.Start, alias.End, $"There is no anchor '&{alias.Value}' above this alias.");
            }

            Count(target.Size, alias.Start);
            return target.Node;
        }

        if (parser.TryConsume<SequenceStart>(out var sequence))
        {
            node = ReadList(parser, sequence, path, depth);
        }
        else if (parser.TryConsume<MappingStart>(out var mapping))
        {
            node = ReadMap(parser, mapping, path, depth);
        }
        else
        {
            node = ReadScalar(parser.Consume<Scalar>(), path);
        }

        if (!anchor.IsEmpty)
        {
            _anchors[anchor] = (node, _nodes - before + 1);
        }

        return node;
    }

    private ListNode ReadList(Parser parser, SequenceStart start, string path, int depth)
    {
        var items = new List<SettingNode>();
        while (!parser.TryConsume<SequenceEnd>(out _))
        {
            items.Add(ReadNode(parser, $"{path}[{items.Count}]", depth + 1));
        }

        return new ListNode(items, At(start.Start));
    }

    private SettingNode ReadMap(Parser parser, MappingStart start, string path, int depth)
    {
        var settings = MapNode.NewSettings();
        var merged = new List<MapNode>();
        while (!parser.TryConsume<MappingEnd>(out _))
        {
            if (!parser.TryConsume<Scalar>(out var key))
            {
                throw new YamlException(parser.Current!.Start, parser.Current.End, "A key must be a plain word here.");
            }

            var name = key.Value;
            var child = path.Length == 0 ? name : $"{path}.{name}";
            var value = ReadNode(parser, child, depth + 1);
            if (name == "<<" && key.Style == ScalarStyle.Plain)
            {
                merged.AddRange(value is ListNode list ? list.Items.OfType<MapNode>() : value is MapNode map ? [map] : []);
            }
            else if (settings.TryGetValue(name, out var first))
            {
                findings.Add(new Finding(child, At(key.Start), $"{child} is set twice: the first time on line {first.KeyOrigin.Line}.")
                {
                    Length = name.Length,
                    Help = "Remove one of the two.",
                    IsSecret = Secrets.IsSecretKey(name),
                });
            }
            else
            {
                settings.Add(name, new Setting(name, At(key.Start), value));
            }
        }

        foreach (var (name, setting) in merged.SelectMany(map => map.Settings))
        {
            settings.TryAdd(name, setting);
        }

        return settings.Count == 1 && settings.TryGetValue(IncludeKey, out var include) && include.Value is ScalarNode { Text: { } target }
            ? Include(target, include, path)
            : new MapNode(settings, At(start.Start));
    }

    private ScalarNode ReadScalar(Scalar scalar, string path)
    {
        var origin = At(scalar.Start);
        var length = scalar.Start.Line == scalar.End.Line ? (int)(scalar.End.Column - scalar.Start.Column) : 1;
        if (scalar.Style == ScalarStyle.Plain && scalar.Value is "" or "~" or "null" or "Null" or "NULL" && scalar.Style == ScalarStyle.Plain)
        {
            return new ScalarNode(Text: null, origin) { Length = Math.Max(1, length) };
        }

        var (text, mistakes) = Substitution.Expand(scalar.Value, variables);
        findings.AddRange(mistakes.Select(mistake => new Finding(path, origin, mistake) { Length = length, IsSecret = Secrets.IsSecretKey(path) && !scalar.Value.StartsWith("${", StringComparison.Ordinal) }));
        return new ScalarNode(text, origin) { Length = Math.Max(1, length) };
    }

    private ScalarNode Include(string target, Setting include, string path)
    {
        var (text, problem) = YamlFile.Open(System.IO.Path.Combine(file.Directory, target), 1024 * 1024, "1 MB");
        if (text is null)
        {
            findings.Add(new Finding(path, include.Value.Origin, $"The file {target}, which holds {path}, {problem}") { Length = target.Length });
        }

        return new ScalarNode(text?.TrimEnd('\r', '\n') ?? "", include.KeyOrigin) { Length = IncludeKey.Length, FromSecretFile = true };
    }

    private MapNode? Refuse(SettingNode root)
    {
        findings.Add(new Finding("", root.Origin, $"A configuration file consists of sections such as 'server:', and this is {root.Noun}."));
        return null;
    }

    private Finding Explain(YamlException broken)
    {
        var (line, column) = ((int)broken.Start.Line, (int)broken.Start.Column);
        for (var near = line; near <= broken.End.Line + 1 && near <= file.Lines.Count; near++)
        {
            var text = near >= 1 ? file.Lines[near - 1] : "";
            if (text[..(text.Length - text.TrimStart().Length)].IndexOf('\t', StringComparison.Ordinal) is >= 0 and var tab)
            {
                return new Finding("", Origin.In(file, near, tab + 1), "This line is indented with a tab, and YAML only knows spaces.") { Help = "Replace the tab by spaces; most editors can show and convert them." };
            }
        }

        var message = broken.Message;
        if (message.StartsWith('('))
        {
            message = message[(message.IndexOf("): ", StringComparison.Ordinal) + 3)..];
        }

        return new Finding("", Origin.In(file, line, column), $"This is not valid YAML: {message.TrimEnd('.')}.");
    }

    private void Count(int more, Mark at)
    {
        _nodes += more;
        if (_nodes > MaxNodes)
        {
            throw new TooMuchException($"The file grows to more than {MaxNodes:N0} values here. Aliases that repeat aliases multiply.", at);
        }
    }

    private Origin At(Mark mark) => Origin.In(file, mark.Line, mark.Column);

    private sealed class TooMuchException(string message, Mark start) : Exception(message)
    {
        public Mark Start { get; } = start;
    }
}
