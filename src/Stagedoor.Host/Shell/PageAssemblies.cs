using System.Reflection;
using Stagedoor.Host.Loading;

namespace Stagedoor.Host.Shell;

/// <summary>Where pages are found, besides the host: the kit with its gallery, and the plugins.</summary>
internal sealed class PageAssemblies(PluginRegistry plugins)
{
    public Assembly[] Others { get; } =
    [
        typeof(UI.AppFrame).Assembly,
        .. plugins.Active.Where(plugin => plugin.Origin != PluginOrigin.Host).Select(plugin => plugin.Assembly!).Distinct(),
    ];
}
