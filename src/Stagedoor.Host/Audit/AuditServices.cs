using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Stagedoor.Host.Audit.Api;
using Stagedoor.Plugins;

namespace Stagedoor.Host.Audit;

/// <summary>What the host needs to put the audit in place.</summary>
internal static class AuditServices
{
    public const string ReadName = "portal.read-audit";

    public static readonly Permission Read = new(ReadName, "See the record of who did what, and verify it.");

    public static IServiceCollection AddAudit(this IServiceCollection services)
    {
        services.AddHttpContextAccessor();
        services.AddSingleton<PortalAudit>();
        services.AddSingleton<IAudit>(provider => provider.GetRequiredService<PortalAudit>());
        return services;
    }

    public static void MapAudit(this IEndpointRouteBuilder routes) => routes.MapAuditApi();

    /// <summary>What the host's own pseudo-plugin contributes for the audit.</summary>
    public static void Contribute(PluginBuilder portal)
    {
        portal.Permission(Read, Role.Administrator);
        portal.SettingsPage(new NavigationItem("Audit", "/settings/audit") { Icon = "history", Order = 40, Permission = Read });
    }
}
