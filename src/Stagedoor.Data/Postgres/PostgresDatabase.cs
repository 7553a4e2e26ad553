using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging;
using Npgsql;
using Stagedoor.Data.Notices;
using Stagedoor.Plugins;

namespace Stagedoor.Data.Postgres;

/// <summary>The database on a PostgreSQL server, shared by replicas. Comes back by itself after the server was away.</summary>
internal sealed class PostgresDatabase : OpenDatabase
{
    private readonly PostgresServer _server;
    private readonly NpgsqlDataSource _pool;
    private readonly NoticeHub _notices;
    private readonly ILogger _logger;
    private readonly PostgresSession.Shared _shared = new();
    private readonly TransactionFlow _flow = new();
    private readonly Lock _gate = new();
    private PostgresListener? _listener;
    private string _version = "";

    private PostgresDatabase(PostgresServer server, ILogger logger)
    {
        _server = server;
        _pool = server.OpenPool();
        _notices = new NoticeHub(logger);
        _logger = logger;
    }

    public override Dialect Dialect => Dialect.Postgres;

    public override string Description => $"PostgreSQL{_version}, {_server.Name}";

    public static PostgresDatabase Open(string connectionString, int maxConnections, ILogger logger) => new(new PostgresServer(connectionString, maxConnections), logger);

    public override async Task Reach(CancellationToken cancellationToken) =>
        _version = " " + await Find<string>("select split_part(current_setting('server_version'), ' ', 1)", args: null, cancellationToken);

    public override Task<IReadOnlyList<T>> Query<T>(Sql sql, object? args, CancellationToken cancellationToken) =>
        Read("query", sql, session => session.Query<T>(sql, args, cancellationToken), cancellationToken);

    public override Task<T?> Find<T>(Sql sql, object? args, CancellationToken cancellationToken)
        where T : default =>
        Read("find", sql, session => session.Find<T>(sql, args, cancellationToken), cancellationToken);

    public override async IAsyncEnumerable<T> Stream<T>(Sql sql, object? args, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var measured = Telemetry.Measure("stream", Dialect);
        await using var connection = await Connect(cancellationToken);
        await using var rows = new PostgresSession(connection, _shared).Stream<T>(sql, args, cancellationToken).GetAsyncEnumerator(cancellationToken);
        while (await Translated(async () => await rows.MoveNextAsync()))
        {
            yield return rows.Current;
        }
    }

    public override Task<int> Execute(Sql sql, object? args, CancellationToken cancellationToken)
    {
        _flow.RefuseNesting();
        return Measured("execute", sql, async () =>
        {
            await using var connection = await Connect(cancellationToken);
            return await new PostgresSession(connection, _shared).Execute(sql, args, cancellationToken);
        });
    }

    public override async Task<T> Transaction<T>(Func<ITransaction, Task<T>> work, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(work);
        _flow.RefuseNesting();
        return await Measured("transaction", sql: null, async () =>
        {
            await using var connection = await Connect(cancellationToken);
            await using var open = await connection.BeginTransactionAsync(cancellationToken);
            var transaction = new PostgresTransaction(new PostgresSession(connection, _shared), _server);
            try
            {
                T result;
                using (_flow.Enter())
                {
                    result = await work(transaction);
                }

                // Once it is asked for, a commit is not cancelled: its outcome would be unknown.
                await open.CommitAsync(CancellationToken.None);
                return result;
            }
            finally
            {
                transaction.Close();
            }
        });
    }

    public override Task Notify(string channel, string payload, CancellationToken cancellationToken)
    {
        NoticeHub.Check(channel, payload);
        return Measured("notify", PostgresListener.NotifySql, async () =>
        {
            await using var connection = await Connect(cancellationToken);
            return await new PostgresSession(connection, _shared).Execute(PostgresListener.NotifySql, PostgresListener.Notice(channel, payload), cancellationToken);
        });
    }

    public override IDisposable Listen(string channel, Func<string?, CancellationToken, Task> heard)
    {
        var listening = _notices.Listen(channel, heard);
        lock (_gate)
        {
            _listener ??= new PostgresListener(_server, _notices, _logger);
        }

        return listening;
    }

    public override async ValueTask DisposeAsync()
    {
        _notices.Dispose();
        if (_listener is not null)
        {
            await _listener.DisposeAsync();
        }

        await _pool.DisposeAsync();
    }

    private async Task<NpgsqlConnection> Connect(CancellationToken cancellationToken) =>
        await Translated(() => _pool.OpenConnectionAsync(cancellationToken).AsTask());

    private Task<TResult> Read<TResult>(string operation, Sql sql, Func<PostgresSession, Task<TResult>> run, CancellationToken cancellationToken) =>
        Measured(operation, sql, async () =>
        {
            await using (var connection = await Connect(cancellationToken))
            {
                try
                {
                    return await Translated(() => run(new PostgresSession(connection, _shared)));
                }
                catch (DatabaseUnavailableException lost) when (connection.State != System.Data.ConnectionState.Open)
                {
                    // A connection of the pool that the server had closed meanwhile. Reading again changes nothing.
                    _logger.LogDebug("Reading again: {Reason}", lost.Message);
                }
            }

            await using var fresh = await Connect(cancellationToken);
            return await run(new PostgresSession(fresh, _shared));
        });

    private Task<TResult> Measured<TResult>(string operation, Sql? sql, Func<Task<TResult>> run) => Telemetry.Measured(operation, Dialect, measured =>
    {
        if (sql is { } statement)
        {
            measured.Statement(statement.In(Dialect));
        }

        return Translated(run);
    });

    private async Task<TResult> Translated<TResult>(Func<Task<TResult>> run)
    {
        try
        {
            return await run();
        }
        catch (Exception exception)
        {
            var translated = PostgresFaults.Translate(exception, _server);
            if (ReferenceEquals(translated, exception))
            {
                throw;
            }

            throw translated;
        }
    }
}
