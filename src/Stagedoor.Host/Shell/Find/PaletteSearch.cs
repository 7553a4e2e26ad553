using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Stagedoor.Host.Loading;
using Stagedoor.Plugins;
using Stagedoor.UI;

namespace Stagedoor.Host.Shell.Find;

/// <summary>
/// Finds what one may want to go to or do: pages, actions, and whatever the plugins' search sources suggest. The palette and the
/// page Find show the same.
/// </summary>
internal sealed class PaletteSearch(ShellNavigation navigation, PluginRegistry plugins, IServiceProvider services, ILogger<PaletteSearch> log)
{
    private const int MaxQuery = 200;

    /// <summary>So many of each sort fit into the palette.</summary>
    public const int PerSection = 8;

    /// <summary>So many are shown on the page.</summary>
    public const int PerPage = 24;

    private static readonly TimeSpan SourceLimit = TimeSpan.FromMilliseconds(800);

    /// <param name="most">How many of each sort.</param>
    public async Task<PaletteAnswer> Search(string? query, Caller caller, int most, CancellationToken cancellationToken)
    {
        var text = CutText.Start((query ?? "").Trim(), MaxQuery);
        var mine = await navigation.WithOwn(caller, cancellationToken);
        var pages = mine.Groups.SelectMany(group => group.Items)
            .Concat(mine.SettingsPages)
            .Where(item => Matches(item.Title, text))
            .Select(item => new PaletteItem(item.Title, item.Href) { Icon = item.Icon });
        var actions = mine.Actions
            .Where(action => Matches(action.Title, text))
            .Select(action => new PaletteItem(action.Title, action.Href) { Icon = action.Icon, Detail = action.Detail });

        var sections = new List<PaletteSection> { new("Pages", [.. pages.Take(text.Length == 0 ? Math.Max(20, most) : most)]), new("Actions", [.. actions.Take(most)]) };
        if (text.Length > 0)
        {
            var sources = plugins.Active.SelectMany(plugin => plugin.Contributions.SearchSources.Select(type => (plugin, type)));
            sections.AddRange(await Task.WhenAll(sources.Select(source => Ask(source.plugin, source.type, text, caller, most, cancellationToken))));
        }

        return new PaletteAnswer([.. sections.Where(section => section.Items.Count > 0)]);
    }

    private async Task<PaletteSection> Ask(LoadedPlugin plugin, Type type, string text, Caller caller, int most, CancellationToken cancellationToken)
    {
        using var limited = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limited.CancelAfter(SourceLimit);
        try
        {
            var source = (ISearchSource)services.GetRequiredService(type);
            var found = await source.Suggest(text, caller, most, limited.Token).WaitAsync(limited.Token);
            return new PaletteSection(
                source.Title,
                [.. found.Where(document => caller.May(document.Permission)).Take(most).Select(d => new PaletteItem(d.Title, d.Href) { Icon = d.Icon, Detail = d.Detail })]);
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested && e is not OutOfMemoryException)
        {
            log.LogWarning(e, "The search source {Source} of the plugin {Plugin} did not answer", type.Name, plugin.Id);
            return new PaletteSection(plugin.Info.Name, []);
        }
    }

    /// <summary>Each word of the query must begin a word of the title, or stand in it if it is long enough to mean something.</summary>
    private static bool Matches(string title, string query) =>
        query.Split(' ', StringSplitOptions.RemoveEmptyEntries).All(word =>
            title.Split(' ').Any(part => part.StartsWith(word, StringComparison.OrdinalIgnoreCase))
            || (word.Length >= 3 && title.Contains(word, StringComparison.OrdinalIgnoreCase)));
}
