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
internal sealed class ObjectReader(GitProgram git, string repository, TimeSpan idle, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly SemaphoreSlim _turn = new(1);
    private Conversation? _process;
    private ITimer? _timer;
    private bool _isDisposed;

    /// <summary>Nothing, if nothing is named so.</summary>
    public Task<ObjectInfo?> Find(string name, CancellationToken cancellationToken) => Ask(
        async (process, token) =>
        {
            await Say(process, "info", name, token);
            return Info(await Line(process, token));
        },
        cancellationToken);

    /// <summary>The content of an object; nothing if it is not there or too large.</summary>
    public Task<byte[]?> Read(string name, long mostBytes, CancellationToken cancellationToken) => Ask(
        async (process, token) =>
        {
            await Say(process, "info", name, token);
            if (Info(await Line(process, token)) is not { Type: "blob" } found || found.Size > mostBytes)
            {
                return null;
            }

            await Say(process, "contents", found.Sha, token);
            var info = Info(await Line(process, token)) ?? throw new IOException($"{name} cannot be read.");
            var content = new byte[info.Size];
            await process.Output.ReadExactlyAsync(content, token);
            await process.Output.ReadExactlyAsync(new byte[1], token);
            return content;
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
        return new Conversation(process, process.StandardInput.BaseStream, new BufferedStream(process.StandardOutput.BaseStream, 64 * 1024));
    }

    private void EndIfIdle()
    {
        if (_turn.Wait(TimeSpan.Zero))
        {
            try
            {
                End();
            }
            finally
            {
                _turn.Release();
            }
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

    private static async Task Say(Conversation process, string command, string name, CancellationToken cancellationToken)
    {
        if (name.Contains('\n', StringComparison.Ordinal))
        {
            throw new OutboundException("A name with a line break cannot be asked for.", isPassing: false);
        }

        await process.Input.WriteAsync(Encoding.UTF8.GetBytes($"{command} {name}\n"), cancellationToken);
        await process.Input.FlushAsync(cancellationToken);
    }

    private static async Task<string> Line(Conversation process, CancellationToken cancellationToken)
    {
        // Straight from the stream: a reader of text would take bytes of the content along.
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
