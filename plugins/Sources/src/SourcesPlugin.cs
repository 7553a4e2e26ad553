using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Stagedoor.Plugins;
using Stagedoor.Sources.Git;
using Stagedoor.Sources.Hosts;
using Stagedoor.Sources.Http;
using Stagedoor.Sources.Sample;

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
        plugin.Services.AddSingleton(services => new GitProgram(services.GetRequiredService<SourcesOptions>().Git, services.GetRequiredService<TimeProvider>()));
        plugin.Services.AddSingleton(services => services.GetRequiredService<SourcesOptions>().Git);
        plugin.Services.AddSingleton<RemoteAccess>();
        plugin.Services.AddSingleton<CopyFetch>();
        plugin.Services.AddSingleton<Repositories>();
        plugin.Services.AddSingleton<IRepositories>(services => services.GetRequiredService<Repositories>());
        plugin.OnStart((services, _) => MakeSampleRepositories.MakeFolder(services.GetRequiredService<IPortalFolders>()));
        plugin.Background<MakeSampleRepositories>();
        plugin.Job<EvictCopies>(
            new JobSchedule { Every = TimeSpan.FromHours(6), InitialDelay = TimeSpan.FromMinutes(30), Jitter = TimeSpan.FromMinutes(10), Timeout = TimeSpan.FromHours(1), Scope = JobScope.Replica },
            "Deletes copies of repositories that nobody used for long, and tidies those in use.");
    }
}
