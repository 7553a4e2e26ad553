using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Stagedoor.Host.PersonalSettings.Data;
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
        services.AddSingleton<SettingHolders>();
        services.AddSingleton<IBackgroundPart>(provider => provider.GetRequiredService<SettingHolders>());
        services.AddSingleton<PortalPersonalSettings>();
        services.AddSingleton<IPersonalSettings>(provider => provider.GetRequiredService<PortalPersonalSettings>());
        services.AddSingleton<PersonalData>();
        return services;
    }

    public static void MapPersonalSettings(this IEndpointRouteBuilder routes)
    {
        routes.MapPost(PersonalDataRoutes.ForgetPath, PersonalDataRoutes.Forget).DisableAntiforgery().RequireAuthorization().ExcludeFromDescription();
        routes.MapGet(PersonalDataRoutes.DataPath, PersonalDataRoutes.Tell).RequireAuthorization()
            .WithName("TellPersonalData").WithTags("portal").WithSummary("All that the portal keeps for you: settings, stars, subscriptions, visits, notifications, and what plugins keep.");
    }
}
