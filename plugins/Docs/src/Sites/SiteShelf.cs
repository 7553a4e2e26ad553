using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Stagedoor.Docs.Places;
using Stagedoor.Docs.Sites.Files;
using Stagedoor.Sources;

namespace Stagedoor.Docs.Sites;

/// <summary>
/// Keeps the sites that are read. A reader gets what the portal's own copy of a repository holds now and never waits for
/// another machine, but the first time; behind their back the repository is asked whether there is more.
/// </summary>
internal sealed class SiteShelf(IRepositories repositories, IOptions<DocsOptions> options, TimeProvider time, ILogger<SiteShelf> log) : IDisposable
{
    /// <summary>Of all sites together.</summary>
    private const int MostFiles = 300_000;
    private const int MostPlaces = 5000;
    private const int AtOnce = 4;
    private static readonly TimeSpan AnyAge = TimeSpan.FromDays(10_000);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>The files of this machine, and the portal's own copies of repositories, are looked at again after that.</summary>
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(150);

    private readonly SemaphoreSlim _turns = new(AtOnce);
    private readonly ConcurrentDictionary<string, Checked> _checks = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<(string Place, string Version, string Name), Kept> _kept = new();
    private readonly ConcurrentDictionary<string, Local> _local = new(StringComparer.Ordinal);

    /// <param name="name">What a site that has no name of its own is called.</param>
    /// <param name="reference">A branch, tag or commit; nothing for the usual one.</param>
    /// <exception cref="OutboundException">There is no such version, or it cannot be had.</exception>
    public async Task<Shelved> Open(DocsPlace place, string name, string? reference, CancellationToken cancellationToken) => place switch
    {
        DocsPlace.InRepository inRepository => await Open(inRepository, name, reference ?? inRepository.Reference, cancellationToken),
        DocsPlace.OnThisMachine onThisMachine when reference is null => await Open(onThisMachine, name, cancellationToken),
        _ => throw new OutboundException("This documentation is read from files as they lie, which have no versions.", isPassing: false) { IsMissing = true },
    };

    private async Task<Shelved> Open(DocsPlace.InRepository place, string name, string? reference, CancellationToken cancellationToken)
    {
        var check = _checks.GetOrAdd($"{place.Repository.Url}\n{reference}", _ => new Checked());
        Check(place.Repository, reference, check);
        if (await Commit(place.Repository, reference, check, cancellationToken) is not { } commit)
        {
            return new Shelved(null, null, null) { IsComing = true };
        }

        var (files, site) = await Keep(place, commit, name, cancellationToken);
        return new Shelved(site, files, commit) { Trouble = check.Trouble, ReachedAt = check.ReachedAt };
    }

    public void Dispose() => _turns.Dispose();

    /// <summary>What the portal's own copy holds; nothing if it is still coming. Many readers at once are one question.</summary>
    private async Task<RepositoryCommit?> Commit(RepositoryAddress repository, string? reference, Checked check, CancellationToken cancellationToken)
    {
        if (check.Latest is { } latest && time.GetElapsedTime(latest.At) < Glance)
        {
            return latest.Commit;
        }

        RepositoryCommit commit;
        try
        {
            commit = await repositories.Resolve(repository, reference, AnyAge, cancellationToken).WaitAsync(Patience, time, cancellationToken);
        }
        catch (TimeoutException)
        {
            return null;
        }
        catch (OutboundException e) when (e.IsMissing && reference is not null)
        {
            // It may have been made since the copy was fetched.
            commit = await repositories.Resolve(repository, reference, options.Value.CheckEvery, cancellationToken).WaitAsync(Patience, time, cancellationToken);
        }

        check.Latest = new Seen(commit, time.GetTimestamp());
        return commit;
    }

    /// <summary>Asks the repository, if that was not done lately, and remembers how it went.</summary>
    private void Check(RepositoryAddress repository, string? reference, Checked check)
    {
        lock (check)
        {
            var now = time.GetUtcNow();
            if (check.Running is { IsCompleted: false } || now - check.BegunAt < options.Value.CheckEvery)
            {
                return;
            }

            foreach (var (key, _) in _checks.Count <= MostPlaces ? [] : _checks.Where(other => now - other.Value.BegunAt > options.Value.CheckEvery * 10).ToList())
            {
                _checks.TryRemove(key, out _);
            }

            check.BegunAt = now;
            check.Running = Task.Run(Look);
        }

        async Task Look()
        {
            try
            {
                await repositories.Resolve(repository, reference, options.Value.CheckEvery, CancellationToken.None);
                check.Trouble = null;
                check.ReachedAt = time.GetUtcNow();
            }
            catch (OutboundException e)
            {
                check.Trouble = e.IsMissing ? null : e.Message;
            }
            catch (Exception e)
            {
                log.LogError(e, "{Repository} could not be asked for its newest commit", repository);
                check.Trouble = "The repository could not be read; the portal's log says why.";
            }
        }
    }

