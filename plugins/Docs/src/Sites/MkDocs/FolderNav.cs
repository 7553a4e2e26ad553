using Stagedoor.Docs.Yaml;
using YamlDotNet.RepresentationModel;

namespace Stagedoor.Docs.Sites.MkDocs;

/// <summary>
/// The navigation of folders that nobody has written one for: the index first, then pages, then folders, by name. A file
/// <c>.pages</c> in a folder says otherwise, as the plugin awesome-pages reads it.
/// </summary>
/// <param name="wishes">What such files say, by the folder they lie in.</param>
internal sealed class FolderNav(Mount mount, IReadOnlyDictionary<string, FolderWish> wishes, NavBudget budget, List<SiteProblem> problems)
{
    private const string Rest = "...";
    private const int MostWishes = 5000;

    private readonly ILookup<string, string> _pages = mount.Pages.ToLookup(SitePath.FolderOf, StringComparer.Ordinal);
    private readonly ILookup<string, string> _folders = FoldersOf(mount.Pages).ToLookup(SitePath.FolderOf, StringComparer.Ordinal);

    /// <param name="folder">Its path in the site.</param>
    public IReadOnlyList<NavDraft> Of(string folder)
    {
        var wish = wishes.GetValueOrDefault(folder);
        var isBackwards = wish?.Map.Text("order") is "desc";
        List<NavDraft> usual =
        [
            .. Ordered(_pages[folder].Where(page => !IsIndex(page)), isBackwards).TakeWhile(_ => budget.Take()).Select(page => NavDraft.Page(page)),
            .. Ordered(_folders[folder], isBackwards).Where(inner => !IsHidden(inner)).TakeWhile(_ => budget.Take()).Select(Section),
        ];
        usual.InsertRange(0, _pages[folder].Where(IsIndex).Order(StringComparer.Ordinal).Select(page => NavDraft.Page(page)));
        return wish is not null && (wish.Map.At("nav") ?? wish.Map.At("arrange")) is YamlSequenceNode wanted ? Arranged(wish, wanted, usual) : usual;
    }

    public static bool IsIndex(string path) => SitePath.NameOf(path).ToLowerInvariant() is "index.md" or "readme.md";

    public static string TitleOf(string name)
    {
        var words = name.Replace('-', ' ').Replace('_', ' ').Trim();
        return words.Length > 0 && !words.Any(char.IsUpper) ? char.ToUpperInvariant(words[0]) + words[1..] : words;
    }

    private NavDraft Section(string folder) =>
        NavDraft.Section(wishes.GetValueOrDefault(folder)?.Map.Text("title") ?? TitleOf(SitePath.NameOf(folder)), Of(folder)) with { Folder = folder };

    private bool IsHidden(string folder) => string.Equals(wishes.GetValueOrDefault(folder)?.Map.Text("hide"), "true", StringComparison.OrdinalIgnoreCase);

    private List<NavDraft> Arranged(FolderWish wish, YamlSequenceNode wanted, List<NavDraft> usual)
    {
        var left = usual.ToDictionary(NameOf, StringComparer.Ordinal);
        var arranged = new List<NavDraft>();
        var restAt = -1;
        foreach (var node in wanted.Children.Take(MostWishes))
        {
            var (title, target) = node switch
            {
                YamlScalarNode scalar => (null, scalar.Value ?? ""),
                YamlMappingNode { Children: [{ Key: YamlScalarNode key, Value: YamlScalarNode value }] } => (key.Value, value.Value ?? ""),
                _ => (null, ""),
            };
            if (target == Rest)
            {
                restAt = arranged.Count;
            }
            else if (NavReading.IsElsewhere(target))
            {
                arranged.Add(new NavDraft(title ?? target, null, target, []));
            }
            else if (left.Remove(target.TrimEnd('/'), out var known))
            {
                arranged.Add(title is null ? known : known with { Title = title });
            }
            else
            {
                problems.Add(new SiteProblem(wish.Source, (int)node.Start.Line, $"'{target}' is not in this folder."));
            }
        }

        if (restAt >= 0)
        {
            arranged.InsertRange(restAt, usual.Where(item => left.ContainsKey(NameOf(item))));
        }

        return arranged;
    }

    private static string NameOf(NavDraft item) => SitePath.NameOf(item.Path ?? item.Folder ?? "");

    private static IEnumerable<string> Ordered(IEnumerable<string> paths, bool isBackwards) =>
        isBackwards ? paths.OrderDescending(StringComparer.Ordinal) : paths.Order(StringComparer.Ordinal);

    private static HashSet<string> FoldersOf(IEnumerable<string> pages)
    {
        var folders = new HashSet<string>(StringComparer.Ordinal);
        foreach (var page in pages)
        {
            for (var folder = SitePath.FolderOf(page); folder.Length > 0 && folders.Add(folder); folder = SitePath.FolderOf(folder))
            {
            }
        }

        return folders;
    }
}

/// <summary>What a file <c>.pages</c> says of its folder.</summary>
/// <param name="Source">Where the file lies.</param>
internal sealed record FolderWish(string Source, YamlMappingNode Map)
{
    public const string FileName = ".pages";
}
