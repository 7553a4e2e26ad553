using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;
using Stagedoor.Plugins;
using Stagedoor.Sources.Hosts;

namespace Stagedoor.Sources.Git;

internal sealed class Repositories : IRepositories, IDisposable
{
    private const int MostGits = 32;
    private static readonly TimeSpan Idle = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<string, Lazy<RepositoryCopy>> _copies = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<ObjectReader> _begun = new();
    private readonly CancellationTokenSource _stopping = new();
    private readonly SemaphoreSlim _fetches;
    private readonly GitProgram _git;
    private readonly CopyFetch _fetch;
    private readonly RemoteAccess _remote;
    private readonly HostRules _rules;
    private readonly CodeHosts _hosts;
    private readonly LocalFolders _local;
    private readonly History _history;
    private readonly TimeProvider _time;
    private bool _isDisposed;

    public Repositories(SourcesOptions options, IPortalFolders folders, GitProgram git, CopyFetch fetch, RemoteAccess remote, HostRules rules, TimeProvider time)
    {
        _fetches = new SemaphoreSlim(options.Git.Concurrency);
        _git = git;
        _fetch = fetch;
        _remote = remote;
        _rules = rules;
        _time = time;
        _hosts = new CodeHosts(rules);
        _local = new LocalFolders(options, folders);
        _history = new History(git);
        Folder = Path.GetFullPath(options.Git.Folder ?? Path.Combine(folders.Data, "sources", "repositories"), folders.Configuration);
    }

    /// <summary>Where the copies are.</summary>
    public string Folder { get; }

    /// <summary>How many gits stay for further questions.</summary>
    public int Gits => _copies.Values.Count(copy => copy.IsValueCreated && copy.Value.Objects.IsRunning);

    public RepositoryAddress Parse(string address) => RepositoryUrls.Parse(address);

    public RepositoryFile ParsePlace(string place) =>
        place.StartsWith("url:", StringComparison.Ordinal)
            ? Uri.TryCreate(place["url:".Length..], UriKind.Absolute, out var address) && Locate(address) is { } file
                ? file
                : throw new OutboundException($"{place["url:".Length..]} is not the address of a file in a repository, as far as is known here.", isPassing: false)
            : RepositoryPlaces.Parse(place.StartsWith("git:", StringComparison.Ordinal) ? place["git:".Length..] : place);

    public string PlaceOf(RepositoryFile file) => _hosts.AddressOf(file) is { } address ? $"url:{address}" : $"git:{RepositoryPlaces.Write(file)}";

    public RepositoryFile? Locate(Uri address) => _hosts.Locate(address);

    public bool ReadsByGit(RepositoryAddress repository) => _rules.Find(new Uri(repository.Url)) is { Git: true };

    public Uri? RawAddress(RepositoryFile file) => _hosts.RawOf(file);

    public string? WhyNot(RepositoryAddress repository) =>
        RepositoryUrls.IsLocal(repository) ? _local.WhyNot(RepositoryUrls.LocalPath(repository)) : _remote.WhyNot(repository);

    public async Task<RepositoryCommit> Resolve(RepositoryAddress repository, string? reference, TimeSpan maxAge, CancellationToken cancellationToken)
    {
        if (reference is not null && !Shas.IsReference(reference))
        {
            throw new OutboundException($"'{reference}' is not the name of a branch, tag or commit.", isPassing: false);
        }

        var copy = Open(repository);
        await copy.Fresh(maxAge, cancellationToken);
        string[] names = reference is null ? ["HEAD"]
            : [$"refs/heads/{reference}", $"refs/tags/{reference}", .. Shas.MayBe(reference) ? [reference] : Array.Empty<string>()];
        foreach (var name in names)
        {
            if (await Guarded(copy, () => copy.Objects.Find($"{name}^{{commit}}", cancellationToken)) is { Type: "commit" } found)
            {
                return new RepositoryCommit(repository, found.Sha);
            }
        }

        throw reference is null
            ? new OutboundException($"{repository} has no commits yet.", isPassing: true)
            : new OutboundException($"{repository} has no branch, tag or commit {reference}.", isPassing: false) { IsMissing = true };
    }

