using Microsoft.Extensions.DependencyInjection;
using Stagedoor.Host.Starting;
using Stagedoor.Plugins;

namespace Stagedoor.Host.PersonalSettings;

/// <summary>What the host needs to keep what people have chosen.</summary>
internal static class PersonalSettingsServices
{
    public static IServiceCollection AddPersonalSettings(this IServiceCollection services)
    {
        services.AddSingleton<SettingsMemory>();
        services.AddSingleton<IBackgroundPart>(provider => provider.GetRequiredService<SettingsMemory>());
        services.AddSingleton<IPersonalSettings, PortalPersonalSettings>();
        return services;
    }
}
