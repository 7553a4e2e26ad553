using System.Reflection;
using Microsoft.Extensions.Logging.Abstractions;
using Stagedoor.Data;
using Stagedoor.Data.Migrations;
using Stagedoor.Plugins;
using Stagedoor.Testing.Clock;
using Xunit;

namespace Stagedoor.Testing.Databases;

/// <summary>
/// A new, empty database for a class of tests. Write the tests once in an <c>abstract class XTests&lt;TDatabase&gt;</c> and
/// derive one sealed class with <see cref="SqliteFixture"/> and one with <see cref="PostgresFixture"/>.
/// </summary>
public abstract class TestDatabase : IAsyncLifetime
{
    private readonly List<MigrationSet> _sets = [];

    private protected TestDatabase()
    {
    }

    /// <summary>
    /// Open, with the work queue's tables. Migrate brings a plugin's. Ask for it in a field's initialiser or in
    /// InitializeAsync: where there is no PostgreSQL, that is what leaves the test out.
    /// </summary>
    public abstract IDatabase Database { get; }

    /// <summary>The clock that tests of stores and queues hand to their subjects.</summary>
    public ManualClock Clock { get; } = new();

    /// <summary>What another process of the same portal opens: a second replica.</summary>
    public abstract DatabaseSettings Settings { get; }

    /// <summary>Opens the same database once more, as a second replica does. Dispose it.</summary>
    public OpenDatabase OpenAgain() => Data.Databases.Open(Settings, NullLoggerFactory.Instance);

    /// <summary>Applies the migrations embedded in an assembly, of all owners asked for so far.</summary>
    public async Task Migrate(string ownerId, Assembly assembly)
    {
        if (_sets.All(set => set.OwnerId != ownerId))
        {
            _sets.Add(MigrationSet.From(ownerId, assembly));
        }

        var outcomes = await new Migrator(Database, Clock, NullLogger<Migrator>.Instance).Apply(_sets, TestContext.Current.CancellationToken);
        if (outcomes.FirstOrDefault(outcome => !outcome.Succeeded) is { Failure: { } failure })
        {
            throw new InvalidOperationException(failure.Message, failure.Cause);
        }
    }

    public abstract ValueTask InitializeAsync();

    public abstract ValueTask DisposeAsync();

    private protected static async Task<OpenDatabase> Open(DatabaseSettings settings)
    {
        var database = Stagedoor.Data.Databases.Open(settings, NullLoggerFactory.Instance);
        await new Migrator(database, TimeProvider.System, NullLogger<Migrator>.Instance).Apply([], CancellationToken.None);
        return database;
    }
}
