using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Components.Endpoints;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Primitives;
using Stagedoor.Plugins;

namespace Stagedoor.Host.Loading;

/// <summary>Says on an endpoint which plugin it belongs to.</summary>
internal sealed record PluginEndpoint(string PluginId);

/// <summary>
/// Maps the APIs of plugins, after a look at their pages and cards. Each plugin's endpoints are built apart, and at once: a handler that cannot be built
/// fails its plugin, while otherwise it would break the routing of the whole portal at the first request.
/// </summary>
internal static class PluginEndpoints
{
    public static void MapPlugins(this IEndpointRouteBuilder routes)
    {
        var registry = routes.ServiceProvider.GetRequiredService<PluginRegistry>();
        var log = routes.ServiceProvider.GetRequiredService<ILoggerFactory>().CreateLogger("Stagedoor.Plugins");
        var examination = new PluginExamination(routes.ServiceProvider);
        foreach (var plugin in registry.All)
        {
            // One that leaves takes those along that need it.
            if (!plugin.IsActive)
            {
                continue;
            }

            try
            {
                if (plugin.Origin != PluginOrigin.Host && examination.FindFault(plugin) is { } fault)
                {
                    plugin.Leave(PluginState.Failed, fault);
                    continue;
                }

                var apart = new RoutesApart(routes);
                foreach (var api in plugin.Contributions.Apis)
                {
                    var group = apart.MapGroup(api.Prefix)
                        .RequireAuthorization()
                        .WithTags(plugin.Id)
                        .WithMetadata(new PluginEndpoint(plugin.Id));
                    api.Map(group);
                }

                Endpoint[] built = [.. apart.DataSources.SelectMany(source => source.Endpoints)];
                if (built.Select(examination.FindFault).FirstOrDefault(mistake => mistake is not null) is { } mistake)
                {
                    plugin.Leave(PluginState.Failed, $"Its API could not be built. {mistake}");
                    continue;
                }

                routes.DataSources.Add(new BuiltEndpoints(built));
            }
            catch (Exception e) when (plugin.Origin != PluginOrigin.Host && e is not OutOfMemoryException)
            {
                plugin.Leave(PluginState.Failed, $"Its API could not be built: {e.Message}");
                log.LogError(e, "The plugin {Plugin} failed: its API could not be built", plugin.Id);
            }
        }
    }

    /// <summary>The plugin that an endpoint, page or API, belongs to.</summary>
    public static LoadedPlugin? OwnerOf(this PluginRegistry registry, Endpoint endpoint)
    {
        if (endpoint.Metadata.GetMetadata<PluginEndpoint>() is { } mark)
        {
            return registry.Find(mark.PluginId);
        }

        return endpoint.Metadata.GetMetadata<ComponentTypeMetadata>() is { } component ? registry.FindByAssembly(component.Type.Assembly) : null;
    }

    private sealed class RoutesApart(IEndpointRouteBuilder portal) : IEndpointRouteBuilder
    {
        public IServiceProvider ServiceProvider => portal.ServiceProvider;

        public ICollection<EndpointDataSource> DataSources { get; } = [];

        public IApplicationBuilder CreateApplicationBuilder() => portal.CreateApplicationBuilder();
    }

    private sealed class BuiltEndpoints(IReadOnlyList<Endpoint> endpoints) : EndpointDataSource
    {
        public override IReadOnlyList<Endpoint> Endpoints { get; } = endpoints;

        public override IChangeToken GetChangeToken() => new CancellationChangeToken(CancellationToken.None);
    }
}
