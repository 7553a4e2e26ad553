using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Stagedoor.Host.Starting;
using Stagedoor.Plugins;

namespace Stagedoor.Host.Marks;

/// <summary>What the host needs to remember which entities matter to whom.</summary>
internal static class MarksServices
{
    public static IServiceCollection AddMarks(this IServiceCollection services)
    {
        services.AddSingleton<MarkedEntities>();
        services.AddSingleton<IBackgroundPart>(provider => provider.GetRequiredService<MarkedEntities>());
        services.AddSingleton<IEntityMarks, EntityMarks>();
        services.AddSingleton<Visits>();
        services.AddSingleton<IVisits>(provider => provider.GetRequiredService<Visits>());
        services.AddSingleton<IBackgroundPart>(provider => provider.GetRequiredService<Visits>());
        return services;
    }

    /// <summary>What the host's own pseudo-plugin contributes for marks and visits.</summary>
    public static void Contribute(PluginBuilder portal)
    {
        portal.SettingsPage(new NavigationItem("Stars and subscriptions", StarsPage.Address) { Icon = "star", Order = 2 });
        portal.Job<PruneVisits>(
            new JobSchedule { Every = TimeSpan.FromHours(24), Timeout = TimeSpan.FromMinutes(10), Jitter = TimeSpan.FromMinutes(30), InitialDelay = TimeSpan.FromMinutes(15) },
            "Forgets what people looked at half a year ago.");
    }

    public static void MapMarks(this IEndpointRouteBuilder routes) =>
        routes.MapPost(MarkForm.Path, MarkForm.Handle).DisableAntiforgery().RequireAuthorization().ExcludeFromDescription();
}
