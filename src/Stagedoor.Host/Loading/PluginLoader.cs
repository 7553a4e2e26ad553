using System.Reflection;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Stagedoor.Host.Configuration.Sections;
using Stagedoor.Plugins;

namespace Stagedoor.Host.Loading;

/// <summary>
/// Turns plugins into a registry: asks each to configure itself, checks what it contributes against the rules and against
/// the plugins before it, and leaves out, with the reason, whichever breaks one.
/// </summary>
internal sealed partial class PluginLoader
{
    /// <summary>Names that are the host's: sections of the configuration, prefixes of permissions and tables.</summary>
    public static readonly IReadOnlySet<string> ReservedIds = HostSections.All()
        .Select(section => section.Name)
        .Concat(["ui", "api", "fragments", "settings", "find", "theme", "audit", "healthz", "readyz", "metrics"])
        .ToHashSet(StringComparer.Ordinal);

    private static readonly HashSet<Type> HostOwned = new()
    {
        typeof(IDatabase), typeof(IWorkQueue), typeof(IAudit), typeof(IOperations), typeof(INotify), typeof(IInbox), typeof(IPersonalSettings),
        typeof(ISecrets), typeof(IEvents), typeof(ISlots), typeof(IToasts), typeof(IEnvironments), typeof(ICallerAccessor), typeof(TimeProvider),
        typeof(ICatalogContributions), typeof(IPortalFolders), typeof(IEntityMarks), typeof(IVisits),
    };

    private readonly List<LoadedPlugin> _loaded = [];
    private readonly Dictionary<string, string> _routes = new(StringComparer.OrdinalIgnoreCase);

    public PluginRegistry Load(IPlugin host, IReadOnlyList<IPlugin> firstParty, IReadOnlyList<FoundPlugin> found, IReadOnlySet<string> disabled)
    {
        Add(host, PluginOrigin.Host, VersionOf(host.GetType().Assembly), folder: null);

        // A folder's plugin takes the place of a first-party plugin of the same id: that is how one is upgraded alone.
        var replaced = found.Where(f => f.Plugin is not null).Select(f => IdOf(f.Plugin!)).OfType<string>().ToHashSet(StringComparer.Ordinal);
        foreach (var plugin in firstParty)
        {
            if (IdOf(plugin) is not { } id || !replaced.Contains(id))
            {
                Offer(plugin, PluginOrigin.FirstParty, VersionOf(plugin.GetType().Assembly), folder: null, disabled);
            }
        }

        foreach (var folder in found)
        {
            if (folder.Plugin is not null)
            {
                Offer(folder.Plugin, PluginOrigin.Folder, folder.Version, folder.Folder, disabled);
            }
            else
            {
                var left = new LoadedPlugin(new PluginInfo(folder.FolderName, folder.FolderName, ""), PluginOrigin.Folder, folder.Version, null, new PluginContributions());
                left.Leave(folder.State, folder.Reason!);
                _loaded.Add(left);
            }
        }

        return new PluginRegistry(_loaded);
    }

    private void Offer(IPlugin plugin, PluginOrigin origin, string version, string? folder, IReadOnlySet<string> disabled)
    {
        if (IdOf(plugin) is { } id && disabled.Contains(id))
        {
            var left = new LoadedPlugin(plugin.Info, origin, version, plugin.GetType().Assembly, new PluginContributions()) { Folder = folder };
            left.Leave(PluginState.Disabled, "Disabled by plugins.disabled in the configuration.");
            _loaded.Add(left);
            return;
        }

        Add(plugin, origin, version, folder);
    }

    private void Add(IPlugin plugin, PluginOrigin origin, string version, string? folder)
    {
        var assembly = plugin.GetType().Assembly;
        var info = new PluginInfo(assembly.GetName().Name!, assembly.GetName().Name!, "");
        try
        {
            info = plugin.Info;
            var builder = new PluginBuilder(info);
            plugin.Configure(builder);
            var loaded = new LoadedPlugin(info, origin, version, assembly, builder.Contributions) { Services = builder.Services, Folder = folder };
            if (origin != PluginOrigin.Host && FindFault(loaded) is { } fault)
            {
                loaded.Leave(PluginState.Failed, fault);
            }

            _loaded.Add(loaded);
            if (loaded.IsActive)
            {
                foreach (var route in RoutesOf(assembly))
                {
                    _routes.TryAdd(route, loaded.Id);
                }
            }
        }
        catch (Exception e) when (origin != PluginOrigin.Host && e is not OutOfMemoryException)
        {
            var failed = new LoadedPlugin(info, origin, version, assembly, new PluginContributions()) { Folder = folder };
            failed.Leave(PluginState.Failed, $"It failed while configuring itself: {e.GetType().Name}: {e.Message}");
            failed.Fault = e;
            _loaded.Add(failed);
        }
    }

