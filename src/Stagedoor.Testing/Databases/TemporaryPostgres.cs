using Npgsql;
using Stagedoor.Testing.Processes;

namespace Stagedoor.Testing.Databases;

/// <summary>A database of its own on the tests' PostgreSQL, dropped in the end with whoever is still connected.</summary>
public sealed class TemporaryPostgres : IAsyncDisposable
{
    private readonly string _server;
    private readonly string _name;

    private TemporaryPostgres(string server, string name)
    {
        _server = server;
        _name = name;
        ConnectionString = new NpgsqlConnectionStringBuilder(server) { Database = name, MaxPoolSize = 20 }.ConnectionString;
    }

    public string ConnectionString { get; }

    /// <summary>The port of the server.</summary>
    public int Port => new NpgsqlConnectionStringBuilder(_server).Port;

    /// <summary>The same database, reached by another way.</summary>
    public string Through(Relay relay)
    {
        ArgumentNullException.ThrowIfNull(relay);
        return new NpgsqlConnectionStringBuilder(ConnectionString) { Host = "127.0.0.1", Port = relay.Port }.ConnectionString;
    }

    public static async Task<TemporaryPostgres> Create(CancellationToken cancellationToken)
    {
        var server = Needs.Postgres();
        var name = $"test_{Guid.NewGuid():N}";
        await Tell(server, $"create database {name}", cancellationToken);
        return new TemporaryPostgres(server, name);
    }

    /// <summary>Reads one value, to look behind the portal's back.</summary>
    public Task<T> Read<T>(string sql, CancellationToken cancellationToken) => Read<T>(ConnectionString, sql, cancellationToken);

    /// <summary>Reads one value by a connection string.</summary>
    public static async Task<T> Read<T>(string connectionString, string sql, CancellationToken cancellationToken)
    {
        await using var connection = new NpgsqlConnection(Unpooled(connectionString));
        await connection.OpenAsync(cancellationToken);
        await using var command = new NpgsqlCommand(sql, connection);
        return (T)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    public async ValueTask DisposeAsync() => await Tell(_server, $"drop database if exists {_name} with (force)", CancellationToken.None);

    private static async Task Tell(string server, string sql, CancellationToken cancellationToken)
    {
        await using var connection = new NpgsqlConnection(Unpooled(server));
        await connection.OpenAsync(cancellationToken);
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static string Unpooled(string connectionString) => new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false }.ConnectionString;
}
