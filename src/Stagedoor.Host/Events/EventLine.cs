using System.Threading.Channels;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Stagedoor.Host.Loading;
using Stagedoor.Plugins;

namespace Stagedoor.Host.Events;

/// <summary>What waits for one handler.</summary>
internal abstract class EventLine
{
    /// <summary>Puts an event in line, if the handler wants events of its type.</summary>
    public abstract void Offer(object happened);

    public abstract void Begin(CancellationToken givingUp);

    /// <summary>Takes nothing more, and ends when all in line has been handled.</summary>
    public abstract Task End();
}

/// <inheritdoc />
internal sealed class EventLine<TEvent, THandler>(LoadedPlugin plugin, IServiceScopeFactory scopes, EventTimes times, TimeProvider time, ILogger logger) : EventLine
    where TEvent : notnull
    where THandler : class, IEventHandler<TEvent>
{
    private readonly Channel<TEvent> _line = Channel.CreateBounded<TEvent>(
        new BoundedChannelOptions(times.MostWaiting) { SingleReader = true, FullMode = BoundedChannelFullMode.Wait });

    private Task _working = Task.CompletedTask;
    private long _dropped;

    public override void Offer(object happened)
    {
        if (happened is not TEvent wanted || !plugin.IsActive || _line.Writer.TryWrite(wanted))
        {
            return;
        }

        // The first, and then every thousandth: a log full of this would help nobody.
        var dropped = Interlocked.Increment(ref _dropped);
        if (dropped % 1000 == 1)
        {
            logger.LogError(
                "{Handler} of the plugin {Plugin} does not keep up or has been stopped: {Dropped} events have been dropped", typeof(THandler).Name, plugin.Id, dropped);
        }
    }

    public override void Begin(CancellationToken givingUp) => _working = Task.Run(() => Work(givingUp), CancellationToken.None);

    public override async Task End()
    {
        _line.Writer.TryComplete();
        await _working;
    }

    private async Task Work(CancellationToken givingUp)
    {
        try
        {
            await foreach (var happened in _line.Reader.ReadAllAsync(givingUp))
            {
                await HandleInTime(happened, givingUp);
            }
        }
        catch (OperationCanceledException) when (givingUp.IsCancellationRequested)
        {
            logger.LogWarning("{Handler} of the plugin {Plugin} left {Count} events unhandled when the portal stopped", typeof(THandler).Name, plugin.Id, _line.Reader.Count);
        }
    }

    private async Task HandleInTime(TEvent happened, CancellationToken givingUp)
    {
        using var limit = new CancellationTokenSource(times.HandlerLimit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, givingUp);
        try
        {
            // A handler that does not listen to its token is left behind rather than waited for.
            await Handle(happened, either.Token).WaitAsync(either.Token);
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested && !givingUp.IsCancellationRequested)
        {
            logger.LogError(
                "{Handler} of the plugin {Plugin} took longer than {Limit} for {Event} and was given up", typeof(THandler).Name, plugin.Id, times.HandlerLimit, typeof(TEvent).Name);
        }
        catch (Exception problem) when (!givingUp.IsCancellationRequested)
        {
            logger.LogError(problem, "{Handler} of the plugin {Plugin} failed on {Event}", typeof(THandler).Name, plugin.Id, typeof(TEvent).Name);
        }
    }

    private async Task Handle(TEvent happened, CancellationToken cancellationToken)
    {
        // So that a handler that works without awaiting can be left behind too.
        await Task.Yield();
        await using var scope = scopes.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<THandler>().Handle(happened, cancellationToken);
    }
}
