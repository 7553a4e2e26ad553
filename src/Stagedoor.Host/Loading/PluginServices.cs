using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Stagedoor.Host.Loading;

/// <summary>
/// Merges the services of active plugins into the portal's. What the portal registered itself stays: a plugin's
/// <c>AddHttpClient()</c> or <c>AddLogging()</c> brings only what is missing, and can replace nothing by accident.
/// </summary>
internal static class PluginServices
{
    public static IServiceCollection AddPlugins(this IServiceCollection services, PluginRegistry registry)
    {
        services.AddSingleton(registry);
        services.AddSingleton<Stagedoor.Plugins.ISlots, SlotRegistry>();
        var ofHost = services.Select(service => service.ServiceType).ToHashSet();
        foreach (var service in registry.Active.SelectMany(plugin => plugin.Services))
        {
            if (IsList(service.ServiceType))
            {
                if (service.IsKeyedService || service.ImplementationType is null)
                {
                    services.Add(service);
                }
                else
                {
                    services.TryAddEnumerable(service);
                }
            }
            else if (!ofHost.Contains(service.ServiceType) || IsForPlugins(service.ServiceType))
            {
                services.Add(service);
            }
        }

        return services;
    }

    /// <summary>Services that the framework takes all of, such as <c>IConfigureOptions</c>.</summary>
    private static bool IsList(Type type) => type.IsGenericType && type.Namespace == "Microsoft.Extensions.Options";

    /// <summary>Nouns of the contract that a plugin may provide in place of the host's own: the last one counts.</summary>
    private static bool IsForPlugins(Type type) => type.Assembly == typeof(Stagedoor.Plugins.IPlugin).Assembly;
}
