using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Stagedoor.Host.Starting;
using Stagedoor.Plugins;

namespace Stagedoor.Host.Events;

/// <summary>What the host needs to pass events on.</summary>
internal static class EventsServices
{
    public static IServiceCollection AddEvents(this IServiceCollection services)
    {
        services.TryAddSingleton<EventTimes>();
        services.AddSingleton<PortalEvents>();
        services.AddSingleton<IEvents>(provider => provider.GetRequiredService<PortalEvents>());
        services.AddSingleton<IBackgroundPart>(provider => provider.GetRequiredService<PortalEvents>());
        return services;
    }
}