    public async Task<RepositoryFile> Settle(RepositoryFile file, TimeSpan maxAge, CancellationToken cancellationToken)
    {
        var copy = Open(file.Repository);
        await copy.Fresh(maxAge, cancellationToken);
        if (file.Reference is { } given && (Shas.IsWhole(given) || await Has(copy, given, cancellationToken)))
        {
            return file;
        }

        var references = await Guarded(copy, () => ReferenceSet.OfFolder(_git, copy.Folder, cancellationToken));
        if (file.Reference is null)
        {
            return references.Head is { } head ? file with { Reference = Short(head) } : file;
        }

        // The longest name that fits: git allows no branch below another, so that there is one at most.
        var whole = $"{file.Reference}/{file.Path}";
        var name = references.Names.Keys.Select(Short).Where(name => whole.StartsWith(name + "/", StringComparison.Ordinal)).MaxBy(name => name.Length);
        return name is null ? file : file with { Reference = name, Path = whole[(name.Length + 1)..] };
    }

    public async Task<IReadOnlyList<RepositoryEntry>> Tree(RepositoryCommit commit, string? under, CancellationToken cancellationToken)
    {
        var copy = Open(commit.Repository);
        string[] path = under is null or "" ? [] : [under.Trim('/')];
        var said = await Guarded(copy, () => _git.Run(
            new GitCommand(copy.Folder, ["ls-tree", "-r", "-z", "-l", "--full-tree", Sha(commit), "--", .. path]), cancellationToken));
        return TreeListing.Read(said);
    }

    public async Task<ReadOnlyMemory<byte>?> Read(RepositoryCommit commit, string path, long mostBytes, CancellationToken cancellationToken)
    {
        // A colon and a path that begins with a dot would be relative to where git was started.
        var entry = (await Tree(commit, path, cancellationToken)).FirstOrDefault(entry => entry.Path == path.Trim('/'));
        return entry switch
        {
            null => null,
            { Kind: RepositoryEntryKind.Link } => throw new OutboundException($"{path} in {commit.Repository} is a link, and links are not followed.", isPassing: false),
            { Kind: RepositoryEntryKind.Submodule } => throw new OutboundException($"{path} in {commit.Repository} is a submodule, and those are not read.", isPassing: false),
            _ when entry.Size > mostBytes => throw new OutboundException($"{path} in {commit.Repository} is larger than {mostBytes / (1024 * 1024)} MB.", isPassing: false),
            _ => await Content(commit, entry, cancellationToken),
        };
    }

    public async IAsyncEnumerable<RepositoryContent> ReadMany(
        RepositoryCommit commit, IReadOnlyList<RepositoryEntry> files, long mostBytes, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var copy = Open(commit.Repository);
        foreach (var batch in Batches(files))
        {
            var wanted = batch.Where(entry => IsReadable(entry, mostBytes)).ToList();
            var contents = wanted.Count == 0 ? [] : await Guarded(copy, () => copy.Objects.Read(wanted, cancellationToken));
            var next = 0;
            foreach (var entry in batch)
            {
                yield return new RepositoryContent(entry, IsReadable(entry, mostBytes) ? contents[next++] : (ReadOnlyMemory<byte>?)null);
            }
        }
    }

    public Task<IReadOnlyList<CommitInfo>> Log(RepositoryCommit commit, string? path, int limit, CancellationToken cancellationToken)
    {
        var copy = Open(commit.Repository);
        return Guarded(copy, () => _history.Log(copy.Folder, Sha(commit), path, limit, cancellationToken));
    }

    public Task<IReadOnlyDictionary<string, CommitInfo>> LastChanges(RepositoryCommit commit, IReadOnlyCollection<string> paths, CancellationToken cancellationToken)
    {
        var copy = Open(commit.Repository);
        return Guarded(copy, () => _history.LastChanges(copy.Folder, Sha(commit), paths, cancellationToken));
    }

