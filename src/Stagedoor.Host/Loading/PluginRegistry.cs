using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using Stagedoor.Plugins;

namespace Stagedoor.Host.Loading;

internal enum PluginState
{
    Active,
    Failed,
    Incompatible,
    Disabled,
}

internal enum PluginOrigin
{
    /// <summary>The host itself, which contributes its own pages, jobs and permissions through the same contract.</summary>
    Host,
    FirstParty,
    Folder,
}

/// <summary>A plugin as it was found, and what became of it.</summary>
internal sealed class LoadedPlugin(PluginInfo info, PluginOrigin origin, string version, Assembly? assembly, PluginContributions contributions)
{
    public PluginInfo Info { get; } = info;

    public string Id => Info.Id;

    public PluginOrigin Origin { get; } = origin;

    public string Version { get; } = version;

    public Assembly? Assembly { get; } = assembly;

    public PluginContributions Contributions { get; } = contributions;

    /// <summary>Its services, merged into the portal's container when it stays active.</summary>
    public IServiceCollection Services { get; init; } = new ServiceCollection();

    /// <summary>The folder it was dropped in as, if it was.</summary>
    public string? Folder { get; init; }

    /// <summary>What it threw, for the log.</summary>
    public Exception? Fault { get; set; }

    public PluginState State { get; private set; } = PluginState.Active;

    /// <summary>Why it is not active.</summary>
    public string? Reason { get; private set; }

    public bool IsActive => State == PluginState.Active;

    /// <summary>Tells the registry.</summary>
    public Action? Left { get; set; }

    public void Leave(PluginState state, string reason)
    {
        State = state;
        Reason = reason;
        Left?.Invoke();
    }
}

/// <summary>All plugins that were found at this start, the host first.</summary>
internal sealed class PluginRegistry
{
    private readonly Dictionary<Assembly, LoadedPlugin> _byAssembly = [];
    private readonly Dictionary<string, LoadedPlugin> _byId = new(StringComparer.Ordinal);
    private int _version;

    public PluginRegistry(IReadOnlyList<LoadedPlugin> all)
    {
        All = all;
        foreach (var plugin in all)
        {
            plugin.Left = () =>
            {
                Interlocked.Increment(ref _version);
                LeaveWithout();
            };

            // Of two with one id the active one is meant: the other was refused because of it.
            if (!_byId.TryGetValue(plugin.Id, out var known) || !known.IsActive)
            {
                _byId[plugin.Id] = plugin;
            }

            if (plugin is { Assembly: { } assembly, IsActive: true })
            {
                _byAssembly.TryAdd(assembly, plugin);
            }
        }

        LeaveWithout();
    }

    public IReadOnlyList<LoadedPlugin> All { get; }

    public IEnumerable<LoadedPlugin> Active => All.Where(plugin => plugin.IsActive);

    /// <summary>Grows with each plugin that leaves, so that what was derived from the active ones is derived anew.</summary>
    public int Version => Volatile.Read(ref _version);

    public LoadedPlugin? Find(string id) => _byId.GetValueOrDefault(id);

    public LoadedPlugin? FindByAssembly(Assembly assembly) => _byAssembly.GetValueOrDefault(assembly);

    /// <summary>A plugin goes with the one it needs, and those who need it go with it: each that leaves comes here again.</summary>
    private void LeaveWithout()
    {
        foreach (var plugin in All)
        {
            if (plugin is { IsActive: true, Origin: not PluginOrigin.Host } && plugin.Info.Needs.FirstOrDefault(id => Find(id) is not { IsActive: true }) is { } missing)
            {
                var (state, why) = Find(missing)?.State switch
                {
                    PluginState.Disabled => (PluginState.Disabled, "disabled"),
                    PluginState.Incompatible => (PluginState.Failed, "not compatible"),
                    PluginState.Failed => (PluginState.Failed, "not active because it failed"),
                    _ => (PluginState.Failed, "not installed"),
                };
                plugin.Leave(state, $"It needs the plugin {missing}, which is {why}.");
            }
        }
    }
}
