using System.Collections.Concurrent;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Stagedoor.Host.Loading;
using Stagedoor.Plugins;

namespace Stagedoor.Host.Shell;

/// <summary>
/// The links of the sidebar that are not the same for everybody, as plugins contribute them. Every page asks for them, so one
/// that fails or is slow is left out, and the page is shown without.
/// </summary>
internal sealed class PersonalLinks(PluginRegistry plugins, IServiceProvider services, TimeProvider time, ILogger<PersonalLinks> log)
{
    /// <summary>They are to answer from memory.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromMilliseconds(250);

    private const int MostOfOne = 50;
    private readonly ConcurrentDictionary<Type, int> _failures = new();

    public async ValueTask<IReadOnlyList<NavigationItem>> For(Caller caller, CancellationToken cancellationToken)
    {
        List<NavigationItem>? all = null;
        foreach (var plugin in plugins.Active)
        {
            foreach (var type in plugin.Contributions.PersonalNavigation)
            {
                var items = await Ask(plugin, type, caller, cancellationToken);
                if (items.Count > 0)
                {
                    (all ??= []).AddRange(items.Where(item => caller.May(item.Permission)).Take(MostOfOne));
                }
            }
        }

        return all ?? [];
    }

    /// <summary>The same for the same links, whoever they are for.</summary>
    public static string KeyOf(IReadOnlyList<NavigationItem> items)
    {
        var key = new StringBuilder();
        foreach (var item in items)
        {
            key.Append(item.Title).Append('\n').Append(item.Href).Append('\n').Append(item.Icon).Append('\n').Append(item.Group).Append('\n').Append(item.Order).Append(item.Shortcut).Append('\n');
        }

        return key.ToString();
    }

    private async ValueTask<IReadOnlyList<NavigationItem>> Ask(LoadedPlugin plugin, Type type, Caller caller, CancellationToken cancellationToken)
    {
        try
        {
            var answer = ((IPersonalNavigation)services.GetRequiredService(type)).For(caller, cancellationToken);
            return answer.IsCompletedSuccessfully ? answer.Result : await answer.AsTask().WaitAsync(Limit, time, cancellationToken);
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested && e is not OutOfMemoryException)
        {
            // The first, and then every thousandth: it would be one for each page.
            var failures = _failures.AddOrUpdate(type, 1, (_, before) => before + 1);
            if (failures % 1000 == 1)
            {
                log.LogWarning(e, "{Navigation} of the plugin {Plugin} gave no links for the sidebar, {Failures} times by now", type.Name, plugin.Id, failures);
            }

            return [];
        }
    }
}
