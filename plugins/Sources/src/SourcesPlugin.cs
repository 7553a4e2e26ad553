using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Stagedoor.Plugins;
using Stagedoor.Sources.Hosts;
using Stagedoor.Sources.Http;

namespace Stagedoor.Sources;

/// <summary>The one place that reaches outside: repositories over git, and HTTP to allowed hosts.</summary>
public sealed class SourcesPlugin : IPlugin
{
    public PluginInfo Info { get; } = new("sources", "Sources", "Reads repositories and addresses outside the portal, and nothing that is not allowed.");

    public void Configure(PluginBuilder plugin)
    {
        ArgumentNullException.ThrowIfNull(plugin);
        plugin.Options<SourcesOptions>();
        plugin.Services.AddSingleton(services => services.GetRequiredService<IOptions<SourcesOptions>>().Value);
        plugin.Services.AddSingleton<HostRules>();
        plugin.Services.AddSingleton<IHostAddresses, SystemHostAddresses>();
        plugin.Services.AddSingleton<VettedAddresses>();
        plugin.Services.AddSingleton<IOutboundHttp, OutboundHttp>();
    }
}
