using Stagedoor.Docs.Yaml;
using YamlDotNet.RepresentationModel;

namespace Stagedoor.Docs.Sites.MkDocs;

/// <summary>Reads the navigation that a mkdocs.yml spells out.</summary>
/// <param name="folders">For lines that name a folder.</param>
/// <param name="included">The navigation of the site that a line includes, by the line's text; nothing if it cannot be had.</param>
internal sealed class NavReading(Mount mount, FolderNav folders, Func<string, IReadOnlyList<NavDraft>?> included, NavBudget budget, List<SiteProblem> problems)
{
    private const int MaxDepth = 12;

    public static bool IsElsewhere(string target) =>
        target.StartsWith("https://", StringComparison.OrdinalIgnoreCase) || target.StartsWith("http://", StringComparison.OrdinalIgnoreCase)
        || target.StartsWith("mailto:", StringComparison.OrdinalIgnoreCase);

    public static bool IsInclusion(string target) => target.StartsWith("!include ", StringComparison.Ordinal) || target.StartsWith("*include ", StringComparison.Ordinal);

    public IReadOnlyList<NavDraft> Read(YamlSequenceNode nodes) => [.. nodes.Children.SelectMany(node => Items(node, 0))];

    private IEnumerable<NavDraft> Items(YamlNode node, int depth)
    {
        if (depth > MaxDepth || !budget.Take())
        {
            return [];
        }

        return node switch
        {
            YamlScalarNode scalar => Target(null, scalar),
            YamlMappingNode map => map.Children.SelectMany(pair => pair.Key is YamlScalarNode { Value: { } title } ? Titled(title, pair.Value, depth) : []),
            YamlSequenceNode list => list.Children.SelectMany(child => Items(child, depth + 1)),
            _ => [],
        };
    }

    private IEnumerable<NavDraft> Titled(string title, YamlNode value, int depth) => value switch
    {
        YamlScalarNode scalar => Target(title, scalar),
        YamlSequenceNode list => [NavDraft.Section(title, [.. list.Children.SelectMany(child => Items(child, depth + 1))])],
        YamlMappingNode map => [NavDraft.Section(title, [.. Items(map, depth + 1)])],
        _ => [],
    };

    private IEnumerable<NavDraft> Target(string? title, YamlScalarNode scalar)
    {
        // Without quotes YAML takes the inclusion for a tag.
        var target = scalar.Tag is { IsEmpty: false, IsNonSpecific: false } tag && tag.Value == "!include" ? $"!include {scalar.Value}" : scalar.Value ?? "";
        var line = (int)scalar.Start.Line;
        if (IsElsewhere(target))
        {
            return [new NavDraft(title ?? target, null, target, [])];
        }

        if (IsInclusion(target))
        {
            return included(target) is not { } items ? [] : title is null ? items : [NavDraft.Section(title, items)];
        }

        if (target.Length == 0)
        {
            return [];
        }

        if (mount.PathOf(target.Split('#')[0]) is { } path)
        {
            if (mount.Files.TryGetValue(path, out var file) && file.Kind == SiteFileKind.File)
            {
                return [NavDraft.Page(path, title)];
            }

            if (folders.Of(path) is { Count: > 0 } inside)
            {
                return [NavDraft.Section(title ?? FolderNav.TitleOf(SitePath.NameOf(path)), inside)];
            }
        }

        problems.Add(new SiteProblem(mount.Configuration!.Path, line, $"The navigation names '{target}', which is not in {Named(mount.Settings.PagesFolder)}."));
        return [];
    }

    private static string Named(string folder) => folder.Length == 0 ? "the folder of pages" : folder + "/";
}
