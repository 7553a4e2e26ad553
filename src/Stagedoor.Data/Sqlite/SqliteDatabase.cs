using System.Runtime.CompilerServices;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using Stagedoor.Data.Mapping;
using Stagedoor.Data.Notices;
using Stagedoor.Plugins;

namespace Stagedoor.Data.Sqlite;

/// <summary>The database in one file: one writer, pooled readers, notices within the process.</summary>
internal sealed class SqliteDatabase : OpenDatabase
{
    private readonly SqliteFile _file;
    private readonly SqliteWriter _writer;
    private readonly SqliteReaders _readers;
    private readonly NoticeHub _notices;
    private static readonly TimeSpan LongestTransaction = TimeSpan.FromSeconds(60);

    private readonly Arguments _arguments = new();
    private readonly StatementText _text = new(Dialect.Sqlite);
    private readonly TransactionFlow _flow = new();

    private SqliteDatabase(SqliteFile file, SqliteWriter writer, ILogger logger)
    {
        _file = file;
        _writer = writer;
        _readers = new SqliteReaders(file);
        _notices = new NoticeHub(logger);
    }

    public override Dialect Dialect => Dialect.Sqlite;

    public override string Description => $"SQLite {SqliteLibrary.Version}, {_file.Path}";

    public static SqliteDatabase Open(string path, ILogger logger)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        logger.LogDebug("SQLite {Version}", SqliteLibrary.Version);
        var file = new SqliteFile(path);
        return new SqliteDatabase(file, new SqliteWriter(file.OpenWriter(), logger), logger);
    }

    public override async Task Reach(CancellationToken cancellationToken) => await Find<long>("select count(*) from sqlite_master", args: null, cancellationToken);

    public override Task<IReadOnlyList<T>> Query<T>(Sql sql, object? args, CancellationToken cancellationToken) =>
        Read("query", sql, args, (session, text, given) => (IReadOnlyList<T>)session.Query<T>(text, given, cancellationToken), cancellationToken);

    public override Task<T?> Find<T>(Sql sql, object? args, CancellationToken cancellationToken)
        where T : default =>
        Read("find", sql, args, (session, text, given) => session.Find<T>(text, given, cancellationToken), cancellationToken);

    public override async IAsyncEnumerable<T> Stream<T>(Sql sql, object? args, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var measured = Telemetry.Measure("stream", Dialect);
        var given = _arguments.Of(args);
        var text = _text.For(sql.In(Dialect), given);
        using var lease = await _readers.TakeForStream(cancellationToken);
        using var rows = lease.Session.Stream<T>(text, given, cancellationToken).GetEnumerator();
        while (Translated(rows.MoveNext))
        {
            yield return rows.Current;
        }
    }

    public override async Task<int> Execute(Sql sql, object? args, CancellationToken cancellationToken)
    {
        _flow.RefuseNesting();
        return await Telemetry.Measured("execute", Dialect, measured =>
        {
            var given = _arguments.Of(args);
            var text = _text.For(sql.In(Dialect), given);
            measured.Statement(text);
            return _writer.Enter(
                async session =>
                {
                    Begin(session);
                    return await Finish(session, () => Task.FromResult(session.Execute(text, given, cancellationToken)));
                },
                cancellationToken);
        });
    }

    public override async Task<T> Transaction<T>(Func<ITransaction, Task<T>> work, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(work);
        _flow.RefuseNesting();
        return await Telemetry.Measured("transaction", Dialect, async _ =>
        {
            var (result, notices) = await _writer.Enter(session => Run(session, work), cancellationToken);
            foreach (var (channel, payload) in notices)
            {
                _notices.Publish(channel, payload);
            }

            return result;
        });
    }

    public override Task Notify(string channel, string payload, CancellationToken cancellationToken)
    {
        NoticeHub.Check(channel, payload);
        _notices.Publish(channel, payload);
        return Task.CompletedTask;
    }

    public override IDisposable Listen(string channel, Func<string?, CancellationToken, Task> heard) => _notices.Listen(channel, heard);

    public override async ValueTask DisposeAsync()
    {
        _notices.Dispose();
        _readers.Dispose();

        // The writer may be at work for a moment, and its thread must not be the one that waits for it.
        await Task.Run(_writer.Dispose);
    }

    private async Task<(T Result, IReadOnlyList<(string Channel, string Payload)> Notices)> Run<T>(SqliteSession session, Func<ITransaction, Task<T>> work)
    {
        using var mark = _flow.Enter();
        var transaction = new SqliteTransaction(_writer, _file, _arguments, _text);
        Begin(session);
        try
        {
            return (await Finish(session, () => NotForever(work(transaction))), transaction.Notices);
        }
        finally
        {
            transaction.Close();
        }
    }

    /// <summary>Nothing else is written meanwhile, so a transaction that waits for something slow is given up and rolled back.</summary>
    private static async Task<T> NotForever<T>(Task<T> working)
    {
        if (working.IsCompleted || await Task.WhenAny(working, Task.Delay(LongestTransaction)) == working)
        {
            return await working;
        }

        // Whatever it still does with the transaction is refused; what it throws then is of no interest to anybody.
        _ = working.ContinueWith(static late => _ = late.Exception, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        throw new TimeoutException(
            $"A transaction took longer than {LongestTransaction.TotalSeconds:0} s and was rolled back: on SQLite nothing else can be written meanwhile. Do nothing slow inside it.");
    }

    private void Begin(SqliteSession session) => Translated(() => session.Execute("begin immediate", [], CancellationToken.None));

    private async Task<T> Finish<T>(SqliteSession session, Func<Task<T>> work)
    {
        try
        {
            var result = await work();
            session.Execute("commit", [], CancellationToken.None);
            return result;
        }
        catch (Exception exception)
        {
            // SQLite itself rolls back on some failures, such as a full disk.
            if (session.InTransaction)
            {
                session.Execute("rollback", [], CancellationToken.None);
            }

            if (exception is SqliteException fault && SqliteFaults.Translate(fault, _file.Path) is var translated && !ReferenceEquals(translated, fault))
            {
                throw translated;
            }

            throw;
        }
    }

    private Task<TResult> Read<TResult>(
        string operation, Sql sql, object? args, Func<SqliteSession, string, IReadOnlyList<Argument>, TResult> run, CancellationToken cancellationToken) =>
        Telemetry.Measured(operation, Dialect, async measured =>
        {
            var given = _arguments.Of(args);
            var text = _text.For(sql.In(Dialect), given);
            measured.Statement(text);
            using var lease = await _readers.Take(cancellationToken);
            return Translated(() => run(lease.Session, text, given));
        });

    private TResult Translated<TResult>(Func<TResult> run)
    {
        try
        {
            return run();
        }
        catch (SqliteException fault)
        {
            var translated = SqliteFaults.Translate(fault, _file.Path);
            if (ReferenceEquals(translated, fault))
            {
                throw;
            }

            throw translated;
        }
    }
}
