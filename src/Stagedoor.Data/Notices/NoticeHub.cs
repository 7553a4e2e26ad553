using System.Collections.Concurrent;
using System.Text;
using Microsoft.Extensions.Logging;

namespace Stagedoor.Data.Notices;

/// <summary>Hands notices to the listeners of this process. Each listener has its own pace, and its failures are its own.</summary>
internal sealed class NoticeHub(ILogger logger) : IDisposable
{
    private const int MaxPayloadBytes = 7_000;
    private const int MaxChannelLength = 200;
    private readonly ConcurrentDictionary<string, ConcurrentDictionary<NoticeListener, bool>> _channels = new(StringComparer.Ordinal);

    public static void Check(string channel, string payload)
    {
        CheckChannel(channel);
        ArgumentNullException.ThrowIfNull(payload);
        if (Encoding.UTF8.GetByteCount(payload) > MaxPayloadBytes)
        {
            throw new ArgumentException($"A notice on '{channel}' is longer than {MaxPayloadBytes} bytes. Store what happened, and send where it stands.", nameof(payload));
        }
    }

    public IDisposable Listen(string channel, Func<string?, CancellationToken, Task> heard)
    {
        CheckChannel(channel);
        ArgumentNullException.ThrowIfNull(heard);
        var listeners = _channels.GetOrAdd(channel, static _ => new());
        var listener = new NoticeListener(channel, heard, logger, gone => listeners.TryRemove(gone, out _));
        listeners[listener] = true;
        return listener;
    }

    public void Publish(string channel, string payload)
    {
        if (_channels.TryGetValue(channel, out var listeners))
        {
            foreach (var listener in listeners.Keys)
            {
                listener.Hear(payload);
            }
        }
    }

    /// <summary>Tells every listener that something may have been missed.</summary>
    public void PublishGap()
    {
        foreach (var listener in _channels.Values.SelectMany(listeners => listeners.Keys))
        {
            listener.Hear(null);
        }
    }

    public void Dispose()
    {
        foreach (var listener in _channels.Values.SelectMany(listeners => listeners.Keys))
        {
            listener.Dispose();
        }
    }

    private static void CheckChannel(string channel)
    {
        ArgumentException.ThrowIfNullOrEmpty(channel);
        if (channel.Length > MaxChannelLength || channel.AsSpan().ContainsAny('\n', '\r', '\0'))
        {
            throw new ArgumentException($"A channel's name is one line of at most {MaxChannelLength} characters.", nameof(channel));
        }
    }
}
