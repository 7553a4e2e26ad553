using System.Data.Common;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Quartz;
using Stagedoor.Data;
using Stagedoor.Host.Jobs.Planning;
using Stagedoor.Host.Jobs.Running;

namespace Stagedoor.Host.Jobs.Scheduling;

/// <summary>
/// Builds the schedulers: one in memory for what each replica does for itself, and on PostgreSQL one that the replicas
/// share through tables that Quartz creates and owns.
/// </summary>
internal sealed class SchedulerBuilding(
    DatabaseSettings database, QuartzRun run, Replica replica, JobPlan plan, JobTimings timings, TimeProvider time, ILoggerFactory loggers)
{
    private const string TablePrefix = "portal_quartz_";

    private const int ConcurrentRuns = 16;

    public bool HasCluster => database.Postgres is not null;

    public StandaloneSchedulerFactory InMemory() => Build(
        "stagedoor-replica",
        quartz => quartz.UseInMemoryStore(store => store.MisfireThreshold = timings.Lateness));

    public StandaloneSchedulerFactory Cluster() => Build("stagedoor", quartz => quartz
        .ConfigureScheduler(options =>
        {
            // An empty list would mean all of them.
            options.ServedExecutionGroups.Add("_");
            foreach (var job in plan.All)
            {
                options.ServedExecutionGroups.Add(job.Name);
            }
        })
        .UsePersistentStore(store => store
            .UsePostgres(ConnectionString(database.Postgres!))
            .ConfigureStore(options =>
            {
                options.TablePrefix = TablePrefix;
                options.StoreJobDataAsStrings = true;
                options.MisfireThreshold = timings.Lateness;

                // The run of a dead replica is stored as long overdue, and only this look makes what is overdue start.
                options.MisfireHandlerFrequency = timings.CheckIn / 2;
                options.DbRetryInterval = timings.Watch;
                options.RecoverFiringsCancelledByShutdown = true;
                options.UseBackgroundThreads = true;
            })
            .UseClustering(options =>
            {
                options.CheckinInterval = timings.CheckIn;
                options.CheckinMisfireThreshold = timings.CheckInPatience;
            })
            .ProvisionSchema()));

    private StandaloneSchedulerFactory Build(string name, Func<IQuartzBuilder, IQuartzBuilder> store) => QuartzSchedulerBuilder
        .Create(quartz =>
        {
            quartz.Services.AddSingleton(loggers);
            store(quartz
                .ConfigureScheduler(options =>
                {
                    options.InstanceName = name;
                    options.InstanceId = replica.Name;
                    options.ShutdownJobInterruption = ShutdownJobInterruption.WhenWaitingForJobs;
                    options.IdleWaitTime = timings.Watch;
                })
                .UseTimeProvider(time)
                .UseDefaultThreadPool(ConcurrentRuns)
                .UseJobFactory(run));
        })
        .Build();

    /// <summary>The scheduler keeps a pool of its own, named so that the database's administrator can tell whose connections they are.</summary>
    private static string ConnectionString(string postgres)
    {
        var settings = new DbConnectionStringBuilder { ConnectionString = postgres };
        settings["Application Name"] = "stagedoor-jobs";
        settings["Maximum Pool Size"] = 8;
        return settings.ConnectionString;
    }
}
