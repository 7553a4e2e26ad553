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
        services.AddSingleton<IEntityMarks, EntityMarks>();
        services.AddSingleton<Visits>();
        services.AddSingleton<IVisits>(provider => provider.GetRequiredService<Visits>());
        services.AddSingleton<IBackgroundPart>(provider => provider.GetRequiredService<Visits>());
        return services;
    }

    public static void MapMarks(this IEndpointRouteBuilder routes) =>
        routes.MapPost(MarkForm.Path, MarkForm.Handle).DisableAntiforgery().RequireAuthorization().ExcludeFromDescription();
}
