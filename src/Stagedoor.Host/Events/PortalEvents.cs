using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Stagedoor.Host.Loading;
using Stagedoor.Host.Starting;
using Stagedoor.Plugins;

namespace Stagedoor.Host.Events;

/// <summary>
/// Hands events to the handlers of active plugins. Each handler has a line of its own, so that a slow one delays nobody
/// else and hears everything in order; whoever publishes never waits.
/// </summary>
internal sealed class PortalEvents : IEvents, IBackgroundPart, IDisposable
{
    private readonly IReadOnlyList<EventLine> _lines;
    private readonly CancellationTokenSource _givingUp = new();

    public PortalEvents(PluginRegistry plugins, IServiceScopeFactory scopes, EventTimes times, TimeProvider time, ILoggerFactory loggers) =>
        _lines = [.. plugins.Active.SelectMany(plugin => plugin.Contributions.EventHandlers.SelectMany(handler => LinesOf(plugin, handler, scopes, times, time, loggers)))];

    public void Publish<TEvent>(TEvent happened)
        where TEvent : notnull
    {
        ArgumentNullException.ThrowIfNull(happened);
        foreach (var line in _lines)
        {
            line.Offer(happened);
        }
    }

    public Task Start(CancellationToken cancellationToken)
    {
        foreach (var line in _lines)
        {
            line.Begin(_givingUp.Token);
        }

        return Task.CompletedTask;
    }

    /// <summary>Lets every handler finish what has been published, as long as there is time.</summary>
    public async Task Stop(CancellationToken cancellationToken)
    {
        await using var outOfTime = cancellationToken.Register(_givingUp.Cancel);
        await Task.WhenAll(_lines.Select(line => line.End()));
    }

    public void Dispose() => _givingUp.Dispose();

    private static IEnumerable<EventLine> LinesOf(
        LoadedPlugin plugin, Type handler, IServiceScopeFactory scopes, EventTimes times, TimeProvider time, ILoggerFactory loggers)
    {
        var logger = loggers.CreateLogger($"Stagedoor.Events.{plugin.Id}");
        return handler.GetInterfaces()
            .Where(type => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IEventHandler<>))
            .Select(type => (EventLine)Activator.CreateInstance(
                typeof(EventLine<,>).MakeGenericType(type.GetGenericArguments()[0], handler), plugin, scopes, times, time, logger)!);
    }
}

/// <summary>How patient events are.</summary>
internal sealed record EventTimes
{
    public TimeSpan HandlerLimit { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How many events may wait for one handler before further ones are dropped.</summary>
    public int MostWaiting { get; init; } = 10_000;
}
