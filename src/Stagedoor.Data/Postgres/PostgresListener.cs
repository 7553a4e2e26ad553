using Microsoft.Extensions.Logging;
using Npgsql;
using Stagedoor.Data.Notices;

namespace Stagedoor.Data.Postgres;

/// <summary>
/// The one connection of this process that listens. All channels travel on one channel of PostgreSQL, so that listening
/// to another needs no word with the server. A lost connection is established again, and the gap is told.
/// </summary>
internal sealed class PostgresListener : IAsyncDisposable
{
    public const string NotifySql = "select pg_notify('stagedoor', @notice)";

    private static readonly TimeSpan MaxPause = TimeSpan.FromSeconds(10);
    private readonly NpgsqlDataSource _source;
    private readonly PostgresServer _server;
    private readonly NoticeHub _hub;
    private readonly ILogger _logger;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _running;
    private bool _disposed;

    public PostgresListener(PostgresServer server, NoticeHub hub, ILogger logger)
    {
        _server = server;
        _source = server.OpenSingle();
        _hub = hub;
        _logger = logger;
        using (ExecutionContext.SuppressFlow())
        {
            _running = Task.Run(Run);
        }
    }

    public static object Notice(string channel, string payload) => new { notice = $"{channel}\n{payload}" };

    public async ValueTask DisposeAsync()
    {
        // A container that knows the database by two types disposes it twice.
        if (Interlocked.Exchange(ref _disposed, true))
        {
            return;
        }

        await _stop.CancelAsync();
        await _running;
        await _source.DisposeAsync();
        _stop.Dispose();
    }

    private async Task Run()
    {
        var pause = TimeSpan.Zero;
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                await using var connection = await _source.OpenConnectionAsync(_stop.Token);
                connection.Notification += (_, notice) => Hear(notice.Payload);
                await using (var listen = new NpgsqlCommand("listen stagedoor", connection))
                {
                    await listen.ExecuteNonQueryAsync(_stop.Token);
                }

                // Also the first time: whoever registered before this moment may have missed something.
                _hub.PublishGap();
                Telemetry.ListenerReconnects.Add(1);
                pause = TimeSpan.Zero;
                while (true)
                {
                    await connection.WaitAsync(_stop.Token);
                }
            }
            catch (OperationCanceledException) when (_stop.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception)
            {
                pause = pause == TimeSpan.Zero ? TimeSpan.FromMilliseconds(250) : TimeSpan.FromTicks(Math.Min(pause.Ticks * 2, MaxPause.Ticks));
                _logger.LogWarning("Notices from PostgreSQL at {Server} are interrupted, trying again in {Pause}: {Reason}", _server.Name, pause, PostgresFaults.Translate(exception, _server).Message);
            }

            await Pause(pause);
        }
    }

    // Real time, whatever clock the portal runs on: this waits for a network.
    private async Task Pause(TimeSpan pause) => await Task.Delay(pause, TimeProvider.System, _stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

    private void Hear(string notice)
    {
        var end = notice.IndexOf('\n', StringComparison.Ordinal);
        if (end > 0)
        {
            _hub.Publish(notice[..end], notice[(end + 1)..]);
        }
    }
}
