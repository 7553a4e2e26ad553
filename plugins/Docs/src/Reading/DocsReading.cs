using System.Collections.Concurrent;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.Options;
using Stagedoor.Docs.Checking;
using Stagedoor.Docs.Finding;
using Stagedoor.Docs.Places;
using Stagedoor.Docs.Rendering;
using Stagedoor.Docs.Sites;
using Stagedoor.Docs.Sites.Files;
using Stagedoor.Plugins;
using Stagedoor.Sources;

namespace Stagedoor.Docs.Reading;

/// <summary>Opens documentation and reads its pages, for those who may see the entity it belongs to.</summary>
internal sealed class DocsReading(
    ICatalog catalog, DocsPlaces places, SiteShelf shelf, PageRendering rendering, DiagramAddresses diagrams, IRepositories repositories, IOptions<DocsOptions> options, TimeProvider time)
    : IDisposable
{
    private const int MostOpen = 2000;
    private const int WalksAtOnce = 2;
    private const long MostOfDigests = 128 * 1024 * 1024;

    /// <summary>A page does not wait longer for what git's history tells; it is there the next time.</summary>
    private static readonly TimeSpan PatienceForHistory = TimeSpan.FromMilliseconds(80);
    private static readonly TimeSpan VersionsAreGoodFor = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan PatienceForGlossary = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan GlossaryIsGoodFor = TimeSpan.FromSeconds(5);

    private readonly MemoryCache _pages = new(new MemoryCacheOptions { SizeLimit = options.Value.CacheMegabytes * 1024L * 1024 });
    private readonly MemoryCache _digests = new(new MemoryCacheOptions { SizeLimit = MostOfDigests });
    private readonly MemoryCache _versions = new(new MemoryCacheOptions { SizeLimit = 500 });
    private readonly MemoryCache _histories = new(new MemoryCacheOptions { SizeLimit = 500_000 });
    private readonly ConcurrentDictionary<EntityRef, WeakReference<Site>> _open = new();
    private readonly ConcurrentDictionary<Site, Lazy<Task<KnownSite>>> _making = new();
    private readonly SemaphoreSlim _walks = new(WalksAtOnce);
    private ReadGlossary? _glossary;

    /// <summary>The sites that somebody has opened at their usual version.</summary>
    public IEnumerable<(EntityRef Entity, Site Site)> OpenSites => _open.Select(open => (open.Key, Site: open.Value.TryGetTarget(out var site) ? site : null)).Where(open => open.Site is not null).Select(open => (open.Key, open.Site!));

    /// <summary>The documentation of an entity; nothing if there is no such entity for the caller, or it has none.</summary>
    public async Task<OpenDocs?> Open(EntityRef entity, string? reference, Caller caller, CancellationToken cancellationToken)
    {
        if (await catalog.Find(entity, caller, cancellationToken) is not { } found || !HasDocs.Of(found))
        {
            return null;
        }

        var docs = await places.Find(found, caller, cancellationToken);
        if (docs.Place is null)
        {
            return new OpenDocs(found, null, null, null) { Trouble = docs.WhyNot };
        }

        try
        {
            var shelved = await shelf.Open(docs.Place, found.Title, reference, cancellationToken);
            Remember(found, reference, shelved.Site);
            return new OpenDocs(found, docs.Place, shelved.Site, shelved.Files)
            {
                Reference = reference, Commit = shelved.Commit, Trouble = shelved.Trouble, ReachedAt = shelved.ReachedAt, IsComing = shelved.IsComing, Start = docs.Start,
            };
        }
        catch (OutboundException e)
        {
            return new OpenDocs(found, docs.Place, null, null) { Reference = reference, Trouble = e.Message, HasNoSuchVersion = e.IsMissing && reference is not null };
        }
    }

    public async Task<ReadPage> Page(OpenDocs docs, SitePage page, DocsBase at, CancellationToken cancellationToken)
    {
        var glossary = await Glossary(cancellationToken);
        var key = (docs.Place!.Key, docs.Site!.Version, page.Path, at, glossary);
        if (_pages.TryGetValue(key, out ReadPage? kept))
        {
            return kept!;
        }

        var read = await rendering.Render(
            new RenderingOrder(docs.Site, docs.Files!, page, at) { Outside = path => AtCodeHost(docs, path), Draw = diagrams.Of, Glossary = glossary }, cancellationToken);
        return _pages.Set(key, read, new MemoryCacheEntryOptions { Size = 2048 + (2L * (read.Html.Length + read.Sections.Sum(section => section.Text.Length))) });
    }

    /// <summary>The last change of a page; nothing if that is not known soon.</summary>
    public async Task<CommitInfo?> LastChange(OpenDocs docs, SitePage page, CancellationToken cancellationToken)
    {
        if (docs.Commit is null)
        {
            return null;
        }

        try
        {
            return (await Changes(docs).WaitAsync(PatienceForHistory, time, cancellationToken)).GetValueOrDefault(page.File.Source);
        }
        catch (Exception e) when (e is TimeoutException or OutboundException)
        {
            // A page is there to be read whoever wrote it.
            return null;
        }
    }

    /// <summary>For each file of the site the newest commit that touched it, as far as it can be told.</summary>
    public async Task<IReadOnlyDictionary<string, CommitInfo>> KnownChanges(OpenDocs docs, CancellationToken cancellationToken)
    {
        try
        {
            return await Changes(docs).WaitAsync(cancellationToken);
        }
        catch (OutboundException)
        {
            // What stands there is worth more than when it was written.
            return new Dictionary<string, CommitInfo>();
        }
    }

    /// <summary>For each file of the site the newest commit that touched it.</summary>
    public async Task<IReadOnlyDictionary<string, CommitInfo>> Changes(OpenDocs docs)
    {
        if (docs is not { Commit: { } commit, Site: { } site })
        {
            return new Dictionary<string, CommitInfo>();
        }

        var key = (docs.Place!.Key, commit.Sha);
        var walking = _histories.GetOrCreate(key, entry =>
        {
            entry.Size = site.Pages.Count + 10;
            return new Lazy<Task<IReadOnlyDictionary<string, CommitInfo>>>(() => Task.Run(() => Walk(commit, site)));
        })!;
        try
        {
            return await walking.Value;
        }
        catch (Exception)
        {
            _histories.Remove(key);
            throw;
        }
    }

    private async Task<IReadOnlyDictionary<string, CommitInfo>> Walk(RepositoryCommit commit, Site site)
    {
        await _walks.WaitAsync(CancellationToken.None);
        try
        {
            return await repositories.LastChanges(commit, [.. site.Pages.Select(page => page.File.Source)], CancellationToken.None);
        }
        finally
        {
            _walks.Release();
        }
    }

    /// <summary>Where a page is seen and edited at its code host.</summary>
    public SourceLinks Links(OpenDocs docs, SitePage page) => SourceAddresses.Of(docs, page, path => AtCodeHost(docs, path));

    /// <summary>Branches and tags; empty where there are none.</summary>
    public async Task<IReadOnlyList<RepositoryReference>> Versions(OpenDocs docs, CancellationToken cancellationToken)
    {
        if (docs.Place is not DocsPlace.InRepository place)
        {
            return [];
        }

        // Git is asked by a program of its own, which costs more than the page. A commit that has just come may have brought others.
        var listing = _versions.GetOrCreate((place.Repository, docs.Commit?.Sha), entry =>
        {
            entry.Size = 1;
            entry.AbsoluteExpirationRelativeToNow = VersionsAreGoodFor;
            return new Lazy<Task<IReadOnlyList<RepositoryReference>>>(() => Task.Run(() => VersionsOf(place.Repository)));
        })!;
        return await listing.Value.WaitAsync(cancellationToken);
    }

    private async Task<IReadOnlyList<RepositoryReference>> VersionsOf(RepositoryAddress repository)
    {
        try
        {
            var found = await repositories.References(repository, TimeSpan.FromDays(10_000), CancellationToken.None);
            return [.. found.OrderByDescending(reference => reference.IsDefault).ThenBy(reference => reference.IsTag).ThenByDescending(reference => reference.IsTag ? reference.Name : "", VersionOrder.Instance).ThenBy(reference => reference.Name, StringComparer.Ordinal)];
        }
        catch (OutboundException)
        {
            // What is open is there to be read; the trouble with its repository is told where it was opened.
            return [];
        }
    }

    /// <summary>What in this site speaks of a text, the best first.</summary>
    public async Task<IReadOnlyList<DocsHit>> Search(OpenDocs docs, string text, int limit, CancellationToken cancellationToken) =>
        docs.Site is null ? [] : (await Known(docs).WaitAsync(cancellationToken)).Index.Value.Find(text, limit);

    /// <summary>What is broken in this site.</summary>
    public async Task<IReadOnlyList<DocsFinding>> Check(OpenDocs docs, CancellationToken cancellationToken) =>
        docs.Site is null ? [] : (await Known(docs).WaitAsync(cancellationToken)).Findings.Value;

    /// <summary>What all pages say.</summary>
    public async Task<SiteDigest> Digest(OpenDocs docs, CancellationToken cancellationToken) => (await Known(docs).WaitAsync(cancellationToken)).Digest;

    public void Dispose()
    {
        _pages.Dispose();
        _digests.Dispose();
        _walks.Dispose();
        _versions.Dispose();
        _histories.Dispose();
    }

    /// <summary>Those who ask while it is being made share it.</summary>
    private async Task<KnownSite> Known(OpenDocs docs)
    {
        var site = docs.Site!;
        if (_digests.TryGetValue(site, out KnownSite? known))
        {
            return known!;
        }

        try
        {
            return await _making.GetOrAdd(site, _ => new Lazy<Task<KnownSite>>(() => Task.Run(async () =>
            {
                var made = new KnownSite(await SiteDigest.Make(rendering, site, docs.Files!, path => AtCodeHost(docs, path), CancellationToken.None));
                return _digests.Set(site, made, new MemoryCacheEntryOptions { Size = Math.Min(MostOfDigests, made.Digest.Bytes * 2) });
            }))).Value;
        }
        finally
        {
            _making.TryRemove(site, out _);
        }
    }

    private void Remember(Entity entity, string? reference, Site? site)
    {
        if (reference is not null || site is null || !HasDocs.OfItsOwn(entity))
        {
            return;
        }

        if (_open.Count > MostOpen)
        {
            _open.Clear();
        }

        _open[entity.Ref] = new WeakReference<Site>(site);
    }

    private string? AtCodeHost(OpenDocs docs, string path) =>
        docs is { Place: DocsPlace.InRepository place, Commit: { } commit }
        && repositories.PlaceOf(new RepositoryFile(place.Repository, docs.Reference ?? place.Reference ?? commit.Sha, path)) is { } at && at.StartsWith("url:", StringComparison.Ordinal)
            ? at["url:".Length..]
            : null;

    /// <summary>What it was a moment ago does; only the first readers wait for it, and not for long.</summary>
    private async Task<string> Glossary(CancellationToken cancellationToken)
    {
        if (options.Value.Glossary is not { } named)
        {
            return "";
        }

        var known = _glossary;
        if (known is null || (known.Reading.IsCompleted && time.GetElapsedTime(known.BegunAt) > GlossaryIsGoodFor))
        {
            _glossary = known = new ReadGlossary(Task.Run(() => GlossaryOf(named, known?.Text ?? ""), CancellationToken.None), time.GetTimestamp(), known?.Text ?? "");
        }

        if (!known.Reading.IsCompleted && known.Text.Length == 0)
        {
            await ((Task)known.Reading.WaitAsync(PatienceForGlossary, time, cancellationToken)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        return known.Reading.IsCompletedSuccessfully ? known.Reading.Result : known.Text;
    }

    /// <summary>The operator names it, so that it is everybody's to read.</summary>
    private async Task<string> GlossaryOf(string named, string former)
    {
        try
        {
            var name = named.StartsWith("docs:", StringComparison.Ordinal) ? named["docs:".Length..] : named;
            if (!DocsAddress.TryRead(name, out var entity, out var address) || await Open(entity, null, Caller.Portal, CancellationToken.None) is not { Site: { } site } docs || site.Find(address) is not { } page
                || await docs.Content(page.Path, CancellationToken.None) is not { } content)
            {
                return former;
            }

            var lines = PageText.Of(content).Text.Split('\n').Select(line => line.TrimEnd('\r')).Where(line => line.StartsWith("*[", StringComparison.Ordinal)).Take(2000);
            return "\n\n" + string.Join('\n', lines) + "\n";
        }
        catch (OutboundException)
        {
            // Pages are there to be read without it; what was known of it holds.
            return former;
        }
    }

    private sealed record ReadGlossary(Task<string> Reading, long BegunAt, string Text);

    private sealed class KnownSite(SiteDigest digest)
    {
        public SiteDigest Digest { get; } = digest;

        public Lazy<SiteIndex> Index { get; } = new(() => new SiteIndex(digest));

        public Lazy<IReadOnlyList<DocsFinding>> Findings { get; } = new(() => SiteCheck.Of(digest));
    }
}

internal sealed record SourceLinks(string? View, string? Edit);

/// <param name="Anchor">Of the heading it stands below; nothing for the page's beginning.</param>
/// <param name="Extract">Some words around what was found.</param>
internal sealed record DocsHit(SitePage Page, string? Anchor, string Title, string? Heading, string Extract);
