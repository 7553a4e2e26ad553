using Stagedoor.Docs.Markdown;
using Stagedoor.Docs.Markdown.Before;

namespace Stagedoor.Docs.Tests.Markdown;

/// <summary>The recorded cases: what was written, with which extensions, and what MkDocs made of it.</summary>
internal static class Cases
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "Corpus");

    private static readonly MarkdownExtensions TechDocs = MarkdownExtensions.TechDocs with { TrulySaneLists = null, Diagrams = false, Alerts = false };

    private static readonly MarkdownExtensions Material = MarkdownExtensions.MkDocs.With(
    [
        "abbr", "admonition", "attr_list", "def_list", "footnotes", "md_in_html", With("toc", "permalink", "true"), With("pymdownx.arithmatex", "generic", "true"),
        With("pymdownx.betterem", "smart_enable", "all"), "pymdownx.caret", "pymdownx.critic", "pymdownx.details", With("pymdownx.emoji", "emoji_index", "materialx.emoji.twemoji"),
        "pymdownx.highlight", "pymdownx.inlinehilite", "pymdownx.keys", "pymdownx.magiclink", "pymdownx.mark", "pymdownx.smartsymbols", "pymdownx.snippets",
        With("pymdownx.superfences", "custom_fences", new List<object?> { new Dictionary<string, object?> { ["name"] = "mermaid", ["class"] = "mermaid" } }),
        With("pymdownx.tabbed", "alternate_style", "true"), With("pymdownx.tasklist", "custom_checkbox", "true"), "pymdownx.tilde",
    ]);

    public static IEnumerable<string> Names => Directory.EnumerateFiles(Folder, "*.md", SearchOption.AllDirectories)
        .Where(file => char.IsAsciiDigit(Path.GetFileName(file)[0]))
        .Select(file => Path.GetRelativePath(Folder, file)[..^3].Replace('\\', '/'))
        .Order(StringComparer.Ordinal);

    public static string Source(string name) => File.ReadAllText(Path.Combine(Folder, name + ".md"));

    public static string Expected(string name) => File.ReadAllText(Path.Combine(Folder, name + ".html"));

    public static MarkdownOptions Options(string name) => new()
    {
        Extensions = ExtensionsOf(name),
        Include = path => File.Exists(Path.Combine(Folder, "includes", path)) ? File.ReadAllText(Path.Combine(Folder, "includes", path)) : null,
    };

    private static MarkdownExtensions ExtensionsOf(string name) => FrontMatter.Read(Source(name)).Meta.GetValueOrDefault("extensions") switch
    {
        "material" => Material,
        "mkdocs" => MarkdownExtensions.MkDocs,
        IReadOnlyList<object?> list => MarkdownExtensions.MkDocs.With(list),
        _ => name.StartsWith("specified/", StringComparison.Ordinal) ? MarkdownExtensions.TechDocs : TechDocs,
    };

    private static Dictionary<string, object?> With(string name, string option, object? value) =>
        new() { [name] = new Dictionary<string, object?> { [option] = value } };
}
