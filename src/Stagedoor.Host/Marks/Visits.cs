using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Stagedoor.Host.Starting;
using Stagedoor.Plugins;

namespace Stagedoor.Host.Marks;

/// <summary>Collects visits and writes them now and then, so that looking at a page costs no write.</summary>
internal sealed class Visits(IPersonalSettings settings, TimeProvider time, ILogger<Visits> log) : IVisits, IBackgroundPart, IAsyncDisposable
{
    private const string Key = "portal.visits";
    private const int MostKept = 200;
    private const int MostWaiting = 10_000;
    private static readonly TimeSpan WriteEvery = TimeSpan.FromSeconds(2);

    private readonly ConcurrentDictionary<(EntityRef Person, EntityRef Entity), Visit> _waiting = new();
    private readonly SemaphoreSlim _writing = new(1);
    private ITimer? _timer;

    public void Note(EntityRef person, EntityRef entity)
    {
        if (_waiting.Count < MostWaiting)
        {
            var now = time.GetUtcNow();
            _waiting.AddOrUpdate((person, entity), _ => new Visit(entity, 1, now), (_, visit) => visit with { Times = visit.Times + 1, LastAt = now });
        }
    }

    public async ValueTask<IReadOnlyList<Visit>> Of(EntityRef person, CancellationToken cancellationToken)
    {
        var waiting = _waiting.Where(visit => visit.Key.Person == person).Select(visit => visit.Value).ToList();
        return Together(await Kept(person, cancellationToken), waiting);
    }

    public Task Start(CancellationToken cancellationToken)
    {
        _timer = time.CreateTimer(_ => _ = Write(), null, WriteEvery, WriteEvery);
        return Task.CompletedTask;
    }

    public async Task Stop(CancellationToken cancellationToken)
    {
        await DisposeAsync();
        await Write();
    }

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _timer, null) is { } timer)
        {
            await timer.DisposeAsync();
        }
    }

    private async Task Write()
    {
        await _writing.WaitAsync();
        try
        {
            foreach (var person in _waiting.Keys.Select(key => key.Person).Distinct().ToList())
            {
                var taken = new List<Visit>();
                foreach (var key in _waiting.Keys.Where(key => key.Person == person).ToList())
                {
                    if (_waiting.TryRemove(key, out var visit))
                    {
                        taken.Add(visit);
                    }
                }

                var all = Together(await Kept(person, CancellationToken.None), taken);
                await settings.Set(person, Key, all.Select(visit => new KeptVisit(visit.Entity.ToString(), visit.Times, visit.LastAt)), CancellationToken.None);
            }
        }
        catch (Exception e) when (e is InvalidOperationException or System.Data.Common.DbException)
        {
            // What somebody looked at is worth a warning, not a failure of what they look at next.
            log.LogWarning(e, "Visits could not be written.");
        }
        finally
        {
            _writing.Release();
        }
    }

    private async Task<IReadOnlyList<Visit>> Kept(EntityRef person, CancellationToken cancellationToken) =>
        [.. (await settings.Get<IReadOnlyList<KeptVisit>>(person, Key, cancellationToken) ?? []).Select(visit => new Visit(EntityRef.Parse(visit.Entity), visit.Times, visit.LastAt))];

    private static List<Visit> Together(IReadOnlyList<Visit> kept, IReadOnlyList<Visit> added) =>
    [
        .. kept.Concat(added)
            .GroupBy(visit => visit.Entity)
            .Select(visits => new Visit(visits.Key, visits.Sum(visit => visit.Times), visits.Max(visit => visit.LastAt)))
            .OrderByDescending(visit => visit.LastAt)
            .Take(MostKept),
    ];

    private sealed record KeptVisit(string Entity, int Times, DateTimeOffset LastAt);
}
