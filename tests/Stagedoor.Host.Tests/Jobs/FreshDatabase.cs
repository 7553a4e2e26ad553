using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using Stagedoor.Data;
using Stagedoor.Host.Jobs;

namespace Stagedoor.Host.Tests.Jobs;

/// <summary>A migrated database for one test, described by its settings, so that several replicas can open it.</summary>
internal sealed class FreshDatabase : IAsyncDisposable
{
    private const string Variable = "STAGEDOOR_TEST_POSTGRES";

    private readonly Func<ValueTask> _drop;

    private FreshDatabase(DatabaseSettings settings, Func<ValueTask> drop)
    {
        Settings = settings;
        _drop = drop;
    }

    public DatabaseSettings Settings { get; }

    public static async Task<FreshDatabase> Sqlite()
    {
        var folder = Directory.CreateTempSubdirectory("stagedoor-jobs-");
        return await Migrated(new FreshDatabase(new DatabaseSettings { SqliteFile = Path.Combine(folder.FullName, "jobs.db") }, drop: () =>
        {
            folder.Delete(recursive: true);
            return ValueTask.CompletedTask;
        }));
    }

    public static async Task<FreshDatabase> Postgres()
    {
        var server = Environment.GetEnvironmentVariable(Variable);
        if (string.IsNullOrEmpty(server))
        {
            Assert.SkipUnless(Environment.GetEnvironmentVariable("CI") == "true", $"{Variable} is not set, so there is no PostgreSQL to test with.");
            Assert.Fail($"{Variable} is not set.");
        }

        var name = $"jobs_{Guid.NewGuid():N}";
        await Do(server, $"create database {name}");
        var settings = new NpgsqlConnectionStringBuilder(server) { Database = name };
        return await Migrated(new FreshDatabase(
            new DatabaseSettings { Postgres = settings.ConnectionString, SqliteFile = "unused" },
            drop: async () =>
            {
                NpgsqlConnection.ClearAllPools();
                await Do(server, $"drop database {name} with (force)");
            }));
    }

    /// <summary>The same database through an account of its own, which can be cut off as if the process had died.</summary>
    public async Task<Mortal> AsMortal()
    {
        var role = $"replica_{Guid.NewGuid():N}";
        await Do(Settings.Postgres!, $"create role {role} superuser login");
        var mine = new NpgsqlConnectionStringBuilder(Settings.Postgres!) { Username = role };
        return new Mortal(Settings with { Postgres = mine.ConnectionString }, role, Settings.Postgres!);
    }

    public ValueTask DisposeAsync() => _drop();

    private static async Task<FreshDatabase> Migrated(FreshDatabase fresh)
    {
        await using var database = Databases.Open(fresh.Settings, TimeProvider.System, NullLoggerFactory.Instance);
        var results = await new Migrator(database).Apply([MigrationSet.From("portal", typeof(JobTimings).Assembly)], TestContext.Current.CancellationToken);
        results.ShouldAllBe(result => result.Succeeded);
        return fresh;
    }

    internal static async Task Do(string server, string statement)
    {
        await using var connection = new NpgsqlConnection(server);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(statement, connection);
        await command.ExecuteNonQueryAsync();
    }
}

/// <summary>An account that one replica uses alone.</summary>
internal sealed class Mortal(DatabaseSettings settings, string role, string server) : IAsyncDisposable
{
    public DatabaseSettings Settings { get; } = settings;

    /// <summary>From now on nothing the replica does reaches the database: to the others it is dead.</summary>
    public async Task Die()
    {
        await FreshDatabase.Do(server, $"alter role {role} nologin");
        await FreshDatabase.Do(server, $"select pg_terminate_backend(pid) from pg_stat_activity where usename = '{role}'");
    }

    public async ValueTask DisposeAsync()
    {
        await Die();
        await FreshDatabase.Do(server, $"drop role {role}");
    }
}
