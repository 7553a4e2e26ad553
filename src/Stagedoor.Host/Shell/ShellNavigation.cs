using System.Collections.Concurrent;
using Stagedoor.Host.Loading;
using Stagedoor.Plugins;
using Stagedoor.UI;

namespace Stagedoor.Host.Shell;

/// <summary>The links of the sidebar and of settings, as the active plugins contribute them, for one caller.</summary>
internal sealed class ShellNavigation(PluginRegistry plugins, PersonalLinks personal, Theme.PortalTheme theme)
{
    /// <summary>Beyond this all are forgotten, and made again when they are wanted.</summary>
    private const int MaxKept = 2000;

    private readonly ConcurrentDictionary<(int, string), CallerNavigation> _byRights = new();
    private readonly ConcurrentDictionary<(CallerNavigation, string), CallerNavigation> _byLinks = new();

    public CallerNavigation For(Caller caller)
    {
        var version = plugins.Version;
        var rights = caller.IsAdministrator ? "*" : string.Join(' ', caller.Permissions.Order(StringComparer.Ordinal));
        return _byRights.GetOrAdd((version, rights), _ => Build(caller));
    }

    /// <summary>With the links that are the caller's own. The same answer for the same links, so that what is drawn of it can be kept.</summary>
    public async ValueTask<CallerNavigation> WithOwn(Caller caller, CancellationToken cancellationToken)
    {
        var all = For(caller);
        var own = await personal.For(caller, cancellationToken);
        if (own.Count == 0)
        {
            return all;
        }

        var key = (all, PersonalLinks.KeyOf(own));
        if (!_byLinks.TryGetValue(key, out var known))
        {
            if (_byLinks.Count >= MaxKept)
            {
                _byLinks.Clear();
            }

            var groups = Grouped(all.Groups.SelectMany(group => group.Items).Concat(own));
            _byLinks[key] = known = all with { Groups = groups, Sidebar = Arranged(groups) };
        }

        return known;
    }

    private CallerNavigation Build(Caller caller)
    {
        var groups = Grouped(plugins.Active.SelectMany(plugin => plugin.Contributions.Navigation).Where(item => caller.May(item.Permission)));
        return new CallerNavigation(
            groups,
            Arranged(groups),
            Sorted(plugins.Active.SelectMany(plugin => plugin.Contributions.SettingsPages).Where(item => caller.May(item.Permission))),
            [.. plugins.Active.SelectMany(plugin => plugin.Contributions.Actions).Where(action => caller.May(action.Permission))]);
    }

    private static List<NavigationGroup> Grouped(IEnumerable<NavigationItem> items) =>
    [
        .. items
            .GroupBy(item => item.Group)
            .OrderBy(group => group.Key is null ? 0 : 1)
            .ThenBy(group => group.Min(item => item.Order))
            .Select(group => new NavigationGroup(group.Key, Sorted(group))),
    ];

    private List<NavGroup> Arranged(List<NavigationGroup> groups) =>
        [.. groups.Where(group => !IsLast(group)).Select(Shown), .. Links(), .. groups.Where(IsLast).Select(Shown)];

    private IEnumerable<NavGroup> Links() => theme.Links.Count == 0 ? [] : [new NavGroup(theme.Organisation ?? "Links", theme.Links)];

    /// <summary>The portal's own pages stand at the end, below all that plugins and the company add.</summary>
    private static bool IsLast(NavigationGroup group) => group.Items.All(item => item.Order >= PortalPlugin.LastInNavigation);

    private static NavGroup Shown(NavigationGroup group) =>
        new(group.Title, [.. group.Items.Select(item => new NavItem(item.Title, item.Href, item.Icon) { Shortcut = item.Shortcut })]);

    private static List<NavigationItem> Sorted(IEnumerable<NavigationItem> items) =>
        [.. items.OrderBy(item => item.Order).ThenBy(item => item.Title, StringComparer.OrdinalIgnoreCase)];
}

internal sealed record CallerNavigation(
    IReadOnlyList<NavigationGroup> Groups, IReadOnlyList<NavGroup> Sidebar, IReadOnlyList<NavigationItem> SettingsPages, IReadOnlyList<ActionItem> Actions);

internal sealed record NavigationGroup(string? Title, IReadOnlyList<NavigationItem> Items);
