using Stagedoor.Docs.Markdown;
using Stagedoor.Docs.Yaml;
using YamlDotNet.RepresentationModel;

namespace Stagedoor.Docs.Sites.MkDocs;

/// <summary>A mkdocs.yml as it was read. What it has that means nothing here is left alone, and nothing in it is executed.</summary>
internal sealed record MkDocsFile
{
    public static readonly IReadOnlyList<string> Names = ["mkdocs.yml", "mkdocs.yaml"];

    /// <summary>Where it lies.</summary>
    public required string Path { get; init; }

    public string? SiteName { get; init; }

    public string? Description { get; init; }

    /// <summary>Below its own folder.</summary>
    public string DocsFolder { get; init; } = "docs";

    public string? RepositoryUrl { get; init; }

    public string? EditUri { get; init; }

    public YamlSequenceNode? Navigation { get; init; }

    public MarkdownExtensions Extensions { get; init; } = MarkdownExtensions.TechDocs;

    public IReadOnlyList<string> SnippetFolders { get; init; } = ["."];

    public IReadOnlyList<string> AppendedSnippets { get; init; } = [];

    public IReadOnlySet<string> Features { get; init; } = new HashSet<string>();

    /// <summary>Former pages and where they lead now, as written.</summary>
    public IReadOnlyDictionary<string, string> Redirects { get; init; } = new Dictionary<string, string>();

    /// <param name="parent">What it inherits from, if it says so.</param>
    public static MkDocsFile Read(string path, YamlMappingNode map, MkDocsFile? parent)
    {
        var values = new PlainValues();
        var plugins = Listed(values.Of(map.At("plugins")));
        var snippets = Listed(values.Of(map.At("markdown_extensions"))).GetValueOrDefault("pymdownx.snippets");
        return new MkDocsFile
        {
            Path = path,
            SiteName = map.Text("site_name") ?? parent?.SiteName,
            Description = map.Text("site_description") ?? parent?.Description,
            DocsFolder = map.Text("docs_dir") ?? parent?.DocsFolder ?? "docs",
            RepositoryUrl = map.Text("repo_url") ?? parent?.RepositoryUrl,
            EditUri = map.Text("edit_uri") ?? parent?.EditUri,
            Navigation = map.At("nav") is { } nav ? nav as YamlSequenceNode ?? (nav is YamlMappingNode sections ? new YamlSequenceNode(sections) : null) : parent?.Navigation,
            Extensions = ExtensionsOf(map, values, parent),
            SnippetFolders = TextsOf(snippets, "base_path") is { Count: > 0 } folders ? folders : parent?.SnippetFolders ?? ["."],
            AppendedSnippets = TextsOf(snippets, "auto_append") is { Count: > 0 } appended ? appended : parent?.AppendedSnippets ?? [],
            Features = values.Of(map.At("theme")) is Dictionary<string, object?> theme && theme.GetValueOrDefault("features") is List<object?> features
                ? features.OfType<string>().ToHashSet(StringComparer.Ordinal)
                : parent?.Features ?? new HashSet<string>(),
            Redirects = plugins.GetValueOrDefault("redirects") is { } redirects && redirects.GetValueOrDefault("redirect_maps") is Dictionary<string, object?> maps
                ? maps.Where(pair => pair.Value is string).ToDictionary(pair => pair.Key, pair => (string)pair.Value!, StringComparer.Ordinal)
                : parent?.Redirects ?? new Dictionary<string, string>(),
        };
    }

    /// <summary>Those of techdocs-core hold whatever plugins a file lists: where a portal reads a site, they are always on.</summary>
    private static MarkdownExtensions ExtensionsOf(YamlMappingNode map, PlainValues values, MkDocsFile? parent)
    {
        var start = parent?.Extensions ?? MarkdownExtensions.TechDocs;
        var extensions = values.Of(map.At("markdown_extensions")) switch
        {
            List<object?> list => start.With(list),
            Dictionary<string, object?> options => start.With(options),
            _ => start,
        };
        return values.Of(map.At("mdx_configs")) is Dictionary<string, object?> configurations ? extensions.With(configurations) : extensions;
    }

    /// <summary>A list of names, each alone or with options, or a map of these.</summary>
    private static Dictionary<string, Dictionary<string, object?>> Listed(object? value)
    {
        var found = new Dictionary<string, Dictionary<string, object?>>(StringComparer.Ordinal);
        foreach (var item in value is List<object?> list ? list : [value])
        {
            if (item is string name)
            {
                found[name] = [];
            }
            else if (item is Dictionary<string, object?> map)
            {
                foreach (var (key, options) in map)
                {
                    found[key] = options as Dictionary<string, object?> ?? [];
                }
            }
        }

        return found;
    }

    private static List<string> TextsOf(Dictionary<string, object?>? options, string key) => options?.GetValueOrDefault(key) switch
    {
        string text => [text],
        List<object?> list => [.. list.OfType<string>()],
        _ => [],
    };
}
