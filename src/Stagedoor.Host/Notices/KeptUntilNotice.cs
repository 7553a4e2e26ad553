using Microsoft.Extensions.Caching.Memory;
using Stagedoor.Host.Starting;
using Stagedoor.Plugins;

namespace Stagedoor.Host.Notices;

/// <summary>
/// Keeps what was read about people who come often, because every page asks for it, until a notice from any replica
/// says whose has changed. Time sees to the rest, should a notice get lost.
/// </summary>
internal abstract class KeptUntilNotice<T>(IDatabase database, string channel, long mostBytes) : IBackgroundPart, IDisposable
{
    /// <summary>Instead of a person in a notice: it has changed for many.</summary>
    public const string Everybody = "*";

    private static readonly TimeSpan LongEnough = TimeSpan.FromMinutes(2);
    private readonly MemoryCache _people = new(new MemoryCacheOptions { SizeLimit = mostBytes });
    private IDisposable? _listening;
    private long _changes;

    public Task Start(CancellationToken cancellationToken)
    {
        _listening = database.Listen(channel, (person, _) =>
        {
            Forget(person);
            return Task.CompletedTask;
        });
        Forget(person: null);
        return Task.CompletedTask;
    }

    public Task Stop(CancellationToken cancellationToken)
    {
        _listening?.Dispose();
        _listening = null;
        return Task.CompletedTask;
    }

    // Without hearing of changes there is nothing to rely on.
    public ValueTask<T> Of(string person, CancellationToken cancellationToken) =>
        _listening is not null && _people.TryGetValue(person, out var known) && known is T value
            ? ValueTask.FromResult(value)
            : new ValueTask<T>(ReadAndKeep(person, cancellationToken));

    public void Forget(string? person)
    {
        Interlocked.Increment(ref _changes);
        if (person is null or Everybody)
        {
            _people.Clear();
        }
        else
        {
            _people.Remove(person);
        }
    }

    public void Dispose()
    {
        _listening?.Dispose();
        _listening = null;
        _people.Dispose();
    }

    /// <returns>What there is to know about a person, and about how much memory it takes.</returns>
    protected abstract Task<(T Value, long Bytes)> Read(string person, CancellationToken cancellationToken);

    private async Task<T> ReadAndKeep(string person, CancellationToken cancellationToken)
    {
        var changes = Interlocked.Read(ref _changes);
        var (value, bytes) = await Read(person, cancellationToken);
        _people.Set(person, value, new MemoryCacheEntryOptions { Size = bytes, AbsoluteExpirationRelativeToNow = LongEnough });
        if (Interlocked.Read(ref _changes) != changes)
        {
            // It changed while it was being read.
            _people.Remove(person);
        }

        return value;
    }
}
