using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace Stagedoor.Sources.Git;

/// <summary>What git says of an object.</summary>
internal sealed record ObjectInfo(string Sha, string Type, long Size);

/// <summary>
/// Reads objects of one repository through one git that stays, because starting one for each file would cost a thousand
/// times as much. It ends after it was not asked for a while.
/// </summary>
internal sealed class ObjectReader(GitProgram git, string repository, TimeSpan idle, Action<ObjectReader> begun, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly SemaphoreSlim _turn = new(1);
    private Conversation? _process;
    private ITimer? _timer;
    private bool _isDisposed;

    public bool IsRunning => _process is not null;

    /// <summary>Nothing, if nothing is named so.</summary>
    public Task<ObjectInfo?> Find(string name, CancellationToken cancellationToken) => Ask(
        async (process, token) =>
        {
            if (name.Contains('\n', StringComparison.Ordinal))
            {
                throw new OutboundException("A name with a line break cannot be asked for.", isPassing: false);
            }

            await Send(process, $"info {name}\n", token);
            return Info(await Line(process, token));
        },
        cancellationToken);

    /// <summary>
    /// The contents of some blobs, in their order. All are asked for before the first is read, so that git works meanwhile;
    /// there must be few enough that the questions fit into a pipe.
    /// </summary>
    /// <exception cref="DamagedException">One is not there, or larger than the tree had said.</exception>
    public Task<IReadOnlyList<byte[]>> Read(IReadOnlyList<RepositoryEntry> blobs, CancellationToken cancellationToken) => Ask<IReadOnlyList<byte[]>>(
        async (process, token) =>
        {
            if (blobs.Any(blob => !Shas.IsWhole(blob.Blob)))
            {
                throw new OutboundException("A file without a hash cannot be asked for.", isPassing: false);
            }

            await Send(process, string.Concat(blobs.Select(blob => $"contents {blob.Blob}\n")), token);
            var contents = new List<byte[]>(blobs.Count);
            foreach (var blob in blobs)
            {
                if (Info(await Line(process, token)) is not { Type: "blob" } info || info.Size != blob.Size)
                {
                    throw new IOException($"{blob.Path} is not in it as it should be.");
                }

                var content = new byte[info.Size];
                await process.Output.ReadExactlyAsync(content, token);
                await process.Output.ReadExactlyAsync(new byte[1], token);
                contents.Add(content);
            }

            return contents;
        },
        cancellationToken);

    /// <summary>Begins anew with the next question: the objects may have been replaced.</summary>
    public async Task Restart(CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            End();
        }
        finally
        {
            _turn.Release();
        }
    }

    public void Dispose()
    {
        _isDisposed = true;
        End();
        _timer?.Dispose();
    }

    private async Task<T> Ask<T>(Func<Conversation, CancellationToken, Task<T>> ask, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        using var limit = new CancellationTokenSource(Patience, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        var isWell = false;
        try
        {
            ObjectDisposedException.ThrowIf(_isDisposed, this);
            var answer = await ask(_process ??= Begin(), both.Token);
            isWell = true;
            return answer;
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            throw new OutboundException($"git did not answer within {Patience.TotalSeconds:0} seconds.", isPassing: true, e);
        }
        catch (IOException e)
        {
            throw new DamagedException($"The copy in {repository} is damaged: {e.Message}", e);
        }
        finally
        {
            if (!isWell)
            {
                // Half an answer may be on its way: the next one begins with a new git.
                End();
            }

            if (!_isDisposed)
            {
                _timer ??= time.CreateTimer(_ => EndIfIdle(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
                _timer.Change(idle, Timeout.InfiniteTimeSpan);
            }

            _turn.Release();
        }
    }

    private Conversation Begin()
    {
        var process = git.Start(new GitCommand(repository, "cat-file", "--batch-command"));
        process.ErrorDataReceived += (_, _) => { };
        process.BeginErrorReadLine();
        begun(this);
        return new Conversation(process, process.StandardInput.BaseStream, new BufferedStream(process.StandardOutput.BaseStream, 64 * 1024));
    }

    /// <summary>Ends git unless it is at work; the next question begins another. Tells whether it has ended.</summary>
    public bool EndIfIdle()
    {
        if (!_turn.Wait(TimeSpan.Zero))
        {
            return false;
        }

        try
        {
            End();
            return true;
        }
        finally
        {
            _turn.Release();
        }
    }

    private void End()
    {
        if (Interlocked.Exchange(ref _process, null) is { } process)
        {
            GitProgram.Kill(process.Process);
            process.Process.Dispose();
        }
    }

    private static async Task Send(Conversation process, string text, CancellationToken cancellationToken)
    {
        await process.Input.WriteAsync(Encoding.UTF8.GetBytes(text), cancellationToken);
        await process.Input.FlushAsync(cancellationToken);
    }

    private static async Task<string> Line(Conversation process, CancellationToken cancellationToken)
    {
        using var line = new MemoryStream();
        var one = new byte[1];
        while (true)
        {
            await process.Output.ReadExactlyAsync(one, cancellationToken);
            if (one[0] == '\n')
            {
                return Encoding.UTF8.GetString(line.GetBuffer(), 0, (int)line.Length);
            }

            line.WriteByte(one[0]);
        }
    }

    private sealed record Conversation(Process Process, Stream Input, Stream Output);

    private static ObjectInfo? Info(string line) =>
        line.Split(' ') is [var sha, var type, var size] && long.TryParse(size, NumberStyles.None, CultureInfo.InvariantCulture, out var bytes) && Shas.IsWhole(sha)
            ? new ObjectInfo(sha, type, bytes)
            : null;
}

/// <summary>The portal's copy of a repository is not whole. It is made anew.</summary>
internal sealed class DamagedException(string message, Exception inner) : Exception(message, inner);
