using Microsoft.Extensions.Logging.Abstractions;
using Stagedoor.Data.Migrations;
using Stagedoor.Plugins;
using Stagedoor.Testing.Databases;

namespace Stagedoor.Data.Tests.Documentation;

public abstract class DocumentationTests<TDatabase>(TDatabase fixture)
    where TDatabase : TestDatabase
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_store_and_the_migration_in_the_documentation_work()
    {
        var set = new MigrationSet("releases", "1.0.0", [new MigrationFile("0001_releases.sql", Block("sql"))]);
        (await new Migrator(fixture.Database, fixture.Clock, NullLogger<Migrator>.Instance).Apply([set], Stop)).ShouldAllBe(outcome => outcome.Succeeded);
        var store = new ReleaseStore(fixture.Database, fixture.Clock);
        var component = EntityRef.Parse("component:default/lantern");
        var release = new Release(Guid.NewGuid(), component, "1.2.0", ReleaseState.Running, fixture.Clock.GetUtcNow(), """{"author": "mae"}""");

        await store.Keep([release], Stop);
        await store.Keep([release with { State = ReleaseState.Done }], Stop);

        (await store.Latest([component], state: null, 10, Stop)).Single().State.ShouldBe(ReleaseState.Done);
        (await store.Latest([component], ReleaseState.Running, 10, Stop)).ShouldBeEmpty();
        (await store.Find(release.Id, Stop)).ShouldNotBeNull().Component.ShouldBe(component);
        (await store.CountOlderThan(TimeSpan.FromDays(1), Stop)).ShouldBe(0);
        (await store.Authors(Stop)).ShouldBe(["mae"]);
    }

    [Fact]
    public void The_code_in_the_documentation_is_the_code_that_is_tested_here()
    {
        var source = File.ReadAllText(Path.Combine(Root, "tests", "Stagedoor.Data.Tests", "Documentation", "ReleaseStore.cs"));

        source.ShouldContain(Block("csharp"));
    }

    private static string Root
    {
        get
        {
            var directory = new DirectoryInfo(AppContext.BaseDirectory);
            while (!File.Exists(Path.Combine(directory.FullName, "Stagedoor.slnx")))
            {
                directory = directory.Parent.ShouldNotBeNull("the tests run from the repository");
            }

            return directory.FullName;
        }
    }

    private static string Block(string language)
    {
        var text = File.ReadAllText(Path.Combine(Root, "docs", "database.md"));
        var start = text.IndexOf($"```{language}\n", StringComparison.Ordinal) + language.Length + 4;
        return text[start..text.IndexOf("```", start, StringComparison.Ordinal)].Trim();
    }
}

public sealed class SqliteDocumentationTests(SqliteFixture fixture) : DocumentationTests<SqliteFixture>(fixture), IClassFixture<SqliteFixture>;

public sealed class PostgresDocumentationTests(PostgresFixture fixture) : DocumentationTests<PostgresFixture>(fixture), IClassFixture<PostgresFixture>;
