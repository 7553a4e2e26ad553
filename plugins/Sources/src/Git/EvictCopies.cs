using Microsoft.Extensions.Logging;
using Stagedoor.Plugins;

namespace Stagedoor.Sources.Git;

/// <summary>Deletes copies of repositories that nobody used for long, and tidies those in use.</summary>
internal sealed class EvictCopies(Repositories repositories, GitProgram git, SourcesOptions options, TimeProvider time, ILogger<EvictCopies> log) : IScheduledJob
{
    private const int ManyPacks = 50;

    public async Task Run(JobContext job, CancellationToken cancellationToken)
    {
        int deleted = 0, tidied = 0;
        var folder = new DirectoryInfo(repositories.Folder);
        foreach (var copy in folder.Exists ? folder.GetDirectories() : [])
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (copy.Name.EndsWith(".new", StringComparison.Ordinal) || copy.Name.EndsWith(".old", StringComparison.Ordinal))
            {
                deleted += DeleteLeftover(copy) ? 1 : 0;
                continue;
            }

            using var held = CopyLock.TryTake(copy.FullName);
            if (held is null)
            {
                continue;
            }

            var used = repositories.UsedAt(copy.FullName) ?? CopyFetch.FetchedAt(copy.FullName) ?? new DateTimeOffset(copy.LastWriteTimeUtc, TimeSpan.Zero);
            if (time.GetUtcNow() - used > options.Git.Retention)
            {
                repositories.Forget(copy.FullName);
                CopyFetch.Delete(copy.FullName);
                deleted++;
            }
            else if (await Tidy(copy, cancellationToken))
            {
                tidied++;
            }
        }

        job.Summary = $"{deleted} deleted, {tidied} tidied";
    }

    private static bool DeleteLeftover(DirectoryInfo leftover)
    {
        // Whoever holds the lock is making it just now.
        using var held = CopyLock.TryTake(leftover.FullName[..^4]);
        if (held is null)
        {
            return false;
        }

        CopyFetch.Delete(leftover.FullName);
        return true;
    }

    private async Task<bool> Tidy(DirectoryInfo copy, CancellationToken cancellationToken)
    {
        var packs = new DirectoryInfo(Path.Combine(copy.FullName, "objects", "pack"));
        if (!packs.Exists || packs.EnumerateFiles("*.pack").Count() < ManyPacks)
        {
            return false;
        }

        try
        {
            await git.Run(new GitCommand(copy.FullName, "gc", "--quiet", "--prune=2.weeks.ago") { Timeout = options.Git.Timeout }, cancellationToken);
            return true;
        }
        catch (GitException e)
        {
            log.LogWarning(e, "The copy {Copy} could not be tidied", copy.Name);
            return false;
        }
    }
}
