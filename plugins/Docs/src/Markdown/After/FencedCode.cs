using System.Buffers;
using System.Text;
using Stagedoor.Docs.Markdown.Before;
using Stagedoor.Docs.Markdown.Blocks;
using Stagedoor.Docs.Markdown.Tree;

namespace Stagedoor.Docs.Markdown.After;

/// <summary>
/// Code as HTML: plain text in a block that tells its language, its title, which lines are numbered from where and which stand
/// out. Colours are put on it in the browser, if at all.
/// </summary>
internal static class FencedCode
{
    private static readonly HashSet<string> DiagramLanguages = new(StringComparer.OrdinalIgnoreCase) { "plantuml", "puml", "c4plantuml", "uml", "graphviz" };

    private static readonly SearchValues<char> Ranged = SearchValues.Create("0123456789- \t");

    /// <summary>Whether the options of a fence are such that it is one. A word that means nothing makes it text.</summary>
    public static bool Accepts(FenceOpening opening, MarkdownExtensions extensions) =>
        opening.Braces || (extensions.CustomFences.ContainsKey(opening.Language) && opening.Values.Count == 0) || opening.Values.All(value => IsOption(value, extensions));

    public static string Write(FenceOpening opening, string source, Document document)
    {
        var extensions = document.Extensions;
        var attributes = extensions.AttributeLists ? opening.Values.Where(value => !IsOption(value, extensions) || IsCustom(opening, extensions)).ToList() : [];
        if (IsCustom(opening, extensions)) return Custom(extensions.CustomFences[opening.Language], opening, attributes, source, document);
        if (extensions.Diagrams && opening.Language == "mermaid") return Custom(new("mermaid", Div: false), opening, [], source, document);
        if (extensions.Diagrams && (DiagramLanguages.Contains(opening.Language) || opening.Language.StartsWith("kroki-", StringComparison.OrdinalIgnoreCase)))
        {
            return Diagram(opening.Language, source, document);
        }

        string? Option(string name) => opening.Values.Where(value => value.Key == name && IsOption(value, extensions)).Select(value => value.Value).LastOrDefault();
        return Highlighted(new CodeBlock
        {
            Source = source,
            Language = opening.Language,
            Classes = opening.Classes,
            Id = opening.Id,
            Attributes = attributes,
            Title = Option("title"),
            Numbers = Option("linenums"),
            Lines = Option("hl_lines"),
        }, extensions.Highlight ?? new(), document);
    }

    /// <summary>A fence of MkDocs without further extensions.</summary>
    public static string WritePlain(FenceOpening opening, string source, Document document)
    {
        if (document.Extensions.CodeHilite is { Pygments: true } hilite)
        {
            return Highlighted(new CodeBlock
            {
                Source = source,
                Language = opening.Language,
                Classes = opening.Classes,
                Lines = opening.Values.Where(value => value.Key == "hl_lines").Select(value => value.Value).LastOrDefault(),
                Numbers = opening.Values.Any(value => value is { Key: "linenums", Value: "true" or "True" or "1" }) ? "1" : null,
            }, hilite, document);
        }

        if (opening.Language.Length > 0) document.HasCode = true;
        var html = new StringBuilder("<pre");
        Attribute(html, "id", opening.Id);
        Attribute(html, "class", string.Join(' ', opening.Classes));
        html.Append("><code");
        if (opening.Language.Length > 0) Attribute(html, "class", (document.Extensions.Fences?.Prefix ?? "language-") + opening.Language);
        foreach (var (name, value) in opening.Braces && document.Extensions.AttributeLists ? opening.Values : [])
        {
            if (name != "use_pygments") Attribute(html, name, value);
        }

        return html.Append('>').Append(Entities.Escape(source)).Append("</code></pre>").ToString();
    }

    public static string Highlighted(CodeBlock block, HighlightOptions options, Document document)
    {
        document.CodeBlocks++;
        if (block.Language.Length > 0) document.HasCode = true;
        if (!options.Pygments) return Unhighlighted(block, options);

        var source = block.Source.Trim('\n');
        var html = new StringBuilder(source.Length + 100).Append("<div");
        Attribute(html, "id", block.Id);
        var language = options.LanguageClass ? options.Prefix + (block.Language.Length > 0 ? block.Language : "text") : "";
        Attribute(html, "class", string.Join(' ', new[] { language }.Concat(block.Classes).Append(options.Class).Where(name => name.Length > 0)));
        foreach (var (name, value) in block.Attributes)
        {
            if (name.StartsWith("data-", StringComparison.Ordinal)) Attribute(html, name, value);
        }

        html.Append('>');
        if (block.Title?.Trim() is { Length: > 0 } title) html.Append("<span class=\"filename\">").Append(Entities.Escape(title)).Append("</span>");
        html.Append("<pre><code");
        if (block.Language.Length > 0) Attribute(html, "class", "language-" + block.Language);
        html.Append('>');
        WriteLines(html, source, FirstNumber(block, options), Ranges(block.Lines));
        return html.Append("</code></pre></div>").ToString();
    }

