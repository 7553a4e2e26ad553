using System.Text.RegularExpressions;
using Stagedoor.Docs.Markdown.After;

namespace Stagedoor.Docs.Markdown.Before;

/// <summary>What the line that opens a fence says: its sign, the language, options, attributes.</summary>
internal sealed partial record FenceOpening(string Fence, string Language, IReadOnlyList<string> Classes, string Id, IReadOnlyList<KeyValuePair<string, string>> Values, bool Braces)
{
    [GeneratedRegex("""^(?<fence>~{3,}|`{3,})[ \t]*(?:(?:\{(?<attributes>[^}\n]*)\})?|(?:\.?(?<language>[\w#.+-]*))?[ \t]*(?<options>(?:\b[a-zA-Z][a-zA-Z0-9_]*(?:=(?<quote>["']).*?\k<quote>)?[ \t]*)*))[ \t]*$""", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Opening { get; }

    [GeneratedRegex("""(?<key>[a-zA-Z][a-zA-Z0-9_]*)(?:=(?<quote>["'])(?<value>.*?)\k<quote>)?""", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Option { get; }

    public static FenceOpening? Read(string text)
    {
        if (text.Length is < 3 or > 2000 || text[0] is not ('`' or '~') || text[1] != text[0] || text[2] != text[0]) return null;
        var match = Opening.Match(text);
        if (!match.Success) return null;

        var fence = match.Groups["fence"].Value;
        if (!match.Groups["attributes"].Success)
        {
            var options = match.Groups["options"].Value;
            var values = options.Length == 0 ? [] : Option.Matches(options)
                .Select(option => KeyValuePair.Create(option.Groups["key"].Value, option.Groups["value"].Success ? option.Groups["value"].Value : option.Groups["key"].Value))
                .ToList();
            return new(fence, match.Groups["language"].Value, [], "", values, Braces: false);
        }

        var classes = new List<string>();
        var others = new List<KeyValuePair<string, string>>();
        var id = "";
        foreach (var (key, value) in AttributeLists.Read(match.Groups["attributes"].Value.Replace("\t", "    ", StringComparison.Ordinal)))
        {
            if (key == "id") id = value;
            else if (key == ".") classes.Add(value);
            else others.Add(new(key, value));
        }

        return new(fence, classes.FirstOrDefault() ?? "", [.. classes.Skip(1)], id, others, Braces: true);
    }
}
