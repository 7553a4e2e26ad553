using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Stagedoor.Host.Operations.Api;
using Stagedoor.Host.Operations.Detail;
using Stagedoor.Host.Operations.Running;
using Stagedoor.Host.Starting;
using Stagedoor.Plugins;

namespace Stagedoor.Host.Operations;

/// <summary>What the host needs to put operations in place.</summary>
internal static class OperationsServices
{
    public static IServiceCollection AddOperations(this IServiceCollection services)
    {
        services.TryAddSingleton<RunnerLimits>();
        services.AddSingleton<OperationKinds>();
        services.AddSingleton<OperationStore>();
        services.AddSingleton<RunStore>();
        services.AddSingleton<PortalOperations>();
        services.AddSingleton<IOperations>(provider => provider.GetRequiredService<PortalOperations>());
        services.AddSingleton<OperationRunner>();
        services.AddSingleton<IBackgroundPart>(provider => provider.GetRequiredService<OperationRunner>());
        return services;
    }

    public static void MapOperations(this IEndpointRouteBuilder routes)
    {
        routes.MapOperationsApi();
        routes.MapOperationFragments();
    }

    /// <summary>What the host's own pseudo-plugin contributes for operations.</summary>
    public static void Contribute(PluginBuilder portal)
    {
        portal.Permission(OperationPermissions.Read, Role.Everyone);
        portal.Permission(OperationPermissions.Steer, Role.Administrator);
        portal.SettingsPage(new NavigationItem("Operations", "/settings/operations") { Icon = "activity", Order = 30, Permission = OperationPermissions.Read });
        portal.Job<PruneOperations>(
            new JobSchedule { Every = TimeSpan.FromHours(6), Timeout = TimeSpan.FromMinutes(10), Jitter = TimeSpan.FromMinutes(10), InitialDelay = TimeSpan.FromMinutes(5) },
            "Deletes operations that ended long ago, with their items and logs.");
    }
}
