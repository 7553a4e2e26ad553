using System.Data.Common;
using System.Runtime.CompilerServices;
using Npgsql;
using Stagedoor.Data.Mapping;
using Stagedoor.Plugins;

namespace Stagedoor.Data.Postgres;

/// <summary>Runs statements on a connection, with what the whole database shares for that.</summary>
internal sealed class PostgresSession(NpgsqlConnection connection, PostgresSession.Shared shared)
{
    /// <summary>Zero waits as long as it takes.</summary>
    public int? TimeoutSeconds { get; set; }

    public NpgsqlConnection Connection => connection;

    public async Task<IReadOnlyList<T>> Query<T>(Sql sql, object? args, CancellationToken cancellationToken)
    {
        var rows = new List<T>();
        await foreach (var row in Stream<T>(sql, args, cancellationToken))
        {
            rows.Add(row);
        }

        return rows;
    }

    public async Task<T?> Find<T>(Sql sql, object? args, CancellationToken cancellationToken)
    {
        await using var command = Command(sql, args);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken) ? shared.Rows.Reader<T>(reader)(reader) : default;
    }

    public async IAsyncEnumerable<T> Stream<T>(Sql sql, object? args, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var command = Command(sql, args);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        if (reader.FieldCount == 0)
        {
            throw new InvalidOperationException($"The statement returns no rows. Write with Execute: {command.CommandText}");
        }

        Func<DbDataReader, T>? read = null;
        while (await reader.ReadAsync(cancellationToken))
        {
            read ??= shared.Rows.Reader<T>(reader);
            yield return read(reader);
        }
    }

    public async Task<int> Execute(Sql sql, object? args, CancellationToken cancellationToken)
    {
        await using var command = Command(sql, args);
        return Math.Max(0, await command.ExecuteNonQueryAsync(cancellationToken));
    }

    private NpgsqlCommand Command(Sql sql, object? args)
    {
        var arguments = shared.Arguments.Of(args);
        var command = new NpgsqlCommand(shared.Text.For(sql.In(Dialect.Postgres), arguments), connection);
        if (TimeoutSeconds is { } seconds)
        {
            command.CommandTimeout = seconds;
        }

        foreach (var argument in arguments)
        {
            PostgresValues.Add(command, argument);
        }

        return command;
    }

    internal sealed class Shared
    {
        public Arguments Arguments { get; } = new();

        public StatementText Text { get; } = new(Dialect.Postgres);

        public Rows Rows { get; } = new();
    }
}
