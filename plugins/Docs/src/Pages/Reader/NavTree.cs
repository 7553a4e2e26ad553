using Stagedoor.Docs.Reading;
using Stagedoor.Docs.Sites;

namespace Stagedoor.Docs.Pages.Reader;

/// <summary>A line of the tree that is rendered.</summary>
/// <param name="Href">Nothing for a section without a page, or one whose pages follow.</param>
/// <param name="More">How many pages are not written below it.</param>
internal sealed record NavNode(string Title, string? Href, bool IsCurrent, bool IsOpen, bool IsOutside, int More, IReadOnlyList<NavNode> Children);

/// <summary>
/// The navigation of a site as a reader gets it. Of a large site only what surrounds the page is written: closed sections are links
/// to their first page, and of a long level a part.
/// </summary>
internal sealed class NavTree
{
    private const int Large = 500;
    private const int LongLevel = 120;
    private const int Around = 40;

    private readonly DocsBase _at;
    private readonly SitePage? _page;
    private readonly bool _isLarge;
    private readonly bool _isExpanded;
    private readonly bool _hasOpenSections;

    private NavTree(Site site, DocsBase at, SitePage? page)
    {
        _at = at;
        _page = page;
        _isLarge = Count(site.Navigation) > Large;
        _isExpanded = !_isLarge && site.Settings.Features.Contains("navigation.expand");
        _hasOpenSections = !_isLarge && site.Settings.Features.Contains("navigation.sections");
    }

    public static IReadOnlyList<NavNode> Of(Site site, DocsBase at, SitePage? page) => new NavTree(site, at, page).Level(site.Navigation, isTop: true);

    private List<NavNode> Level(IReadOnlyList<NavItem> items, bool isTop)
    {
        if (items.Count <= LongLevel || !_isLarge) return [.. items.Select(item => Node(item, isTop))];
        var current = 0;
        while (current < items.Count && !Holds(items[current])) current++;
        var from = current == items.Count ? 0 : Math.Max(0, current - Around);
        var to = Math.Min(items.Count, from + (2 * Around));
        var nodes = items.Take(to).Skip(from).Select(item => Node(item, isTop)).ToList();
        if (from > 0) nodes.Insert(0, More(items.Take(from)));
        if (to < items.Count) nodes.Add(More(items.Skip(to)));
        return nodes;
    }

    private NavNode Node(NavItem item, bool isTop)
    {
        var isOpen = Holds(item);
        var href = item.Page is { } page ? _at.Page(page.Address) : item.Link;
        if (item.Children.Count == 0) return new(item.Title, href, item.Page is not null && item.Page == _page, IsOpen: false, item.Page is null, 0, []);
        return _isLarge && !isOpen
            ? new(item.Title, href ?? (First(item) is { } first ? _at.Page(first.Address) : null), IsCurrent: false, IsOpen: false, IsOutside: false, Count(item.Children), [])
            : new(item.Title, href, item.Page is not null && item.Page == _page, isOpen || _isExpanded || (isTop && _hasOpenSections), IsOutside: false, 0, Level(item.Children, isTop: false));
    }

    private static NavNode More(IEnumerable<NavItem> items) => new("", null, IsCurrent: false, IsOpen: false, IsOutside: false, Count([.. items]), []);

    private bool Holds(NavItem item) => _page is not null && (item.Page == _page || item.Children.Any(Holds));

    private static SitePage? First(NavItem item) => item.Page ?? item.Children.Select(First).FirstOrDefault(page => page is not null);

    private static int Count(IReadOnlyList<NavItem> items) => items.Sum(item => (item.Page is null && item.Link is null ? 0 : 1) + Count(item.Children));
}