    private static void WriteLines(StringBuilder html, string source, int? first, List<(int From, int To)> marked)
    {
        if (source.Length == 0 && first is null) return;
        if (first is null && marked.Count == 0)
        {
            html.Append(Entities.Escape(source)).Append('\n');
            return;
        }

        var number = 0;
        foreach (var line in source.Split('\n'))
        {
            number++;
            html.Append("<span class=\"line").Append(marked.Exists(range => number >= range.From && number <= range.To) ? " hll\"" : "\"");
            if (first is { } start) html.Append(" data-line=\"").Append((long)start + number - 1).Append('"');
            html.Append('>').Append(Entities.Escape(line)).Append("\n</span>");
        }
    }

    private static string Unhighlighted(CodeBlock block, HighlightOptions options)
    {
        var html = new StringBuilder("<pre");
        Attribute(html, "class", options.Class);
        html.Append("><code");
        Attribute(html, "id", block.Id);
        Attribute(html, "class", string.Join(' ', new[] { block.Language.Length > 0 ? options.Prefix + block.Language : "" }.Concat(block.Classes).Where(name => name.Length > 0)));
        foreach (var (name, value) in block.Attributes) Attribute(html, name, value);
        return html.Append('>').Append(Entities.Escape(block.Source)).Append("</code></pre>").ToString();
    }

    private static string Custom(CustomFence fence, FenceOpening opening, List<KeyValuePair<string, string>> attributes, string source, Document document)
    {
        document.HasMermaid |= fence.Class.Contains("mermaid", StringComparison.Ordinal);
        document.HasMath |= fence.Class.Contains("arithmatex", StringComparison.Ordinal);
        var html = new StringBuilder(fence.Div ? "<div" : "<pre");
        Attribute(html, "id", opening.Id);
        Attribute(html, "class", string.Join(' ', new[] { fence.Class }.Concat(opening.Classes)));
        foreach (var (name, value) in attributes) Attribute(html, name, value);
        return html.Append(fence.Div ? ">" : "><code>").Append(Entities.Escape(source)).Append(fence.Div ? "</div>" : "</code></pre>").ToString();
    }

    private static string Diagram(string language, string source, Document document)
    {
        document.Diagrams.Add(new(language, source));
        var html = new StringBuilder();
        if (document.Options.Draw(language, source) is { } address)
        {
            html.Append("<p><img");
            Attribute(html, "class", "diagram");
            Attribute(html, "alt", "Diagram");
            Attribute(html, "src", address);
            return html.Append("></p>").ToString();
        }

        html.Append("<pre class=\"diagram\"");
        Attribute(html, "data-diagram", language);
        return html.Append("><code>").Append(Entities.Escape(source)).Append("</code></pre>").ToString();
    }

    private static bool IsCustom(FenceOpening opening, MarkdownExtensions extensions) =>
        extensions.CustomFences.ContainsKey(opening.Language) && (opening.Braces || opening.Values.Count == 0);

    private static bool IsOption(KeyValuePair<string, string> value, MarkdownExtensions extensions) =>
        extensions.Highlight is not { Pygments: false } && value.Key switch
        {
            "title" => true,
            "linenums" => value.Value.Length > 0 && char.IsAsciiDigit(value.Value[0]),
            "hl_lines" => value.Value.Length > 0 && char.IsAsciiDigit(value.Value[0]) && !value.Value.AsSpan().ContainsAnyExcept(Ranged),
            _ => false,
        };

    private static int? FirstNumber(CodeBlock block, HighlightOptions options)
    {
        var start = block.Numbers is null ? -1 : Words.Number(block.Numbers.Split(' ', '\t')[0]);
        var numbered = (options.LineNumbers == true && start != 0) || (options.LineNumbers != false && start > 0);
        return numbered ? Math.Max(1, start) : null;
    }

    private static List<(int From, int To)> Ranges(string? lines) =>
        [.. (lines ?? "").Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries).Take(500).Select(range => range.Split('-')).Select(range => (Words.Number(range[0]), Words.Number(range[^1])))];

    private static void Attribute(StringBuilder html, string name, string value)
    {
        if (value.Length > 0 && name.Length > 0 && name.All(letter => char.IsLetterOrDigit(letter) || letter is '-' or '_' or ':' or '.'))
        {
            html.Append(' ').Append(name).Append("=\"").Append(Entities.EscapeAttribute(value)).Append('"');
        }
    }
}

/// <summary>A block of code with all that was said about it.</summary>
internal sealed record CodeBlock
{
    public required string Source { get; init; }

    public string Language { get; init; } = "";

    public IReadOnlyList<string> Classes { get; init; } = [];

    public string Id { get; init; } = "";

    public IReadOnlyList<KeyValuePair<string, string>> Attributes { get; init; } = [];

    public string? Title { get; init; }

    public string? Numbers { get; init; }

    public string? Lines { get; init; }
}
