using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Stagedoor.Host.Starting;
using Stagedoor.Plugins;

namespace Stagedoor.Host.People;

/// <summary>
/// The people and groups of the catalog, kept in memory and up with it. Until the catalog has its first person, and in a
/// portal without a catalog, those of the sample hold.
/// </summary>
internal sealed class CatalogDirectory(OrganisationDirectory sample, IServiceProvider services, TimeProvider time, ILogger<CatalogDirectory> log)
    : IDirectory, IBackgroundPart, IDisposable
{
    /// <summary>Changes come in swarms, and one rebuilding does for all of a swarm.</summary>
    private static readonly TimeSpan Gathering = TimeSpan.FromMilliseconds(150);

    private static readonly TimeSpan LongestGathering = TimeSpan.FromMilliseconds(450);
    private static readonly TimeSpan LongestRest = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan LookAgain = TimeSpan.FromMinutes(1);

    private readonly CancellationTokenSource _stopping = new();
    private readonly SemaphoreSlim _arrived = new(0);
    private readonly Lock _noting = new();
    private HashSet<EntityRef> _noted = [];
    private Task _following = Task.CompletedTask;
    private volatile Moment _now = new(sample, 1);
    private bool _hasHadPeople;
    private TimeSpan _lastReading;

    public long Revision => _now.Revision;

    public IReadOnlyList<Person> People => _now.Organisation.People;

    public IReadOnlyList<Group> Groups => _now.Organisation.Groups;

    public Person? FindPerson(EntityRef person) => _now.Organisation.FindPerson(person);

    public Group? FindGroup(EntityRef group) => _now.Organisation.FindGroup(group);

    public IReadOnlyList<EntityRef> GroupsOf(EntityRef person) => _now.Organisation.GroupsOf(person);

    public IReadOnlyList<Person> MembersOf(EntityRef group) => _now.Organisation.MembersOf(group);

    public IReadOnlyList<Group> ChildrenOf(EntityRef group) => _now.Organisation.ChildrenOf(group);

    public IReadOnlyList<EntityRef> GroupsWithin(EntityRef group) => _now.Organisation.GroupsWithin(group);

    /// <summary>Reads all there is before anybody is asked who they are, then follows.</summary>
    public async Task Start(CancellationToken cancellationToken)
    {
        // A plugin may have put a directory of its own in this one's place.
        if (services.GetService<ICatalog>() is not { } catalog || services.GetRequiredService<IDirectory>() != this)
        {
            return;
        }

        await ReadAll(catalog, cancellationToken);
        _following = Task.Run(() => Follow(catalog, _stopping.Token), CancellationToken.None);
    }

    public async Task Stop(CancellationToken cancellationToken)
    {
        await _stopping.CancelAsync();
        await _following.WaitAsync(cancellationToken);
    }

    public void Dispose()
    {
        _stopping.Dispose();
        _arrived.Dispose();
    }

    /// <summary>Remembers what has changed, to look at it a moment later.</summary>
    public void Note(IReadOnlyList<EntityChange> changes)
    {
        var concern = changes.Where(change => change.Kind != EntityChangeKind.Status && OrganisationReading.IsOfPeople(change.Entity)).Select(change => change.Entity).ToList();
        if (concern.Count == 0)
        {
            return;
        }

        lock (_noting)
        {
            _noted.UnionWith(concern);
        }

        _arrived.Release();
    }

    private async Task Follow(ICatalog catalog, CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                var told = await _arrived.WaitAsync(LookAgain, stopping);
                if (told)
                {
                    await Gather(stopping);
                }

                HashSet<EntityRef> noted;
                lock (_noting)
                {
                    (noted, _noted) = (_noted, []);
                }

                var begunAt = time.GetTimestamp();
                var isDone = noted.Count == 0 || await ReadAgain(catalog, noted, stopping);
                _lastReading = time.GetElapsedTime(begunAt);
                if (!isDone || !await IsWhole(catalog, stopping))
                {
                    await ReadAll(catalog, stopping);
                }

                // While very much comes in, most of the time is left to that.
                await Task.Delay(Rest, time, stopping);
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e) when (e is not OutOfMemoryException)
            {
                log.LogError(e, "The people and groups of the catalog could not be read; those known before hold for now");
                await Task.Delay(LongestGathering, time, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                _now = _now with { IsStale = true };
                _arrived.Release();
            }
        }
    }

    private TimeSpan Rest => _lastReading < LongestRest / 3 ? _lastReading * 3 : LongestRest;

    private async Task Gather(CancellationToken stopping)
    {
        var begunAt = time.GetTimestamp();
        do
        {
            while (await _arrived.WaitAsync(TimeSpan.Zero, stopping))
            {
            }

            await Task.Delay(Gathering, time, stopping);
        }
        while (_arrived.CurrentCount > 0 && time.GetElapsedTime(begunAt) < LongestGathering);
    }

    /// <summary>Events may get lost; a wrong number of people or groups shows that.</summary>
    private async Task<bool> IsWhole(ICatalog catalog, CancellationToken stopping) =>
        !_now.IsStale
        && (!_hasHadPeople
            ? await catalog.Count(OrganisationReading.AllPeople, Caller.Portal, stopping) == 0
            : await catalog.Count(OrganisationReading.AllPeople, Caller.Portal, stopping) == People.Count
                && await catalog.Count(OrganisationReading.AllGroups, Caller.Portal, stopping) == Groups.Count);

    private async Task ReadAll(ICatalog catalog, CancellationToken cancellationToken)
    {
        var begunAt = time.GetTimestamp();
        var reading = await OrganisationReading.All(catalog, cancellationToken);
        _lastReading = time.GetElapsedTime(begunAt);
        if (Take(reading))
        {
            log.LogInformation(
                "The directory holds {People} people and {Groups} groups of the catalog, read in {Elapsed} ms", reading.People.Count, reading.Groups.Count, (long)_lastReading.TotalMilliseconds);
        }
    }

    /// <summary>False if all is to be read: too much has changed, or what is known is the sample.</summary>
    private async Task<bool> ReadAgain(ICatalog catalog, HashSet<EntityRef> changed, CancellationToken cancellationToken)
    {
        var before = _now;
        if (before.IsStale || !_hasHadPeople || await OrganisationReading.Again(before.Organisation, changed, catalog, cancellationToken) is not { } changes)
        {
            return false;
        }

        if (!changes.IsEmpty)
        {
            _now = new Moment(before.Organisation.With(changes), before.Revision + 1);
        }

        return true;
    }

    /// <summary>Whether it says anything new.</summary>
    private bool Take(OrganisationReading reading)
    {
        _hasHadPeople |= reading.People.Count > 0;
        if (!_hasHadPeople && sample.People.Count > 0)
        {
            return false;
        }

        // Without a sample there may be groups and nobody in them.
        _hasHadPeople |= reading.Groups.Count > 0;
        if (reading.IsAs(_now.Organisation))
        {
            _now = _now with { IsStale = false };
            return false;
        }

        _now = new Moment(new OrganisationDirectory(reading.People.Values, reading.Groups.Values), _now.Revision + 1);
        return true;
    }

    private sealed record Moment(OrganisationDirectory Organisation, long Revision)
    {
        /// <summary>Something could not be read: all is to be read again.</summary>
        public bool IsStale { get; init; }
    }
}

/// <summary>Tells the directory what changes in the catalog.</summary>
internal sealed class FollowCatalog(CatalogDirectory directory) : IEventHandler<CatalogChanged>
{
    public Task Handle(CatalogChanged happened, CancellationToken cancellationToken)
    {
        directory.Note(happened.Changes);
        return Task.CompletedTask;
    }
}
