using Stagedoor.Data;
using Stagedoor.Plugins;
using Stagedoor.Testing.Processes;

namespace Stagedoor.Testing.Databases;

/// <summary>
/// A <see cref="TemporaryPostgres"/> for a class of tests. Where there is no PostgreSQL, the test that asks for it is left
/// out as <see cref="Needs"/> has it, and not the fixture: a fixture cannot skip.
/// </summary>
public sealed class PostgresFixture : TestDatabase
{
    private TemporaryPostgres? _temporary;
    private OpenDatabase? _database;

    public override IDatabase Database => _database ?? throw Missing();

    public override DatabaseSettings Settings => new() { Postgres = (_temporary ?? throw Missing()).ConnectionString, SqliteFile = "" };

    public override async ValueTask InitializeAsync()
    {
        if (!Needs.HasPostgres)
        {
            return;
        }

        _temporary = await TemporaryPostgres.Create(CancellationToken.None);
        _database = await Open(Settings);
    }

    public override async ValueTask DisposeAsync()
    {
        if (_database is not null)
        {
            await _database.DisposeAsync();
        }

        if (_temporary is not null)
        {
            await _temporary.DisposeAsync();
        }
    }

    private static InvalidOperationException Missing()
    {
        Needs.Postgres();
        return new InvalidOperationException("The fixture is not initialised.");
    }
}
