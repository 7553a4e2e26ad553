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

    /// <summary>How often something has changed, by where the hash of its subject falls: a few share a place, which costs a reading at most.</summary>
    private readonly long[] _changes = new long[1024];

    private long _changesOfAll;

    public Task Start(CancellationToken cancellationToken)
    {
        _listening = database.Listen(channel, (said, _) =>
        {
            Hear(said);
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
        if (subject is null or Everybody)
        {
            Interlocked.Increment(ref _changesOfAll);
            _kept.Clear();
        }
        else
        {
            HasChanged(subject);
            _kept.Remove(subject);
        }
    }

    public void Dispose()
    {
        _listening?.Dispose();
        _listening = null;
        _kept.Dispose();
    }

    /// <summary>Takes a notice; nothing instead of one means that some may have been missed.</summary>
    protected virtual void Hear(string? notice) => Forget(notice);

    /// <summary>What is being read of it at this moment is not kept.</summary>
    protected void HasChanged(string subject) => Interlocked.Increment(ref PlaceOf(subject));

    protected T? Kept(string subject) => _kept.TryGetValue(subject, out var known) && known is T value ? value : default;

    /// <returns>What there is to know about it, and about how much memory that takes.</returns>
    protected abstract Task<(T Value, long Bytes)> Read(string subject, CancellationToken cancellationToken);

    private async Task<T> ReadAndKeep(string subject, CancellationToken cancellationToken)
    {
        var changes = (Interlocked.Read(ref PlaceOf(subject)), Interlocked.Read(ref _changesOfAll));
        var (value, bytes) = await Read(subject, cancellationToken);
        _kept.Set(subject, value, new MemoryCacheEntryOptions { Size = bytes, AbsoluteExpirationRelativeToNow = LongEnough });
        if ((Interlocked.Read(ref PlaceOf(subject)), Interlocked.Read(ref _changesOfAll)) != changes)
        {
            // It changed while it was being read.
            _kept.Remove(subject);
        }

        return value;
    }

    private ref long PlaceOf(string subject) => ref _changes[(uint)string.GetHashCode(subject, StringComparison.Ordinal) % (uint)_changes.Length];
}
