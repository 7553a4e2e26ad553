using Npgsql;
using Stagedoor.Data;
using Stagedoor.Testing.Databases;

namespace Stagedoor.Host.Tests.Jobs;

/// <summary>
/// An account on the database that one replica uses alone, and that can be cut off: to the other replicas it is as if
/// the process had died.
/// </summary>
internal sealed class Mortal : IAsyncDisposable
{
    private readonly string _role = $"replica_{Guid.NewGuid():N}";
    private readonly string _server;

    private Mortal(DatabaseSettings shared)
    {
        _server = shared.Postgres!;
        Settings = shared with { Postgres = new NpgsqlConnectionStringBuilder(_server) { Username = _role }.ConnectionString };
    }

    public DatabaseSettings Settings { get; }

    public static async Task<Mortal> On(TestDatabase database)
    {
        var mortal = new Mortal(database.Settings);
        await mortal.Do($"create role {mortal._role} superuser login");
        return mortal;
    }

    /// <summary>From now on nothing the replica does reaches the database.</summary>
    public Task Die() => Do($"alter role {_role} nologin; select pg_terminate_backend(pid) from pg_stat_activity where usename = '{_role}'");

    /// <summary>The database answers it again.</summary>
    public Task Rise() => Do($"alter role {_role} login");

    public async ValueTask DisposeAsync()
    {
        await Die();
        await Do($"reassign owned by {_role} to current_user; drop role {_role}");
    }

    private async Task Do(string statements)
    {
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(_server) { Pooling = false }.ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(statements, connection);
        await command.ExecuteNonQueryAsync();
    }
}
