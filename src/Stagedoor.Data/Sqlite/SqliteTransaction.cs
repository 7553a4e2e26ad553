using Microsoft.Data.Sqlite;
using Stagedoor.Data.Mapping;
using Stagedoor.Data.Notices;
using Stagedoor.Plugins;

namespace Stagedoor.Data.Sqlite;

/// <summary>A transaction on the writer's thread. Its statements go back there, wherever the code between them runs.</summary>
internal sealed class SqliteTransaction(SqliteWriter writer, SqliteFile file, Arguments arguments, StatementText statements) : ITransaction
{
    private readonly List<(string Channel, string Payload)> _notices = [];
    private volatile bool _over;

    public Dialect Dialect => Dialect.Sqlite;

    public IReadOnlyList<(string Channel, string Payload)> Notices => _notices;

    public Task<IReadOnlyList<T>> Query<T>(Sql sql, object? args, CancellationToken cancellationToken) =>
        Step(sql, args, (session, text, given) => (IReadOnlyList<T>)session.Query<T>(text, given, cancellationToken));

    public Task<T?> Find<T>(Sql sql, object? args, CancellationToken cancellationToken) =>
        Step(sql, args, (session, text, given) => session.Find<T>(text, given, cancellationToken));

    public Task<int> Execute(Sql sql, object? args, CancellationToken cancellationToken) =>
        Step(sql, args, (session, text, given) => session.Execute(text, given, cancellationToken));

    public Task<long> Insert<T>(BulkInsert<T> insert, IEnumerable<T> rows, CancellationToken cancellationToken) =>
        Step(session => session.Insert(insert, rows, cancellationToken));

    public Task Notify(string channel, string payload, CancellationToken cancellationToken)
    {
        NoticeHub.Check(channel, payload);
        return Step(_ =>
        {
            _notices.Add((channel, payload));
            return true;
        });
    }

    public void Close() => _over = true;

    private Task<TResult> Step<TResult>(Sql sql, object? args, Func<SqliteSession, string, IReadOnlyList<Argument>, TResult> run)
    {
        var given = arguments.Of(args);
        var text = statements.For(sql.In(Dialect.Sqlite), given);
        return Step(session => run(session, text, given));
    }

    private Task<TResult> Step<TResult>(Func<SqliteSession, TResult> run) => writer.Step(session =>
    {
        if (_over)
        {
            throw new InvalidOperationException("The transaction is over. Await everything inside it.");
        }

        try
        {
            return run(session);
        }
        catch (SqliteException fault)
        {
            var translated = SqliteFaults.Translate(fault, file.Path);
            if (ReferenceEquals(translated, fault))
            {
                throw;
            }

            throw translated;
        }
    });
}
