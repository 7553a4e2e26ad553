using Stagedoor.Data;
using Stagedoor.Plugins;

namespace Stagedoor.Testing.Databases;

/// <summary>A SQLite file in a directory of its own, removed at the end.</summary>
public sealed class SqliteFixture : TestDatabase
{
    private readonly string _directory = Directory.CreateTempSubdirectory("stagedoor-test-").FullName;
    private OpenDatabase? _database;

    public override IDatabase Database => _database ?? throw new InvalidOperationException("The fixture is not initialised.");

    public override DatabaseSettings Settings => new() { SqliteFile = Path.Combine(_directory, "stagedoor.db") };

    public override async ValueTask InitializeAsync() => _database = await Open(Settings);

    public override async ValueTask DisposeAsync()
    {
        if (_database is not null)
        {
            await _database.DisposeAsync();
        }

        Directory.Delete(_directory, recursive: true);
    }
}