    private string? FindFault(LoadedPlugin plugin)
    {
        var c = plugin.Contributions;
        if (!IsId(plugin.Id))
        {
            return $"Its id '{plugin.Id}' is not kebab case: lower-case letters, digits and single dashes, at most 40 characters.";
        }

        if (ReservedIds.Contains(plugin.Id))
        {
            return $"Its id '{plugin.Id}' is a name that the portal uses itself. Choose another.";
        }

        if (_loaded.FirstOrDefault(other => other.Id == plugin.Id && other.IsActive) is { } twin)
        {
            return $"Another plugin has the id '{plugin.Id}' already: {twin.Info.Name} {twin.Version}.";
        }

        foreach (var permission in c.Permissions.Select(p => p.Permission.Name).Where(name => !name.StartsWith(plugin.Id + ".", StringComparison.Ordinal)))
        {
            return $"Its permission '{permission}' must start with '{plugin.Id}.'.";
        }

        foreach (var api in c.Apis)
        {
            if (_loaded.FirstOrDefault(other => other.IsActive && other.Contributions.Apis.Any(a => Overlap(a.Prefix, api.Prefix))) is { } owner)
            {
                return $"It wants the address {api.Prefix}, which belongs to the plugin {owner.Id}.";
            }

            if (ReservedIds.Any(reserved => reserved != plugin.Id && Overlap($"/api/{reserved}", api.Prefix)))
            {
                return $"It wants the address {api.Prefix}, which belongs to the portal.";
            }
        }

        foreach (var twice in c.Jobs.GroupBy(job => job.Name).Where(group => group.Count() > 1))
        {
            return $"It declares the job {twice.Key} twice.";
        }

        foreach (var twice in c.Operations.GroupBy(operation => operation.Kind).Where(group => group.Count() > 1))
        {
            return $"It declares two handlers for the operation {twice.Key}.";
        }

        foreach (var route in RoutesOf(plugin.Assembly!))
        {
            if (_routes.TryGetValue(route, out var owner))
            {
                return $"It has a page at {route}, which belongs to the plugin {owner}.";
            }
        }

        foreach (var service in plugin.Services)
        {
            if (HostOwned.Contains(service.ServiceType))
            {
                return $"It registers {service.ServiceType.Name}, which belongs to the portal.";
            }

            if (service.ServiceType == typeof(IHostedService))
            {
                return $"It registers a hosted service ({service.ImplementationType?.Name ?? "by a factory"}), which could stop the portal. Use Job or OnStart.";
            }
        }

        return null;
    }

    /// <summary>Whether one prefix is the other, or lies below it.</summary>
    private static bool Overlap(string one, string other) =>
        $"{one}/".StartsWith($"{other}/", StringComparison.OrdinalIgnoreCase) || $"{other}/".StartsWith($"{one}/", StringComparison.OrdinalIgnoreCase);

    private static string? IdOf(IPlugin plugin)
    {
        try
        {
            return plugin.Info.Id;
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // Add meets the same exception again and reports it.
            return null;
        }
    }

    private static IEnumerable<string> RoutesOf(Assembly assembly) =>
        assembly.GetExportedTypes()
            .SelectMany(type => type.GetCustomAttributes<RouteAttribute>())
            .Select(route => ParameterPattern().Replace(route.Template.TrimEnd('/'), "{}"))
            .Select(template => template.Length == 0 ? "/" : template);

    private static string VersionOf(Assembly assembly) =>
        assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? assembly.GetName().Version?.ToString(3) ?? "";

    [GeneratedRegex("^[a-z][a-z0-9]*(-[a-z0-9]+)*$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex KebabPattern();

    private static bool IsId(string id) => id.Length <= 40 && KebabPattern().IsMatch(id);

    [GeneratedRegex(@"\{[^}]*\}", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex ParameterPattern();
}
