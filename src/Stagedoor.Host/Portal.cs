using Stagedoor.Host.CommandLine;
using Stagedoor.Host.Configuration;
using Stagedoor.Host.Configuration.Sections;
using Stagedoor.Host.Loading;
using Stagedoor.Host.Starting;
using Stagedoor.Plugins;

namespace Stagedoor.Host;

/// <summary>The portal: server and command line in one.</summary>
public static class Portal
{
    /// <summary>Runs what the arguments ask for, a server unless they name another command, and returns the exit code.</summary>
    /// <param name="firstParty">The plugins compiled into the executable.</param>
    public static Task<int> Run(string[] args, IReadOnlyList<IPlugin> firstParty) => PortalCommandLine.Run(args, new CommandLineParts
    {
        Serve = (settings, stopping) => PortalServer.Serve(settings, firstParty, stopping),
        Plugins = configuration => FindPlugins(configuration, firstParty, withSample: false).All,
    });

    internal static PluginRegistry FindPlugins(LoadedConfiguration configuration, IReadOnlyList<IPlugin> firstParty, bool withSample)
    {
        var disabled = configuration.Get<PluginsOptions>("plugins").Disabled.ToHashSet(StringComparer.Ordinal);
        return new PluginLoader().Load(new PortalPlugin(withSample), firstParty, new PluginFolder(configuration.PluginsFolder).Find(disabled), disabled);
    }
}
