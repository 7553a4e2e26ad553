using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Stagedoor.Host.Events;
using Stagedoor.Host.Loading;
using Stagedoor.Plugins;
using Stagedoor.Testing.Logging;

namespace Stagedoor.Host.Tests.Events;

public sealed class EventsTests : IAsyncDisposable
{
    private readonly ServiceProvider _services;

    public EventsTests()
    {
        var registry = new PluginLoader().Load(new HearingPlugin(), firstParty: [], found: [], new HashSet<string>());
        var services = new ServiceCollection();
        foreach (var service in registry.Find("hearing")!.Services)
        {
            ((IServiceCollection)services).Add(service);
        }

        services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Warning).AddTestOutput());
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton(registry);
        services.AddSingleton(new EventTimes { HandlerLimit = TimeSpan.FromMilliseconds(200), MostWaiting = 100 });
        services.AddSingleton<Heard>();
        services.AddEvents();
        _services = services.BuildServiceProvider();
    }

    private PortalEvents Events => _services.GetRequiredService<PortalEvents>();

    private Heard Heard => _services.GetRequiredService<Heard>();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_event_reaches_its_handlers_in_order_and_a_broken_or_stuck_one_harms_nobody()
    {
        await Events.Start(Stop);

        foreach (var i in Enumerable.Range(0, 20))
        {
            Events.Publish(new Happened(i));
        }

        Events.Publish("nobody listens to text");
        await Eventually.Be(() => Heard.Good.Count == 20 && Heard.Stuck >= 2 && Heard.Broken == 20, "all handlers have been called");
        Heard.Good.ShouldBe(Enumerable.Range(0, 20));
    }

    [Fact]
    public async Task What_was_published_is_handled_before_the_portal_stops()
    {
        foreach (var i in Enumerable.Range(0, 50))
        {
            Events.Publish(new Happened(i));
        }

        await Events.Start(Stop);
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(2));
        await Events.Stop(limit.Token);

        Heard.Good.Count.ShouldBe(50);
    }

    [Fact]
    public async Task A_publisher_is_never_held_up()
    {
        foreach (var i in Enumerable.Range(0, 1000))
        {
            Events.Publish(new Happened(i));
        }

        await Events.Start(Stop);
        await Eventually.Be(() => Heard.Good.Count == 100, "what fitted is handled");
        Events.Publish(new Happened(1000));
        await Eventually.Be(() => Heard.Good.Contains(1000), "and so is what comes later");
        Heard.Good.Count.ShouldBe(101);
    }

    public async ValueTask DisposeAsync() => await _services.DisposeAsync();
}

internal sealed record Happened(int Number);

internal sealed class Heard
{
    private int _broken;
    private int _stuck;

    public ConcurrentQueue<int> Good { get; } = new();

    public int Broken => _broken;

    public int Stuck => _stuck;

    public void Break() => Interlocked.Increment(ref _broken);

    public void GetStuck() => Interlocked.Increment(ref _stuck);
}

internal sealed class HearingPlugin : IPlugin
{
    public PluginInfo Info { get; } = new("hearing", "Hearing", "Hears events.");

    public void Configure(PluginBuilder plugin) =>
        plugin.On<Happened, GoodHandler>().On<Happened, BrokenHandler>().On<Happened, StuckHandler>();
}

internal sealed class GoodHandler(Heard heard) : IEventHandler<Happened>
{
    public Task Handle(Happened happened, CancellationToken cancellationToken)
    {
        heard.Good.Enqueue(happened.Number);
        return Task.CompletedTask;
    }
}

internal sealed class BrokenHandler(Heard heard) : IEventHandler<Happened>
{
    public Task Handle(Happened happened, CancellationToken cancellationToken)
    {
        heard.Break();
        throw new InvalidOperationException("I am broken.");
    }
}

/// <summary>Does not listen to its token.</summary>
internal sealed class StuckHandler(Heard heard) : IEventHandler<Happened>
{
    public async Task Handle(Happened happened, CancellationToken cancellationToken)
    {
        heard.GetStuck();
        await Task.Delay(Timeout.Infinite, CancellationToken.None);
    }
}
