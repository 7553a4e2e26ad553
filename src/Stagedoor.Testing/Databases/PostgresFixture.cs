using Npgsql;
using Stagedoor.Data;
using Stagedoor.Plugins;

namespace Stagedoor.Testing.Databases;

/// <summary>
/// A database of its own on the server that STAGEDOOR_TEST_POSTGRES names, dropped at the end. Without that variable the
/// tests say that they were left out; under CI they fail.
/// </summary>
public sealed class PostgresFixture : TestDatabase
{
    public const string Variable = "STAGEDOOR_TEST_POSTGRES";

    // What xunit takes an exception for when its message begins so: Assert.Skip's, without the assertion library.
    private const string Skip = "$XunitDynamicSkip$";

    private readonly string _name = $"test_{Guid.NewGuid():N}";
    private OpenDatabase? _database;

    public override IDatabase Database => _database ?? throw Missing();

    public override DatabaseSettings Settings => new()
    {
        Postgres = new NpgsqlConnectionStringBuilder(Server ?? throw Missing()) { Database = _name, MaxPoolSize = 20 }.ConnectionString,
        SqliteFile = "",
    };

    private static string? Server => Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } server ? server : null;

    public override async ValueTask InitializeAsync()
    {
        if (Server is null)
        {
            return;
        }

        await OnServer($"create database {_name}");
        _database = await Open(Settings);
    }

    public override async ValueTask DisposeAsync()
    {
        if (_database is not null)
        {
            await _database.DisposeAsync();
            await OnServer($"drop database if exists {_name} with (force)");
        }
    }

    private static async Task OnServer(string sql)
    {
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(Server) { Database = "postgres", Pooling = false }.ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    // Thrown where a test asks for the database, so that the runner reports the test and not the fixture.
    private static InvalidOperationException Missing() => new(
        (string.Equals(Environment.GetEnvironmentVariable("CI"), "true", StringComparison.OrdinalIgnoreCase) ? "" : Skip)
        + $"No PostgreSQL to test with: {Variable} holds no connection string, such as Host=127.0.0.1;Port=5432;Username=postgres.");
}
