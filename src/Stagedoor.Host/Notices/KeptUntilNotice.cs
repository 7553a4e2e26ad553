using Microsoft.Extensions.Caching.Memory;
using Stagedoor.Host.Starting;
using Stagedoor.Plugins;

namespace Stagedoor.Host.Notices;

/// <summary>
/// Keeps what was read about people who come often, or about whatever else every page asks for, until a notice from any
/// replica says of whom or what it has changed. Time sees to the rest, should a notice get lost.
/// </summary>
internal abstract class KeptUntilNotice<T>(IDatabase database, string channel, long mostBytes) : IBackgroundPart, IDisposable
{
    /// <summary>Instead of a subject in a notice: it has changed for many.</summary>
    public const string Everybody = "*";

    private static readonly TimeSpan LongEnough = TimeSpan.FromMinutes(2);
    private readonly MemoryCache _kept = new(new MemoryCacheOptions { SizeLimit = mostBytes });
    private IDisposable? _listening;
    private long _changes;

    public Task Start(CancellationToken cancellationToken)
    {
        _listening = database.Listen(channel, (said, _) =>
        {
            Forget(said is null ? null : SubjectOf(said));
            return Task.CompletedTask;
        });
        Forget(subject: null);
        return Task.CompletedTask;
    }

    public Task Stop(CancellationToken cancellationToken)
    {
        _listening?.Dispose();
        _listening = null;
        return Task.CompletedTask;
    }

    // Without hearing of changes there is nothing to rely on.
    public ValueTask<T> Of(string subject, CancellationToken cancellationToken) =>
        _listening is not null && _kept.TryGetValue(subject, out var known) && known is T value
            ? ValueTask.FromResult(value)
            : new ValueTask<T>(ReadAndKeep(subject, cancellationToken));

    public void Forget(string? subject)
    {
        Interlocked.Increment(ref _changes);
        if (subject is null or Everybody)
        {
            _kept.Clear();
        }
        else
        {
            _kept.Remove(subject);
        }
    }

    public void Dispose()
    {
        _listening?.Dispose();
        _listening = null;
        _kept.Dispose();
    }

    /// <summary>Of what something has changed when a notice says this.</summary>
    protected virtual string SubjectOf(string notice) => notice;

    /// <returns>What there is to know about it, and about how much memory that takes.</returns>
    protected abstract Task<(T Value, long Bytes)> Read(string subject, CancellationToken cancellationToken);

    private async Task<T> ReadAndKeep(string subject, CancellationToken cancellationToken)
    {
        var changes = Interlocked.Read(ref _changes);
        var (value, bytes) = await Read(subject, cancellationToken);
        _kept.Set(subject, value, new MemoryCacheEntryOptions { Size = bytes, AbsoluteExpirationRelativeToNow = LongEnough });
        if (Interlocked.Read(ref _changes) != changes)
        {
            // It changed while it was being read.
            _kept.Remove(subject);
        }

        return value;
    }
}
