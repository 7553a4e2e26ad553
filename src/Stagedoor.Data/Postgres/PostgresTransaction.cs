using Stagedoor.Data.Notices;
using Stagedoor.Plugins;

namespace Stagedoor.Data.Postgres;

/// <summary>A transaction on one connection of the pool.</summary>
internal sealed class PostgresTransaction(PostgresSession session, PostgresServer server) : ITransaction
{
    private bool _over;

    public Dialect Dialect => Dialect.Postgres;

    public Task<IReadOnlyList<T>> Query<T>(Sql sql, object? args, CancellationToken cancellationToken) =>
        Step(() => session.Query<T>(sql, args, cancellationToken));

    public Task<T?> Find<T>(Sql sql, object? args, CancellationToken cancellationToken) =>
        Step(() => session.Find<T>(sql, args, cancellationToken));

    public Task<int> Execute(Sql sql, object? args, CancellationToken cancellationToken) =>
        Step(() => session.Execute(sql, args, cancellationToken));

    public Task<long> Insert<T>(BulkInsert<T> insert, IEnumerable<T> rows, CancellationToken cancellationToken) =>
        Step(() => PostgresBulk.Insert(session.Connection, insert, rows, cancellationToken));

    public Task Notify(string channel, string payload, CancellationToken cancellationToken)
    {
        NoticeHub.Check(channel, payload);
        return Step(() => session.Execute(PostgresListener.NotifySql, PostgresListener.Notice(channel, payload), cancellationToken));
    }

    /// <summary>Lets the statements that follow take as long as they need: migrations do.</summary>
    public void WaitAsLongAsItTakes() => session.TimeoutSeconds = 0;

    public void Close() => _over = true;

    private async Task<TResult> Step<TResult>(Func<Task<TResult>> run)
    {
        if (_over)
        {
            throw new InvalidOperationException("The transaction is over. Await everything inside it.");
        }

        try
        {
            return await run();
        }
        catch (Exception exception)
        {
            var translated = PostgresFaults.Translate(exception, server);
            if (ReferenceEquals(translated, exception))
            {
                throw;
            }

            throw translated;
        }
    }
}
