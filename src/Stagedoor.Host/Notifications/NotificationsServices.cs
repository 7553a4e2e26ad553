using Microsoft.Extensions.DependencyInjection;
using Stagedoor.Host.Starting;
using Stagedoor.Plugins;

namespace Stagedoor.Host.Notifications;

/// <summary>What the host needs to put notifications in place.</summary>
internal static class NotificationsServices
{
    public static IServiceCollection AddNotifications(this IServiceCollection services)
    {
        services.AddSingleton<UnreadCounts>();
        services.AddSingleton<IBackgroundPart>(provider => provider.GetRequiredService<UnreadCounts>());
        services.AddSingleton<INotify, Notifier>();
        services.AddSingleton<IInbox, Inbox>();
        return services;
    }

    /// <summary>What the host's own pseudo-plugin contributes for notifications.</summary>
    public static void Contribute(PluginBuilder portal) =>
        portal.Job<PruneInbox>(
            new JobSchedule { Every = TimeSpan.FromHours(24), Timeout = TimeSpan.FromMinutes(10), Jitter = TimeSpan.FromMinutes(30), InitialDelay = TimeSpan.FromMinutes(10) },
            "Deletes notifications that were sent half a year ago.");
}
