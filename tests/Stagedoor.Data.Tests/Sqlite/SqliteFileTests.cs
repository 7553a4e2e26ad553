using Microsoft.Extensions.Logging.Abstractions;
using Stagedoor.Plugins;

namespace Stagedoor.Data.Tests.Sqlite;

public sealed class SqliteFileTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("stagedoor-test-").FullName;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private string DatabaseFile => Path.Combine(_directory, "stagedoor.db");

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public void A_data_directory_that_cannot_be_written_is_named_with_what_to_do()
    {
        var notADirectory = Path.Combine(_directory, "file");
        File.WriteAllText(notADirectory, "");

        var problem = Should.Throw<DatabaseUnusableException>(() => Open(Path.Combine(notADirectory, "data", "stagedoor.db")));

        problem.Message.ShouldContain(Path.Combine(notADirectory, "data"));
        problem.Message.ShouldContain("--data");
    }

    [Fact]
    public void A_file_that_is_no_database_is_refused_and_left_alone()
    {
        var text = string.Concat(Enumerable.Repeat("This is a letter, not a database. ", 100));
        File.WriteAllText(DatabaseFile, text);

        var problem = Should.Throw<DatabaseUnusableException>(() => Open(DatabaseFile));

        problem.Message.ShouldContain("is not a SQLite database");
        problem.Message.ShouldContain(DatabaseFile);
        File.ReadAllText(DatabaseFile).ShouldBe(text);
    }

    [Fact]
    public void A_directory_in_the_place_of_the_file_is_refused()
    {
        Directory.CreateDirectory(DatabaseFile);

        Should.Throw<DatabaseUnusableException>(() => Open(DatabaseFile)).Message.ShouldContain(DatabaseFile);
    }

    [Fact]
    public async Task A_full_disk_is_told_nothing_is_changed_and_it_goes_on_when_there_is_room()
    {
        await using var database = Open(DatabaseFile);
        await database.Execute("create table notes (text text); insert into notes values ('kept')", Stop);
        var pages = await database.Find<int>("pragma page_count", Stop);
        await database.Execute($"pragma max_page_count = {pages}", Stop);

        var problem = await Should.ThrowAsync<DatabaseUnavailableException>(() => database.Transaction(
            async t =>
            {
                await t.Execute("insert into notes values ('small')", args: null, Stop);
                await t.Execute("insert into notes values (@text)", new { text = new string('x', 100_000) }, Stop);
            },
            Stop));

        problem.Message.ShouldContain("full");
        problem.Message.ShouldContain(DatabaseFile);
        (await database.Query<string>("select text from notes", Stop)).ShouldBe(["kept"]);
        await database.Execute("pragma max_page_count = 1000000", Stop);
        await database.Execute("insert into notes values ('after')", Stop);
        (await database.Find<int>("select count(*) from notes", Stop)).ShouldBe(2);
    }

    [Fact]
    public async Task It_is_set_up_so_that_a_power_cut_takes_nothing_back_and_references_hold()
    {
        await using var database = Open(DatabaseFile);

        var (journal, synchronous, keys) = await database.Transaction(
            async t => (
                await t.Find<string>("pragma journal_mode", args: null, Stop),
                await t.Find<int>("pragma synchronous", args: null, Stop),
                await t.Find<bool>("pragma foreign_keys", args: null, Stop)),
            Stop);

        (journal, synchronous, keys).ShouldBe(("wal", 2, true));
    }

    [Fact]
    public async Task What_was_written_is_there_when_it_is_opened_again()
    {
        await using (var database = Open(DatabaseFile))
        {
            await database.Execute("create table notes (text text); insert into notes values ('kept')", Stop);
        }

        await using var again = Open(DatabaseFile);
        (await again.Find<string>("select text from notes", Stop)).ShouldBe("kept");
        again.Description.ShouldContain(DatabaseFile);
    }

    [Fact]
    public async Task A_database_that_was_closed_says_so()
    {
        var database = Open(DatabaseFile);
        await database.DisposeAsync();

        await Should.ThrowAsync<ObjectDisposedException>(() => database.Execute("create table a (b)", Stop));
        await Should.ThrowAsync<ObjectDisposedException>(() => database.Find<int>("select 1", Stop));
    }

    private static OpenDatabase Open(string file) => Databases.Open(new DatabaseSettings { SqliteFile = file }, NullLoggerFactory.Instance);
}
