using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Stagedoor.Data;
using Stagedoor.Host.Configuration.Sections;
using Stagedoor.Host.Audit;
using Stagedoor.Host.Jobs;
using Stagedoor.Host.Jobs.Board;
using Stagedoor.Host.Jobs.Records;
using Stagedoor.Host.Jobs.Running;
using Stagedoor.Host.Jobs.Scheduling;
using Stagedoor.Host.Jobs.Steering;
using Stagedoor.Host.Loading;
using Stagedoor.Plugins;
using Stagedoor.Testing.Logging;

namespace Stagedoor.Host.Tests.Jobs;

/// <summary>The jobs of one replica, on a real database. Two of them on one PostgreSQL are a cluster.</summary>
internal sealed class TestReplica : IAsyncDisposable
{
    public static readonly Caller Mae = new() { Kind = CallerKind.Person, Ref = EntityRef.User("mae"), Name = "Mae" };

    /// <summary>Quick where waiting proves nothing. What decides about a replica's death stays as it is in production.</summary>
    private static readonly JobTimings Quick = new()
    {
        Watch = TimeSpan.FromSeconds(1),
        StopPatience = TimeSpan.FromMilliseconds(200),
        ShutdownGrace = TimeSpan.FromMilliseconds(300),
    };

    private readonly ServiceProvider _services;
    private bool _stopped;

    private TestReplica(ServiceProvider services) => _services = services;

    public string Name => _services.GetRequiredService<Replica>().Name;

    public JobBoard Board => _services.GetRequiredService<JobBoard>();

    public JobSteering Steering => _services.GetRequiredService<JobSteering>();

    public JobRuns Runs => _services.GetRequiredService<JobRuns>();

    public JobSchedulers Schedulers => _services.GetRequiredService<JobSchedulers>();

    public IDatabase Database => _services.GetRequiredService<IDatabase>();

    public Happenings Happenings => _services.GetRequiredService<Happenings>();

    public IAudit Audit => _services.GetRequiredService<IAudit>();

    public static async Task<TestReplica> Start(
        DatabaseSettings settings, Action<PluginBuilder> jobs, JobsOptions? configured = null, JobTimings? timings = null)
    {
        var registry = new PluginLoader().Load(new TestPlugin(jobs), firstParty: [], found: [], new HashSet<string>());
        var services = new ServiceCollection();
        foreach (var service in registry.Find("test")!.Services)
        {
            ((IServiceCollection)services).Add(service);
        }

        services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Warning).AddSimpleConsole(console => console.TimestampFormat = "HH:mm:ss.fff "));
        services.AddSingleton(Options.Create(configured ?? []));
        services.AddSingleton(settings);
        services.AddSingleton<IDatabase>(provider => Databases.Open(settings, provider.GetRequiredService<ILoggerFactory>()));
        services.AddSingleton(registry);
        services.AddAudit();
        services.AddSingleton<Happenings>();
        services.AddSingleton(timings ?? Quick);
        services.AddJobs();
        var replica = new TestReplica(services.BuildServiceProvider());
        await replica.Schedulers.Start(TestContext.Current.CancellationToken);
        return replica;
    }

    public async Task Stop()
    {
        _stopped = true;
        await Schedulers.Stop(CancellationToken.None);
    }

    public async Task<IReadOnlyList<JobRun>> RunsOf(string job) => await Runs.List(job, 0, 1000, TestContext.Current.CancellationToken);

    /// <summary>What the audit has on jobs, newest first.</summary>
    public async Task<IReadOnlyList<string>> Audited() =>
        [.. (await Audit.List(new AuditFilter { ActionPrefix = "jobs." }, TestContext.Current.CancellationToken)).Select(record => record.Action)];

    public async Task<JobState> State(string job) => (await Board.Find(job, TestContext.Current.CancellationToken)).ShouldNotBeNull();

    public async Task<JobRun> Ended(string job, int runs = 1)
    {
        await Eventually.Be(async () => (await RunsOf(job)).Count(run => !run.IsRunning) >= runs, $"{runs} runs of {job} have ended");
        return (await RunsOf(job)).First(run => !run.IsRunning);
    }

    public async Task Running(string job) =>
        await Eventually.Be(async () => (await RunsOf(job)).Any(run => run.IsRunning), $"{job} is running");

    public async ValueTask DisposeAsync()
    {
        if (!_stopped)
        {
            await Stop();
        }

        await _services.DisposeAsync();
    }
}

/// <summary>Has whatever jobs a test gives it.</summary>
internal sealed class TestPlugin(Action<PluginBuilder> configure) : IPlugin
{
    public PluginInfo Info { get; } = new("test", "Test", "Jobs to be tested.");

    public void Configure(PluginBuilder plugin) => configure(plugin);
}

/// <summary>What the jobs of a replica have done.</summary>
internal sealed class Happenings
{
    private int _inside;

    public ConcurrentQueue<JobContext> Runs { get; } = new();

    public int MostAtOnce { get; private set; }

    public bool IsIdle => Volatile.Read(ref _inside) == 0;

    public IDisposable Enter()
    {
        MostAtOnce = Math.Max(MostAtOnce, Interlocked.Increment(ref _inside));
        return new Leaving(() => Interlocked.Decrement(ref _inside));
    }

    private sealed class Leaving(Action leave) : IDisposable
    {
        public void Dispose() => leave();
    }
}
