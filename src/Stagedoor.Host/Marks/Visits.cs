using System.Data.Common;
using Microsoft.Extensions.Logging;
using Stagedoor.Host.Identity;
using Stagedoor.Host.Starting;
using Stagedoor.Plugins;

namespace Stagedoor.Host.Marks;

/// <summary>
/// Collects visits and adds them to <c>portal_visits</c> now and then, so that looking at a page costs no write. Replicas add
/// to the same rows, so none undoes what another has counted.
/// </summary>
internal sealed class Visits(IDatabase database, TimeProvider time, ILogger<Visits> log) : IVisits, IBackgroundPart, IAsyncDisposable
{
    public const int MostKept = 200;
    private const int MostWaiting = 10_000;
    private const string Channel = "portal_visits";
    private static readonly TimeSpan WriteEvery = TimeSpan.FromSeconds(2);

    private static readonly BulkInsert<VisitRow> Add = new(
        "portal_visits",
        [
            BulkColumn<VisitRow>.Of("person", row => row.Person),
            BulkColumn<VisitRow>.Of("entity", row => row.Entity),
            BulkColumn<VisitRow>.Of("times", row => row.Times),
            BulkColumn<VisitRow>.Of("last_at", row => row.LastAt),
        ],
        """
        (person, entity) do update set times = portal_visits.times + excluded.times,
            last_at = case when excluded.last_at > portal_visits.last_at then excluded.last_at else portal_visits.last_at end
        """);

    private readonly SemaphoreSlim _writing = new(1);
    private readonly Lock _counting = new();
    private Dictionary<(string Person, string Entity), VisitRow> _waiting = [];
    private Dictionary<(string Person, string Entity), VisitRow> _onTheWay = [];
    private IDisposable? _listening;
    private ITimer? _timer;

    public void Note(EntityRef person, EntityRef entity)
    {
        var key = (person.ToString(), entity.ToString());
        if (!person.IsPerson)
        {
            return;
        }

        var now = time.GetUtcNow();
        lock (_counting)
        {
            if (_waiting.TryGetValue(key, out var known))
            {
                _waiting[key] = known with { Times = known.Times + 1, LastAt = now };
            }
            else if (_waiting.Count < MostWaiting)
            {
                _waiting[key] = new VisitRow(key.Item1, key.Item2, 1, now);
            }
        }
    }

    public async ValueTask<IReadOnlyList<Visit>> Of(EntityRef person, CancellationToken cancellationToken)
    {
        // Taken before reading: what is being written may for a moment count twice, and is never missing.
        var name = person.ToString();
        List<VisitRow> added;
        lock (_counting)
        {
            added = [.. _onTheWay.Values.Concat(_waiting.Values).Where(visit => visit.Person == name)];
        }

        var kept = await database.Query<VisitRow>(
            "select person, entity, times, last_at from portal_visits where person = @name order by last_at desc limit @most", new { name, most = MostKept }, cancellationToken);
        return
        [
            .. kept.Concat(added)
                .GroupBy(visit => visit.Entity, StringComparer.Ordinal)
                .Select(visits => new Visit(EntityRef.Parse(visits.Key), (int)Math.Min(int.MaxValue, visits.Sum(visit => visit.Times)), visits.Max(visit => visit.LastAt)))
                .OrderByDescending(visit => visit.LastAt)
                .Take(MostKept),
        ];
    }

    public async Task Forget(EntityRef person, CancellationToken cancellationToken)
    {
        var name = person.ToString();
        await _writing.WaitAsync(cancellationToken);
        try
        {
            Drop(name);
            await database.Transaction(
                async transaction =>
                {
                    await transaction.Execute("delete from portal_visits where person = @name", new { name }, cancellationToken);
                    await transaction.Notify(Channel, name, cancellationToken);
                },
                cancellationToken);
        }
        finally
        {
            _writing.Release();
        }
    }

    public Task Start(CancellationToken cancellationToken)
    {
        // Another replica may have something of a person who wants to be forgotten.
        _listening = database.Listen(Channel, (name, _) =>
        {
            Drop(name ?? "");
            return Task.CompletedTask;
        });
        _timer = time.CreateTimer(_ => _ = _writing.CurrentCount == 0 ? Task.CompletedTask : Write(), null, WriteEvery, WriteEvery);
        return Task.CompletedTask;
    }

    public async Task Stop(CancellationToken cancellationToken)
    {
        await DisposeAsync();

        // What could not be written before goes first, and then what has come together since.
        while (!cancellationToken.IsCancellationRequested && await Write())
        {
        }
    }

    public async ValueTask DisposeAsync()
    {
        _listening?.Dispose();
        _listening = null;
        if (Interlocked.Exchange(ref _timer, null) is { } timer)
        {
            await timer.DisposeAsync();
        }
    }

    /// <returns>Whether something was written.</returns>
    public async Task<bool> Write()
    {
        await _writing.WaitAsync();
        try
        {
            if (Take() is not { Count: > 0 } rows)
            {
                return false;
            }

            await database.Transaction(
                async transaction =>
                {
                    await transaction.Insert(Add, rows, CancellationToken.None);
                    foreach (var person in rows.Select(row => row.Person).Distinct(StringComparer.Ordinal))
                    {
                        await transaction.Execute(
                            """
                            delete from portal_visits where person = @person and last_at <
                                (select last_at from portal_visits where person = @person order by last_at desc limit 1 offset @last)
                            """,
                            new { person, last = MostKept - 1 },
                            CancellationToken.None);
                    }
                },
                CancellationToken.None);
            Arrive();
            return true;
        }
        catch (Exception e) when (e is DatabaseUnavailableException or DbException { IsTransient: true })
        {
            // What somebody looked at is worth a warning, not a failure of what they look at next.
            log.LogWarning(e, "Visits could not be written. They are tried again.");
            return false;
        }
        catch (DbException e)
        {
            // They would be refused again and again, and hold up all that come after them.
            Arrive();
            log.LogError(e, "The database refuses some visits. They are lost, and those that follow are written.");
            return false;
        }
        finally
        {
            _writing.Release();
        }
    }

    /// <summary>What is to be written: what has come together or, first, what could not be written the last time.</summary>
    private List<VisitRow> Take()
    {
        lock (_counting)
        {
            if (_onTheWay.Count == 0)
            {
                (_onTheWay, _waiting) = (_waiting, []);
            }

            // In one order, so that two replicas wait for each other and not both at once.
            return [.. _onTheWay.Values.OrderBy(row => row.Person, StringComparer.Ordinal).ThenBy(row => row.Entity, StringComparer.Ordinal)];
        }
    }

    private void Arrive()
    {
        lock (_counting)
        {
            _onTheWay = [];
        }
    }

    private void Drop(string person)
    {
        lock (_counting)
        {
            foreach (var visits in new[] { _waiting, _onTheWay })
            {
                foreach (var key in visits.Keys.Where(key => key.Person == person).ToList())
                {
                    visits.Remove(key);
                }
            }
        }
    }

    private sealed record VisitRow(string Person, string Entity, long Times, DateTimeOffset LastAt);
}
