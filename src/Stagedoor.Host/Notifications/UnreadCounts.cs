using System.Collections.Concurrent;
using Stagedoor.Host.Starting;
using Stagedoor.Plugins;

namespace Stagedoor.Host.Notifications;

/// <summary>Remembers how many unread notifications each person has, until a notice from any replica says that it changed.</summary>
internal sealed class UnreadCounts(IDatabase database, TimeProvider time) : IBackgroundPart, IDisposable
{
    public const string Channel = "portal_inbox";

    /// <summary>Instead of a person: many people's counts have changed.</summary>
    public const string Everybody = "*";

    private const int MostPeople = 20_000;
    private static readonly TimeSpan LongEnough = TimeSpan.FromMinutes(2);
    private readonly ConcurrentDictionary<string, (long Count, long At)> _counts = new();
    private IDisposable? _listening;
    private long _changes;

    public Task Start(CancellationToken cancellationToken)
    {
        _listening = database.Listen(Channel, (person, _) =>
        {
            Forget(person);
            return Task.CompletedTask;
        });
        Forget(person: null);
        return Task.CompletedTask;
    }

    public Task Stop(CancellationToken cancellationToken)
    {
        Dispose();
        return Task.CompletedTask;
    }

    public async Task<long> Of(string person, CancellationToken cancellationToken)
    {
        // Without hearing of changes there is nothing to rely on.
        if (_listening is not null && _counts.TryGetValue(person, out var known) && time.GetElapsedTime(known.At) < LongEnough)
        {
            return known.Count;
        }

        var changes = Interlocked.Read(ref _changes);
        var count = await database.Find<long>(
            "select count(*) from portal_inbox where person = @person and read_at is null", new { person }, cancellationToken);
        if (_counts.Count >= MostPeople)
        {
            _counts.Clear();
        }

        _counts[person] = (count, time.GetTimestamp());
        if (Interlocked.Read(ref _changes) != changes)
        {
            // It changed while it was being counted.
            _counts.TryRemove(person, out _);
        }

        return count;
    }

    public void Forget(string? person)
    {
        Interlocked.Increment(ref _changes);
        if (person is null or Everybody)
        {
            _counts.Clear();
        }
        else
        {
            _counts.TryRemove(person, out _);
        }
    }

    public void Dispose()
    {
        _listening?.Dispose();
        _listening = null;
    }
}
