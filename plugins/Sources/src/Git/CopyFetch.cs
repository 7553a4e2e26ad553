using Microsoft.Extensions.Logging;

namespace Stagedoor.Sources.Git;

/// <summary>Brings the portal's copy of a repository up to date: asks what there is, and fetches only if that is new.</summary>
internal sealed class CopyFetch(GitProgram git, RemoteAccess remote, GitOptions options, TimeProvider time, ILogger<CopyFetch> log)
{
    private static readonly string[] Wanted = ["+refs/heads/*:refs/heads/*", "+refs/tags/*:refs/tags/*"];
    private static readonly TimeSpan ListTimeout = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan SizeLook = TimeSpan.FromMilliseconds(500);

    /// <summary>When a copy was last known to be up to date, by any process.</summary>
    public static DateTimeOffset? FetchedAt(string copy)
    {
        var mark = new FileInfo(Path.Combine(copy, "stagedoor-fetched"));
        return mark.Exists ? new DateTimeOffset(mark.LastWriteTimeUtc, TimeSpan.Zero) : null;
    }

    /// <summary>The caller holds the lock of the copy.</summary>
    /// <param name="since">A fetch by another process after this moment is as good.</param>
    /// <exception cref="OutboundException">It cannot be reached, or may not be.</exception>
    public async Task Fetch(RepositoryAddress repository, string copy, bool isDamaged, DateTimeOffset since, CancellationToken cancellationToken)
    {
        if (!isDamaged && FetchedAt(copy) is { } at && at > since)
        {
            return;
        }

        var gate = remote.GateOf(repository);
        using var slot = await gate.Enter(cancellationToken);
        try
        {
            var route = await remote.Open(repository, cancellationToken);
            var there = ReferenceSet.OfRemote(await git.Text(
                new GitCommand(null, "ls-remote", "--symref", "--quiet", "--", repository.Url)
                {
                    Settings = route.Settings, Variables = route.Variables, Protocols = [route.Protocol], Timeout = ListTimeout, MostBytes = 64 * 1024 * 1024,
                },
                cancellationToken));
            if (isDamaged || !await IsUpToDate(copy, there, cancellationToken))
            {
                await Download(repository, copy, there, route, isDamaged, cancellationToken);
            }

            gate.Succeeded();
            Mark(copy);
        }
        catch (GitException e)
        {
            if (RemoteFailures.IsHosts(e))
            {
                gate.Failed();
            }

            throw RemoteFailures.Explain(repository, e);
        }
        catch (OutboundException e) when (e.IsPassing)
        {
            gate.Failed();
            throw;
        }
    }

    private async Task<bool> IsUpToDate(string copy, ReferenceSet there, CancellationToken cancellationToken)
    {
        if (FetchedAt(copy) is null)
        {
            return false;
        }

        try
        {
            return (await ReferenceSet.OfFolder(git, copy, cancellationToken)).Equals(there);
        }
        catch (Exception e) when (e is GitException or IOException)
        {
            return false;
        }
    }

    private async Task Download(RepositoryAddress repository, string copy, ReferenceSet there, RemoteRoute route, bool isDamaged, CancellationToken cancellationToken)
    {
        var isNew = isDamaged || !Directory.Exists(copy);
        if (!isNew)
        {
            try
            {
                await Into(copy, repository, route, cancellationToken);
                await PointHead(copy, there, cancellationToken);
                return;
            }
            catch (GitException e) when (!e.IsTimeout && !e.IsTooLarge && !RemoteFailures.IsHosts(e))
            {
                log.LogWarning("The copy of {Repository} cannot be continued ({Reason}), so it is made anew", repository, e.Message);
            }
        }

        // Made beside and then moved: a copy that is there is whole.
        var fresh = $"{copy}.new";
        Delete(fresh);
        try
        {
            await git.Run(new GitCommand(null, "init", "--quiet", "--bare", "--template=", "--", fresh), cancellationToken);
            await Into(fresh, repository, route, cancellationToken);
            await PointHead(fresh, there, cancellationToken);
            var old = $"{copy}.old";
            Delete(old);
            if (Directory.Exists(copy))
            {
                Directory.Move(copy, old);
            }

            Directory.Move(fresh, copy);
            Delete(old);
        }
        finally
        {
            Delete(fresh);
        }
    }

    private async Task Into(string folder, RepositoryAddress repository, RemoteRoute route, CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var done = new CancellationTokenSource();
        var size = WatchSize(folder, stop, done.Token);
        try
        {
            await git.Run(
                new GitCommand(
                    folder,
                    ["fetch", "--quiet", "--prune", "--no-tags", "--force", "--no-recurse-submodules", "--no-write-fetch-head", "--no-auto-gc", "--", repository.Url, .. Wanted])
                {
                    Settings = route.Settings, Variables = route.Variables, Protocols = [route.Protocol], Timeout = options.Timeout,
                },
                stop.Token);
        }
        catch (OperationCanceledException e) when (stop.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new OutboundException(
                $"{repository} is larger than {options.MostMegabytes} MB, which is as much as a copy may take. Raise sources.git.mostMegabytes, or read it another way.", isPassing: false, e);
        }
        finally
        {
            await done.CancelAsync();
            await size;
        }
    }

    private async Task WatchSize(string folder, CancellationTokenSource stop, CancellationToken done)
    {
        try
        {
            while (true)
            {
                await Task.Delay(SizeLook, time, done);
                if (SizeOf(folder) > options.MostMegabytes * 1024L * 1024)
                {
                    await stop.CancelAsync();
                    return;
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The fetch is over.
        }
    }

    private async Task PointHead(string folder, ReferenceSet there, CancellationToken cancellationToken)
    {
        if (there.Head is { } head && head.StartsWith("refs/heads/", StringComparison.Ordinal))
        {
            await git.Run(new GitCommand(folder, "symbolic-ref", "HEAD", head), cancellationToken);
        }
        else if (there.Head is { } sha && Shas.IsWhole(sha))
        {
            await git.Run(new GitCommand(folder, "update-ref", "--no-deref", "HEAD", sha), cancellationToken);
        }
    }

    private static void Mark(string copy)
    {
        if (Directory.Exists(copy))
        {
            File.WriteAllBytes(Path.Combine(copy, "stagedoor-fetched"), []);
        }
    }

    public static long SizeOf(string folder)
    {
        try
        {
            return new DirectoryInfo(folder).EnumerateFiles("*", SearchOption.AllDirectories).Sum(file => file.Exists ? file.Length : 0);
        }
        catch (Exception e) when (e is DirectoryNotFoundException or FileNotFoundException)
        {
            // Git moves files about while we count.
            return 0;
        }
    }

    public static void Delete(string folder)
    {
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
