using System.Globalization;
using Npgsql;

namespace Stagedoor.Load.Catalog.Life;

/// <summary>Where a measured portal keeps what it has: a folder of its own, and a database in it or on a server.</summary>
internal sealed class Store : IAsyncDisposable
{
    private readonly string? _server;
    private readonly string _database;

    private Store(string name, string? server, string database, DirectoryInfo data)
    {
        Name = name;
        _server = server;
        _database = database;
        Data = data;
    }

    public string Name { get; }

    public DirectoryInfo Data { get; }

    /// <summary>For the portal's configuration; nothing for SQLite.</summary>
    public string? Postgres => _server is null ? null : new NpgsqlConnectionStringBuilder(_server) { Database = _database }.ConnectionString;

    public static async Task<Store> Make(string? server, CancellationToken cancellationToken)
    {
        var store = new Store(server is null ? "SQLite" : "PostgreSQL", server, $"bench_{Guid.NewGuid():N}", Directory.CreateTempSubdirectory("stagedoor-bench-data-"));
        if (server is not null)
        {
            await Tell(server, $"create database {store._database}", cancellationToken);
        }

        return store;
    }

    /// <summary>What it takes up, in bytes. The portal is to be stopped, so that SQLite has put its journal away.</summary>
    public async Task<long> Bytes(CancellationToken cancellationToken) => _server is null
        ? Data.EnumerateFiles("*", SearchOption.AllDirectories).Where(file => file.Name.Contains(".db", StringComparison.Ordinal)).Sum(file => file.Length)
        : Convert.ToInt64(await Tell(_server, $"select pg_database_size('{_database}')", cancellationToken), CultureInfo.InvariantCulture);

    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
        {
            NpgsqlConnection.ClearAllPools();
            await Tell(_server, $"drop database if exists {_database} with (force)", CancellationToken.None);
        }

        Data.Delete(recursive: true);
    }

    private static async Task<object?> Tell(string server, string sql, CancellationToken cancellationToken)
    {
        await using var connection = new NpgsqlConnection(server);
        await connection.OpenAsync(cancellationToken);
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync(cancellationToken);
    }
}
