using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Stagedoor.Plugins;

namespace Stagedoor.Host.Secrets;

/// <summary>What the host needs to keep secrets, and the keys they are encrypted with.</summary>
internal static class SecretsServices
{
    /// <summary>The one name under which all replicas share keys.</summary>
    private const string ApplicationName = "stagedoor";

    public static IServiceCollection AddSecrets(this IServiceCollection services)
    {
        services.AddSingleton<PortalSecrets>();
        services.AddSingleton<ISecrets>(provider => provider.GetRequiredService<PortalSecrets>());
        return services;
    }

    /// <summary>Puts the keys of cookies, forms and secrets into the database.</summary>
    public static IServiceCollection AddPortalDataProtection(this IServiceCollection services)
    {
        services.AddDataProtection().SetApplicationName(ApplicationName);
        services.AddSingleton<PortalKeys>();
        services.AddSingleton<IConfigureOptions<KeyManagementOptions>>(provider =>
            new ConfigureOptions<KeyManagementOptions>(options => options.XmlRepository = provider.GetRequiredService<PortalKeys>()));
        return services;
    }

    /// <summary>
    /// The framework would warm its keys up as the process starts, before the database is reached and has its tables. Called
    /// last: several of the framework's services bring the warm-up along.
    /// </summary>
    public static void WithoutEarlyKeys(this IServiceCollection services)
    {
        foreach (var warmUp in services.Where(service => service.ServiceType == typeof(IHostedService) && service.ImplementationType?.Assembly == typeof(KeyManagementOptions).Assembly).ToList())
        {
            services.Remove(warmUp);
        }
    }

    /// <summary>What the host's own pseudo-plugin contributes for secrets.</summary>
    public static void Contribute(PluginBuilder portal) =>
        portal.Job<WipeExpiredSecrets>(
            new JobSchedule { Every = TimeSpan.FromMinutes(15), Timeout = TimeSpan.FromMinutes(2), Jitter = TimeSpan.FromMinutes(1), InitialDelay = TimeSpan.FromMinutes(1) },
            "Deletes secrets whose time is over.");
}
