using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Stagedoor.Host.Jobs.Api;
using Stagedoor.Host.Jobs.Board;
using Stagedoor.Host.Jobs.Detail;
using Stagedoor.Host.Jobs.List;
using Stagedoor.Host.Jobs.Planning;
using Stagedoor.Host.Jobs.Records;
using Stagedoor.Host.Jobs.Running;
using Stagedoor.Host.Jobs.Scheduling;
using Stagedoor.Host.Jobs.Steering;
using Stagedoor.Host.Starting;
using Stagedoor.Plugins;

namespace Stagedoor.Host.Jobs;

/// <summary>The room of the host where jobs are planned, run, remembered and steered.</summary>
internal static class JobsServices
{
    internal static IServiceCollection AddJobs(this IServiceCollection services)
    {
        services.AddMetrics();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton(new JobTimings());
        services.AddSingleton<Replica>();
        services.AddSingleton<RunsHere>();
        services.AddSingleton<JobPlan>();
        services.AddSingleton<JobRuns>();
        services.AddSingleton<JobPauses>();
        services.AddSingleton<RunRecorder>();
        services.AddSingleton<JobTelemetry>();
        services.AddSingleton<JobRunner>();
        services.AddSingleton<QuartzRun>();
        services.AddSingleton<SchedulerBuilding>();
        services.AddSingleton<JobWatch>();
        services.AddSingleton<JobSchedulers>();
        services.AddSingleton<IBackgroundPart>(provider => provider.GetRequiredService<JobSchedulers>());
        services.AddSingleton<JobBoard>();
        services.AddSingleton<JobSteering>();
        return services;
    }

    internal static void MapJobs(this IEndpointRouteBuilder routes)
    {
        routes.MapJobsApi();
        routes.MapJobFragments();
    }

    /// <summary>What the host itself contributes here, as the plugin <c>portal</c>.</summary>
    internal static void Contribute(PluginBuilder portal)
    {
        portal.Permission(JobPermissions.Read, Role.Administrator);
        portal.Permission(JobPermissions.Run, Role.Administrator);
        portal.Search<JobSearch>();
        portal.SettingsPage(new NavigationItem("Jobs", "/settings/jobs") { Icon = "clock", Order = 20, Permission = JobPermissions.Read });
        portal.Job<PruneJobRuns>(
            new JobSchedule { Every = TimeSpan.FromHours(1), Timeout = TimeSpan.FromMinutes(2), InitialDelay = TimeSpan.FromMinutes(1) },
            "Forgets runs of jobs beyond the last 200 of each, and those older than 30 days.");
    }
}
