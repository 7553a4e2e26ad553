using System.Data.Common;
using System.Globalization;
using Microsoft.Data.Sqlite;
using SQLitePCL;
using Stagedoor.Data.Mapping;
using Stagedoor.Plugins;

namespace Stagedoor.Data.Sqlite;

/// <summary>One connection and its prepared statements. Used by one thread at a time, and never waits but for the disk.</summary>
internal sealed class SqliteSession(SqliteConnection connection) : IDisposable
{
    private const int MaxStatements = 300;
    private readonly Dictionary<string, SqliteCommand> _statements = new(StringComparer.Ordinal);
    private readonly Rows _rows = new();

    public bool InTransaction => raw.sqlite3_get_autocommit(connection.Handle) == 0;

    public int Execute(string sql, IReadOnlyList<Argument> arguments, CancellationToken cancellationToken)
    {
        using var interrupt = Interruptible(cancellationToken);
        try
        {
            return Math.Max(0, Command(sql, arguments).ExecuteNonQuery());
        }
        catch (SqliteException fault) when (fault.SqliteErrorCode == raw.SQLITE_INTERRUPT)
        {
            throw new OperationCanceledException(fault.Message, fault, cancellationToken);
        }
    }

    public T? Find<T>(string sql, IReadOnlyList<Argument> arguments, CancellationToken cancellationToken)
    {
        // Read to the end: a writing statement with RETURNING is finished only then.
        T? found = default;
        var any = false;
        foreach (var row in Stream<T>(sql, arguments, cancellationToken))
        {
            found = any ? found : row;
            any = true;
        }

        return found;
    }

    public List<T> Query<T>(string sql, IReadOnlyList<Argument> arguments, CancellationToken cancellationToken) =>
        [.. Stream<T>(sql, arguments, cancellationToken)];

    public IEnumerable<T> Stream<T>(string sql, IReadOnlyList<Argument> arguments, CancellationToken cancellationToken)
    {
        using var interrupt = Interruptible(cancellationToken);
        var command = Command(sql, arguments);
        using var reader = Guarded(command.ExecuteReader, cancellationToken);
        if (reader.FieldCount == 0)
        {
            throw new InvalidOperationException($"The statement returns no rows. Write with Execute: {sql}");
        }

        Func<DbDataReader, T>? read = null;
        while (Guarded(reader.Read, cancellationToken))
        {
            read ??= _rows.Reader<T>(reader);
            yield return read(reader);
        }
    }

    public long Insert<T>(BulkInsert<T> insert, IEnumerable<T> rows, CancellationToken cancellationToken)
    {
        var names = string.Join(", ", insert.Columns.Select(column => column.Name));
        var places = string.Join(", ", insert.Columns.Select((_, i) => string.Create(CultureInfo.InvariantCulture, $"@p{i}")));
        var conflict = insert.OnConflict is null ? "" : $" on conflict {insert.OnConflict}";
        using var command = connection.CreateCommand();
        command.CommandText = $"insert into {insert.Table} ({names}) values ({places}){conflict}";
        var parameters = insert.Columns.Select((_, i) => command.Parameters.Add(string.Create(CultureInfo.InvariantCulture, $"@p{i}"), SqliteType.Text)).ToArray();
        var kinds = insert.Columns.Select(column => column.IsJson ? Kind.Json : Values.KindOf(column.Type, column.Name)).ToArray();
        var count = 0L;
        foreach (var row in rows)
        {
            cancellationToken.ThrowIfCancellationRequested();
            for (var i = 0; i < parameters.Length; i++)
            {
                SqliteValues.Set(parameters[i], kinds[i], Values.Normal(insert.Columns[i].Value(row)));
            }

            count += command.ExecuteNonQuery();
        }

        return count;
    }

    public void Dispose()
    {
        Forget();
        connection.Dispose();
    }

    private static TResult Guarded<TResult>(Func<TResult> step, CancellationToken cancellationToken)
    {
        try
        {
            return step();
        }
        catch (SqliteException fault) when (fault.SqliteErrorCode == raw.SQLITE_INTERRUPT)
        {
            throw new OperationCanceledException(fault.Message, fault, cancellationToken);
        }
    }

    private CancellationTokenRegistration Interruptible(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return cancellationToken.UnsafeRegister(static state => raw.sqlite3_interrupt(((SqliteConnection)state!).Handle), connection);
    }

    private SqliteCommand Command(string sql, IReadOnlyList<Argument> arguments)
    {
        if (!_statements.TryGetValue(sql, out var command))
        {
            // Statements are written in code, so this many means that text is built at run time: begin anew.
            if (_statements.Count >= MaxStatements)
            {
                Forget();
            }

            command = connection.CreateCommand();
            command.CommandText = sql;
            _statements.Add(sql, command);
        }

        command.Parameters.Clear();
        foreach (var argument in arguments)
        {
            SqliteValues.Add(command, argument);
        }

        return command;
    }

    private void Forget()
    {
        foreach (var command in _statements.Values)
        {
            command.Dispose();
        }

        _statements.Clear();
    }
}
