using System.Reflection;
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

    public PluginState State { get; private set; } = PluginState.Active;

    /// <summary>Why it is not active.</summary>
    public string? Reason { get; private set; }

    public bool IsActive => State == PluginState.Active;

    public void Leave(PluginState state, string reason)
    {
        State = state;
        Reason = reason;
    }
}

/// <summary>All plugins that were found at this start, the host first.</summary>
internal sealed class PluginRegistry(IReadOnlyList<LoadedPlugin> all)
{
    public IReadOnlyList<LoadedPlugin> All { get; } = all;

    public IEnumerable<LoadedPlugin> Active => All.Where(plugin => plugin.IsActive);

    public LoadedPlugin? Find(string id) => All.FirstOrDefault(plugin => plugin.Id == id);
}
