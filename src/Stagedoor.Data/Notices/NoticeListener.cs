using System.Threading.Channels;
using Microsoft.Extensions.Logging;

namespace Stagedoor.Data.Notices;

/// <summary>
/// Calls one listener, notice after notice. When it falls far behind, what waits is replaced by one <c>null</c>:
/// something was missed.
/// </summary>
internal sealed class NoticeListener : IDisposable
{
    private const int MaxWaiting = 1_000;
    private readonly Channel<string?> _waiting = Channel.CreateBounded<string?>(new BoundedChannelOptions(MaxWaiting) { SingleReader = true });
    private readonly CancellationTokenSource _stop = new();
    private readonly string _channel;
    private readonly Func<string?, CancellationToken, Task> _heard;
    private readonly ILogger _logger;
    private readonly Action<NoticeListener> _gone;
    private volatile bool _missed;

    public NoticeListener(string channel, Func<string?, CancellationToken, Task> heard, ILogger logger, Action<NoticeListener> gone)
    {
        _channel = channel;
        _heard = heard;
        _logger = logger;
        _gone = gone;

        // Whoever happens to register or publish must not lend the listener its identity, trace or transaction.
        using (ExecutionContext.SuppressFlow())
        {
            _ = Task.Run(Run);
        }
    }

    public void Hear(string? payload)
    {
        if (!_waiting.Writer.TryWrite(payload))
        {
            _missed = true;
        }
    }

    public void Dispose()
    {
        if (_waiting.Writer.TryComplete())
        {
            _gone(this);
            _stop.Cancel();
            _stop.Dispose();
        }
    }

    private async Task Run()
    {
        var stop = _stop.Token;
        while (await _waiting.Reader.WaitToReadAsync())
        {
            while (!stop.IsCancellationRequested && _waiting.Reader.TryRead(out var payload))
            {
                if (_missed)
                {
                    _missed = false;
                    while (_waiting.Reader.TryRead(out _))
                    {
                        payload = null;
                    }
                }

                await Call(payload, stop);
            }

            if (stop.IsCancellationRequested)
            {
                return;
            }
        }
    }

    private async Task Call(string? payload, CancellationToken stop)
    {
        try
        {
            await _heard(payload, stop);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            _logger.LogDebug("A listener on {Channel} stopped", _channel);
        }
        catch (Exception exception)
        {
            _logger.LogError(exception, "A listener on {Channel} failed; it will be called again for the next notice", _channel);
        }
    }
}
