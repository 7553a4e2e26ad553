using Stagedoor.Sources;

namespace Stagedoor.Catalog.Reading.Files;

/// <summary>What came of reading a file: its content, or why it could not be read.</summary>
internal readonly record struct FileOutcome(ReadOnlyMemory<byte> Content, string? Problem, bool IsGone);

/// <summary>Reads a file whole: while somebody is still writing to it, it waits and reads again.</summary>
internal sealed class StableFile(FileRoots roots, ReadingLimits limits, TimeProvider time)
{
    private const int Tries = 20;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(25);

    /// <summary>A file that was emptied so lately is about to be written, by somebody who was held up.</summary>
    private static readonly TimeSpan JustNow = TimeSpan.FromSeconds(3);

    /// <param name="real">Where it was just found to lie, if that is known.</param>
    public async Task<FileOutcome> Read(string path, string? real, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            if (await Try(path, attempt == 1 ? real : null, cancellationToken) is { } outcome)
            {
                return outcome;
            }

            if (attempt == Tries)
            {
                return Failed($"{path} is being written, and was not seen whole. It is read again soon.");
            }

            await Task.Delay(Pause, time, cancellationToken);
        }
    }

    private async Task<FileOutcome?> Try(string path, string? knownReal, CancellationToken cancellationToken)
    {
        try
        {
            if ((knownReal ?? RealPath.Of(path)) is not { } real)
            {
                return new FileInfo(path).LinkTarget is { } target
                    ? Failed($"{path} is a link to {target}, where there is nothing.")
                    : new FileOutcome(default, $"There is no file {path}.", IsGone: true);
            }

            if (!roots.Allows(real))
            {
                return Failed(real == path ? roots.WhyNot(path) : $"{path} leads to {real}. {roots.WhyNot(real)}");
            }

            var before = new FileInfo(real);
            if (!before.Exists)
            {
                return knownReal is not null ? null : Failed($"{path} is not a file.");
            }

            if (before.Length > limits.MostBytes)
            {
                return Failed($"{path} is larger than {limits.MostBytesText}. Split it into several files.");
            }

            // Pipes and devices say they are empty, and opening them might wait for ever.
            if (before.Length == 0)
            {
                return time.GetUtcNow().UtcDateTime - before.LastWriteTimeUtc < JustNow ? null : default(FileOutcome);
            }

            return await ReadOpened(path, real, before, cancellationToken);
        }
        catch (UnauthorizedAccessException)
        {
            return Failed($"{path} may not be read by the user {Environment.UserName}, who the portal runs as.");
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        catch (IOException e)
        {
            return Failed($"{path} cannot be read: {e.Message}");
        }
    }

    private async Task<FileOutcome?> ReadOpened(string path, string real, FileInfo before, CancellationToken cancellationToken)
    {
        using var file = File.OpenHandle(real, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, FileOptions.SequentialScan);
        if (RealPath.OfOpen(file) is { } opened && !roots.Allows(opened))
        {
            return null;
        }

        var content = new byte[before.Length];
        var length = 0;
        while (length < content.Length && await RandomAccess.ReadAsync(file, content.AsMemory(length), length, cancellationToken) is > 0 and var read)
        {
            length += read;
        }

        var after = new FileInfo(real);
        var isWhole = after.Exists && length == before.Length && after.Length == before.Length && after.LastWriteTimeUtc == before.LastWriteTimeUtc;
        return isWhole ? new FileOutcome(content, null, IsGone: false) : null;
    }

    private static FileOutcome Failed(string problem) => new(default, problem, IsGone: false);
}