    public Task<IReadOnlyList<Contributor>> Contributors(RepositoryCommit commit, string? path, int limit, CancellationToken cancellationToken)
    {
        var copy = Open(commit.Repository);
        return Guarded(copy, () => _history.Contributors(copy.Folder, Sha(commit), path, limit, cancellationToken));
    }

    public async Task<IReadOnlyList<LanguageShare>> Languages(RepositoryCommit commit, string? under, CancellationToken cancellationToken) =>
        LanguageCount.Of(await Tree(commit, under, cancellationToken), under);

    public Task<IReadOnlyList<BlameLine>> Blame(RepositoryCommit commit, string path, CancellationToken cancellationToken)
    {
        var copy = Open(commit.Repository);
        return Guarded(copy, () => _history.Blame(copy.Folder, Sha(commit), path, cancellationToken));
    }

    public async Task<IReadOnlyList<RepositoryReference>> References(RepositoryAddress repository, TimeSpan maxAge, CancellationToken cancellationToken)
    {
        var copy = Open(repository);
        await copy.Fresh(maxAge, cancellationToken);
        var found = await Guarded(copy, () => ReferenceSet.OfFolder(_git, copy.Folder, cancellationToken));
        return [.. found.Names.Select(pair => new RepositoryReference(Short(pair.Key), pair.Value, pair.Key.StartsWith("refs/tags/", StringComparison.Ordinal), pair.Key == found.Head))];
    }

    public IReadOnlyList<RepositoryAddress> InFolder(string folder) => _local.In(folder);

    public IDisposable? Watch(RepositoryAddress repository, Action changed) =>
        RepositoryUrls.IsLocal(repository) && WhyNot(repository) is null
            ? LocalWatch.Begin(() => _local.Find(RepositoryUrls.LocalPath(repository)), changed, _time)
            : null;

    /// <summary>Copies that nobody used for long are let go; their folders are the job's to delete.</summary>
    public void Forget(string copy)
    {
        foreach (var (key, known) in _copies)
        {
            if (known.IsValueCreated && known.Value.Folder == copy && _copies.TryRemove(key, out _))
            {
                known.Value.Dispose();
            }
        }
    }

    public DateTimeOffset? UsedAt(string copy) =>
        _copies.Values.Where(known => known.IsValueCreated && known.Value.Folder == copy).Select(known => (DateTimeOffset?)known.Value.UsedAt).FirstOrDefault();

    /// <summary>The container knows it by two names, and ends it for each.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _isDisposed, true))
        {
            return;
        }

        _stopping.Cancel();
        foreach (var copy in _copies.Values.Where(copy => copy.IsValueCreated))
        {
            copy.Value.Dispose();
        }

