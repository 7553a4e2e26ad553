using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Stagedoor.Host.Notifications.Api;
using Stagedoor.Host.Notifications.List;
using Stagedoor.Host.Notifications.Muting;
using Stagedoor.Host.Starting;
using Stagedoor.Plugins;

namespace Stagedoor.Host.Notifications;

/// <summary>What the host needs to put notifications in place.</summary>
internal static class NotificationsServices
{
    public const string InboxPageAddress = "/notifications";

    public static IServiceCollection AddNotifications(this IServiceCollection services)
    {
        services.AddSingleton<UnreadCounts>();
        services.AddSingleton<IBackgroundPart>(provider => provider.GetRequiredService<UnreadCounts>());
        services.AddSingleton<MutedTopics>();
        services.AddSingleton<INotify, Notifier>();
        services.AddSingleton<Inbox>();
        services.AddSingleton<IInbox>(provider => provider.GetRequiredService<Inbox>());
        return services;
    }

    public static void MapNotifications(this IEndpointRouteBuilder routes)
    {
        routes.MapGet(OpenNotification.Pattern, OpenNotification.Handle).RequireAuthorization().ExcludeFromDescription();
        routes.MapNotificationsApi();
    }

    /// <summary>What the host's own pseudo-plugin contributes for notifications.</summary>
    public static void Contribute(PluginBuilder portal)
    {
        portal.SettingsPage(new NavigationItem("Notifications", MutePage.Address) { Icon = "bell", Order = 4 });
        portal.Action(new ActionItem("Notifications", InboxPageAddress) { Icon = "bell", Detail = "What you were told" });
        portal.Job<PruneInbox>(
            new JobSchedule { Every = TimeSpan.FromHours(24), Timeout = TimeSpan.FromMinutes(10), Jitter = TimeSpan.FromMinutes(30), InitialDelay = TimeSpan.FromMinutes(10) },
            "Deletes notifications that were sent half a year ago.");
    }
}
