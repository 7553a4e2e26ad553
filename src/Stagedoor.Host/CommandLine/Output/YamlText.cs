using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Stagedoor.Host.CommandLine.Output;

/// <summary>Writes JSON as YAML, with a comment behind each value where one is given.</summary>
internal sealed partial class YamlText(Func<string, string?>? comment = null)
{
    private static readonly string[] Words = ["true", "false", "null", "yes", "no", "on", "off", "y", "n"];

    private readonly StringBuilder _text = new();

    public static string Of(JsonNode? node, Func<string, string?>? comment = null)
    {
        var yaml = new YamlText(comment);
        yaml.Write(node, "", indent: 0);
        return yaml._text.ToString();
    }

    private void Write(JsonNode? node, string path, int indent)
    {
        switch (node)
        {
            case JsonObject { Count: > 0 } map:
                foreach (var (key, value) in map)
                {
                    WriteEntry(Quoted(key) + ":", value, path.Length == 0 ? key : $"{path}.{key}", indent, isItem: false);
                }

                break;
            case JsonArray { Count: > 0 } list:
                for (var i = 0; i < list.Count; i++)
                {
                    WriteEntry("-", list[i], $"{path}[{i}]", indent, isItem: true);
                }

                break;
            default:
                _text.Append(Scalar(node)).Append('\n');
                break;
        }
    }

    private void WriteEntry(string lead, JsonNode? value, string path, int indent, bool isItem)
    {
        _text.Append(' ', indent).Append(lead);
        if (isItem && value is JsonObject { Count: > 0 })
        {
            // The first key stands on the line of the hyphen.
            var below = new YamlText(comment);
            below.Write(value, path, indent + 2);
            _text.Append(' ').Append(below._text.ToString(indent + 2, below._text.Length - indent - 2));
        }
        else if (value is JsonObject { Count: > 0 } or JsonArray { Count: > 0 })
        {
            _text.Append('\n');
            Write(value, path, indent + 2);
        }
        else
        {
            _text.Append(value is null ? "" : " " + Scalar(value));
            if (comment?.Invoke(path) is { } remark)
            {
                _text.Append("  # ").Append(remark);
            }

            _text.Append('\n');
        }
    }

    private static string Scalar(JsonNode? node) => node switch
    {
        null => "null",
        JsonObject => "{}",
        JsonArray => "[]",
        _ when node.GetValueKind() == JsonValueKind.String => Quoted(node.GetValue<string>()),
        _ => node.ToJsonString(JsonText.Compact),
    };

    private static string Quoted(string text) =>
        Measure().IsMatch(text) || (Plain().IsMatch(text) && !Words.Contains(text, StringComparer.OrdinalIgnoreCase) && !text.EndsWith(' ') && !text.EndsWith(':') && !text.Contains(": ", StringComparison.Ordinal) && !text.Contains(" #", StringComparison.Ordinal))
            ? text
            : JsonSerializer.Serialize(text, JsonText.Compact);

    [GeneratedRegex(@"^[A-Za-z_/.$(][\p{L}\p{N} _/.,:;+=@%()?*~'-]*$", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Plain();

    /// <summary>A duration or a size, which no reader takes for a number.</summary>
    [GeneratedRegex("^([0-9]+(ms|[smhd]|[KMGT]?B))+$", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Measure();
}
