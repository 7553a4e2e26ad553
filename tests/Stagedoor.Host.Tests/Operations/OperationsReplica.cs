using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Stagedoor.Data;
using Stagedoor.Data.Queues;
using Stagedoor.Host.Audit;
using Stagedoor.Host.Configuration.Sections;
using Stagedoor.Host.Loading;
using Stagedoor.Host.Operations;
using Stagedoor.Host.Operations.Running;
using Stagedoor.Plugins;
using Stagedoor.Testing.Logging;
using Stagedoor.Testing.Databases;

namespace Stagedoor.Host.Tests.Operations;

/// <summary>The operations of one replica on a real database, with a handler that does what a test tells it.</summary>
internal sealed class OperationsReplica : IAsyncDisposable
{
    public const string Kind = "test.script";

    public static readonly Caller Mae = new() { Kind = CallerKind.Person, Ref = EntityRef.User("mae"), Name = "Mae" };

    /// <summary>Quick where waiting proves nothing; a lease still outlives its heartbeats many times.</summary>
    private static readonly RunnerLimits Quick = new()
    {
        Lease = TimeSpan.FromSeconds(3),
        Heartbeat = TimeSpan.FromMilliseconds(300),
        Poll = TimeSpan.FromMilliseconds(300),
        Flush = TimeSpan.FromMilliseconds(50),
        Sweep = TimeSpan.FromMilliseconds(300),
        ItemGrace = TimeSpan.FromMilliseconds(500),
    };

    private readonly ServiceProvider _services;
    private readonly OpenDatabase _database;
    private bool _isRunning;

    private OperationsReplica(ServiceProvider services, OpenDatabase database)
    {
        _services = services;
        _database = database;
    }

    public PortalOperations Operations => _services.GetRequiredService<PortalOperations>();

    public OperationStore Store => _services.GetRequiredService<OperationStore>();

    public RunStore Runs => _services.GetRequiredService<RunStore>();

    public MortalQueue Queue => _services.GetRequiredService<MortalQueue>();

    public PluginRegistry Plugins => _services.GetRequiredService<PluginRegistry>();

    public IDatabase Database => _database;

    public Script Script => _services.GetRequiredService<Script>();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public static OperationsReplica Build(TestDatabase database, Script script, RunnerLimits? limits = null, OperationsOptions? options = null)
    {
        var registry = new PluginLoader().Load(new ScriptPlugin(), firstParty: [], found: [], new HashSet<string>());
        var services = new ServiceCollection();
        foreach (var service in registry.Find("test")!.Services)
        {
            ((IServiceCollection)services).Add(service);
        }

        var open = database.OpenAgain();
        services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Error).AddTestOutput());
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton<IDatabase>(open);
        services.AddSingleton<WorkQueue>();
        services.AddSingleton<MortalQueue>();
        services.AddSingleton<IWorkQueue>(provider => provider.GetRequiredService<MortalQueue>());
        services.AddSingleton(registry);
        services.AddSingleton(script);
        services.AddSingleton(limits ?? Quick);
        services.AddSingleton(Options.Create(options ?? new OperationsOptions()));
        services.AddAudit();
        services.AddOperations();
        return new OperationsReplica(services.BuildServiceProvider(), open);
    }

    public static async Task<OperationsReplica> Start(TestDatabase database, Script script, RunnerLimits? limits = null, OperationsOptions? options = null)
    {
        var replica = Build(database, script, limits, options);
        await replica.StartRunner();
        return replica;
    }

    public async Task StartRunner()
    {
        _isRunning = true;
        await _services.GetRequiredService<OperationRunner>().Start(Stop);
    }

    public async Task StopRunner()
    {
        if (_isRunning)
        {
            _isRunning = false;
            using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(10));
            await _services.GetRequiredService<OperationRunner>().Stop(limit.Token);
        }
    }

    public Task<Guid> Begin(string[] items, string? key = null, string kind = Kind) =>
        Operations.Start(new NewOperation(kind, "Handle the items", Mae) { Input = items, Key = key }, Stop);

    public async Task<Operation> Find(Guid id) => (await Operations.Find(id, Stop)).ShouldNotBeNull();

    public async Task<Operation> Reaches(Guid id, OperationState state)
    {
        await Eventually.Be(async () => (await Find(id)).State == state, $"the operation is {state}");
        return await Find(id);
    }

    public async Task<IReadOnlyList<string>> KeysOf(Guid id, ItemOutcome? outcome = null) =>
        [.. (await Operations.Items(id, outcome, 0, 500, Stop)).Select(item => item.Key)];

    public async Task<IReadOnlyList<string>> LogOf(Guid id) => [.. (await Operations.Log(id, 0, 1000, Stop)).Select(line => line.Text)];

    public async ValueTask DisposeAsync()
    {
        await StopRunner();
        await _services.DisposeAsync();
        await _database.DisposeAsync();
    }
}