    private async Task<Shelved> Open(DocsPlace.OnThisMachine place, string name, CancellationToken cancellationToken)
    {
        if (_local.Count > MostPlaces)
        {
            _local.Clear();
        }

        var local = _local.GetOrAdd($"{place.Key}\n{name}", _ => new Local());
        await local.Turn.WaitAsync(cancellationToken);
        try
        {
            if (local.Now is not { } now || time.GetElapsedTime(local.LookedAt) > Glance)
            {
                if (local.Now is not { } known || !known.Files.IsCurrent())
                {
                    var files = new LocalFiles(place.Root);
                    known = (files, await new SiteBuilding(files, place, name).Build(cancellationToken));
                    local.Now = known;
                }

                now = known;
                local.LookedAt = time.GetTimestamp();
            }

            return new Shelved(now.Site, now.Files, null);
        }
        finally
        {
            local.Turn.Release();
        }
    }

    private async Task<(GitFiles Files, Site Site)> Keep(DocsPlace place, RepositoryCommit commit, string name, CancellationToken cancellationToken)
    {
        var key = (place.Key, commit.Sha, name);
        var kept = _kept.GetOrAdd(key, _ =>
        {
            var files = new GitFiles(repositories, commit);
            return new Kept(files, new Lazy<Task<Site>>(() => Task.Run(() => Build(files, place, name))));
        });
        kept.UsedAt = time.GetTimestamp();
        try
        {
            var site = await kept.Site.Value.WaitAsync(cancellationToken);
            MakeRoom(kept);
            return (kept.Files, site);
        }
        catch (Exception) when (kept.Site.Value.IsFaulted)
        {
            _kept.TryRemove(key, out _);
            throw;
        }
    }

    /// <summary>Readers who ask for many versions wait for each other, and nobody else for them for long.</summary>
    private async Task<Site> Build(GitFiles files, DocsPlace place, string name)
    {
        await _turns.WaitAsync(CancellationToken.None);
        try
        {
            return await new SiteBuilding(files, place, name).Build(CancellationToken.None);
        }
        finally
        {
            _turns.Release();
        }
    }

    private void MakeRoom(Kept used)
    {
        var files = _kept.Values.Sum(FilesOf);
        foreach (var (key, kept) in files <= MostFiles ? [] : _kept.OrderBy(pair => pair.Value.UsedAt).ToList())
        {
            if (files <= MostFiles)
            {
                return;
            }

            if (kept != used && _kept.TryRemove(key, out _))
            {
                files -= FilesOf(kept);
            }
        }
    }

    private static int FilesOf(Kept kept) => kept.Site is { IsValueCreated: true, Value: { IsCompletedSuccessfully: true } built } ? built.Result.Files.Count + 50 : 50;

    private sealed class Checked
    {
        public DateTimeOffset BegunAt { get; set; }

        public DateTimeOffset? ReachedAt { get; set; }

        public string? Trouble { get; set; }

        public Task? Running { get; set; }

        public Seen? Latest { get; set; }
    }

    private sealed record Seen(RepositoryCommit Commit, long At);

    private sealed class Kept(GitFiles files, Lazy<Task<Site>> site)
    {
        public GitFiles Files { get; } = files;

        public Lazy<Task<Site>> Site { get; } = site;

        public long UsedAt { get; set; }
    }

    private sealed class Local
    {
        public SemaphoreSlim Turn { get; } = new(1);

        public (LocalFiles Files, Site Site)? Now { get; set; }

        public long LookedAt { get; set; }
    }
}

/// <summary>A site and the files it is read from.</summary>
internal sealed record Shelved(Site? Site, ISiteFiles? Files, RepositoryCommit? Commit)
{
    public string? Trouble { get; init; }

    public DateTimeOffset? ReachedAt { get; init; }

    public bool IsComing { get; init; }
}