        _stopping.Dispose();
        _fetches.Dispose();
    }

    private RepositoryCopy Open(RepositoryAddress repository)
    {
        if (WhyNot(repository) is { } reason)
        {
            throw new OutboundException(reason, isPassing: false);
        }

        if (RepositoryUrls.IsLocal(repository))
        {
            var folder = _local.Find(RepositoryUrls.LocalPath(repository));
            return _copies.GetOrAdd(folder, _ => new Lazy<RepositoryCopy>(() => new RepositoryCopy(repository, folder, new ObjectReader(_git, folder, Idle, Begun, _time), null, _time))).Value;
        }

        return _copies.GetOrAdd(repository.Url, _ => new Lazy<RepositoryCopy>(() =>
        {
            var folder = Path.Combine(Folder, NameOf(repository));
            return new RepositoryCopy(repository, folder, new ObjectReader(_git, folder, Idle, Begun, _time), (isDamaged, since) => Fetch(repository, folder, isDamaged, since), _time);
        })).Value;
    }

    private async Task Fetch(RepositoryAddress repository, string folder, bool isDamaged, DateTimeOffset since)
    {
        // First the lock: whoever waits for another process keeps nobody from fetching something else.
        using var held = await CopyLock.Take(folder, _time, _stopping.Token);
        await _fetches.WaitAsync(_stopping.Token);
        try
        {
            await _fetch.Fetch(repository, folder, isDamaged, since, _stopping.Token);
        }
        finally
        {
            _fetches.Release();
        }
    }

    private async Task<ReadOnlyMemory<byte>?> Content(RepositoryCommit commit, RepositoryEntry entry, CancellationToken cancellationToken)
    {
        var copy = Open(commit.Repository);
        return (await Guarded(copy, () => copy.Objects.Read([entry], cancellationToken)))[0];
    }

    /// <summary>Thousands of repositories are read one after the other, and each would keep its git for a while.</summary>
    private void Begun(ObjectReader reader)
    {
        _begun.Enqueue(reader);
        for (var looked = 0; looked < MostGits && _begun.Count > MostGits && _begun.TryDequeue(out var oldest); looked++)
        {
            if (!oldest.EndIfIdle())
            {
                _begun.Enqueue(oldest);
            }
        }
    }

    private static bool IsReadable(RepositoryEntry entry, long mostBytes) => entry.Kind != RepositoryEntryKind.Submodule && entry.Size <= mostBytes;

    /// <summary>As many files as are asked for at once, and held in memory.</summary>
    private static IEnumerable<List<RepositoryEntry>> Batches(IReadOnlyList<RepositoryEntry> files)
    {
        var batch = new List<RepositoryEntry>();
        var size = 0L;
        foreach (var entry in files)
        {
            batch.Add(entry);
            size += entry.Size;
            if (batch.Count == 128 || size > 4 * 1024 * 1024)
            {
                yield return batch;
                batch = [];
                size = 0;
            }
        }

        if (batch.Count > 0)
        {
            yield return batch;
        }
    }

    private static async Task<bool> Has(RepositoryCopy copy, string reference, CancellationToken cancellationToken) =>
        Shas.IsReference(reference)
        && (await Guarded(copy, () => copy.Objects.Find($"refs/heads/{reference}", cancellationToken)) is not null
            || await Guarded(copy, () => copy.Objects.Find($"refs/tags/{reference}", cancellationToken)) is not null);

    /// <summary>When reading fails, the copy is at fault: it is made anew the next time.</summary>
    private static async Task<T> Guarded<T>(RepositoryCopy copy, Func<Task<T>> read)
    {
        try
        {
            return await read();
        }
        catch (Exception e) when (e is DamagedException or IOException || (e is GitException git && !git.IsTimeout && !git.IsTooLarge))
        {
            throw Damaged(copy, e);
        }
        catch (GitException e)
        {
            throw new OutboundException($"{copy}: {e.Message}", isPassing: e.IsTimeout, e);
        }
    }

    private static OutboundException Damaged(RepositoryCopy copy, Exception e)
    {
        copy.IsDamaged();
        return new OutboundException($"{copy} cannot be read here: {e.Message} If it is a copy, it is made anew the next time.", isPassing: true, e);
    }

    private static string Sha(RepositoryCommit commit) =>
        Shas.IsWhole(commit.Sha) ? commit.Sha : throw new OutboundException($"'{commit.Sha}' is not the hash of a commit.", isPassing: false);

    private static string Short(string name) => name.StartsWith("refs/heads/", StringComparison.Ordinal) ? name["refs/heads/".Length..]
        : name.StartsWith("refs/tags/", StringComparison.Ordinal) ? name["refs/tags/".Length..]
        : name;

    private static string NameOf(RepositoryAddress repository)
    {
        var readable = new string([.. repository.Url.Split("://")[1].Select(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' ? c : '_')]);
        readable = readable.Length > 80 ? readable[^80..] : readable;
        return $"{readable.TrimStart('.', '-')}_{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(repository.Url)))[..16]}";
    }
}