/// <summary>What the handler of a replica is to do, and what it has done.</summary>
internal sealed class Script
{
    private readonly List<string> _handled = [];

    public Func<OperationContext, CancellationToken, Task>? Run { get; init; }

    public Func<OperationContext, CancellationToken, Task>? Undo { get; init; }

    /// <summary>How each item is handled, after it has been noted.</summary>
    public Func<string, CancellationToken, Task<ItemResult>> Item { get; init; } = (_, _) => Task.FromResult(ItemResult.Succeeded());

    public EachOptions? Options { get; init; }

    public IReadOnlyList<string> Handled
    {
        get
        {
            lock (_handled)
            {
                return [.. _handled];
            }
        }
    }

    public Task<ItemResult> Handle(string item, CancellationToken cancellationToken)
    {
        lock (_handled)
        {
            _handled.Add(item);
        }

        return Item(item, cancellationToken);
    }
}

internal sealed class ScriptPlugin : IPlugin
{
    public PluginInfo Info { get; } = new("test", "Test", "Operations to be tested.");

    public void Configure(PluginBuilder plugin) => plugin.Operation<ScriptedHandler>("script").Operation<OneWayHandler>("one-way");
}

/// <summary>Handles the items of its input unless the script says otherwise.</summary>
internal sealed class ScriptedHandler(Script script) : IUndoableOperationHandler
{
    public Task Run(OperationContext operation, CancellationToken cancellationToken) => script.Run is { } run
        ? run(operation, cancellationToken)
        : operation.Each(operation.Input<string[]>(), item => item, script.Handle, script.Options, cancellationToken);

    public Task Undo(OperationContext operation, CancellationToken cancellationToken) => script.Undo!(operation, cancellationToken);
}

internal sealed class OneWayHandler : IOperationHandler
{
    public Task Run(OperationContext operation, CancellationToken cancellationToken) => Task.CompletedTask;
}

/// <summary>A queue whose replica can fall silent as if it hung: it believes its leases are renewed, and they are not.</summary>
internal sealed class MortalQueue(WorkQueue queue) : IWorkQueue
{
    public bool IsSilent { get; set; }

    public Task Add(string queueName, IReadOnlyCollection<NewWork> items, CancellationToken cancellationToken) => queue.Add(queueName, items, cancellationToken);

    public Task Add(ITransaction transaction, string queueName, IReadOnlyCollection<NewWork> items, CancellationToken cancellationToken) =>
        queue.Add(transaction, queueName, items, cancellationToken);

    public async Task<IReadOnlyList<Work>> Claim(string queueName, int max, TimeSpan lease, CancellationToken cancellationToken) =>
        IsSilent ? [] : await queue.Claim(queueName, max, lease, cancellationToken);

    public async Task<bool> Renew(Work work, TimeSpan lease, CancellationToken cancellationToken) =>
        IsSilent || await queue.Renew(work, lease, cancellationToken);

    public Task Complete(IReadOnlyCollection<Work> work, CancellationToken cancellationToken) => queue.Complete(work, cancellationToken);

    public Task Fail(Work work, string error, CancellationToken cancellationToken) => queue.Fail(work, error, cancellationToken);

    public Task Release(IReadOnlyCollection<Work> work, CancellationToken cancellationToken) => queue.Release(work, cancellationToken);

    public Task<WorkQueueState> State(string queueName, CancellationToken cancellationToken) => queue.State(queueName, cancellationToken);

    public Task<IReadOnlyList<GaveUpWork>> GaveUp(string queueName, int offset, int limit, CancellationToken cancellationToken) => queue.GaveUp(queueName, offset, limit, cancellationToken);

    public Task<int> Retry(string queueName, IReadOnlyCollection<string> keys, CancellationToken cancellationToken) => queue.Retry(queueName, keys, cancellationToken);

    public IDisposable WhenAdded(string queueName, Func<CancellationToken, Task> heard) => queue.WhenAdded(queueName, heard);
}
