using Microsoft.Extensions.Logging.Abstractions;
using Stagedoor.Data.Migrations;
using Stagedoor.Plugins;
using Stagedoor.Testing.Clock;
using Stagedoor.Testing.Databases;

namespace Stagedoor.Data.Tests.Migrations;

public abstract class MigratorTests<TDatabase>(TDatabase fixture)
    where TDatabase : TestDatabase
{
    private static int _next;

    // Each test has an owner of its own, since all share one database.
    private readonly string _owner = $"plugin-{Interlocked.Increment(ref _next)}";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private string Table => _owner.Replace('-', '_') + "_things";

    private IDatabase Database { get; } = fixture.Database;

    [Fact]
    public async Task Migrations_are_applied_once_in_order_and_the_type_words_fit_each_database()
    {
        var first = File("0001_things.sql", $"create table {Table} (key {{bigserial}}, id {{id}} not null, body {{json}}, at {{timestamp}}, raw {{bytes}}, truth {{bool}});\ncreate index {Table}_id on {Table} (id);");
        var second = File("0002_name.sql", $"alter table {Table} add column name text; update {Table} set name = 'a;b' where name is null;");

        (await Apply(second, first)).Applied.ShouldBe(["0001_things.sql", "0002_name.sql"]);
        (await Apply(first, second)).Applied.ShouldBeEmpty();

        var id = Guid.NewGuid();
        await Database.Execute($"insert into {Table} (id, body, at, raw, truth) values (@id, @body, @at, @raw, @truth)", new { id, body = "{}", at = DateTimeOffset.UnixEpoch, raw = new byte[] { 1 }, truth = true }, Stop);
        (await Database.Find<long>($"select key from {Table} where id = @id and truth = @truth", new { id, truth = true }, Stop)).ShouldBe(1);
    }

    [Fact]
    public async Task A_file_for_one_database_takes_the_place_of_the_one_for_both()
    {
        await Apply(
            File("0001_things.sql", "this is for nobody"),
            File("0001_things.sqlite.sql", $"create table {Table} (a text default 'sqlite')"),
            File("0001_things.postgres.sql", $"create table {Table} (a text default 'postgres')"));

        await Database.Execute($"insert into {Table} default values", Stop);
        (await Database.Find<string>($"select a from {Table}", Stop)).ShouldBe(Database.Dialect == Dialect.Sqlite ? "sqlite" : "postgres");
    }

    [Fact]
    public async Task Two_portals_that_start_at_once_apply_each_migration_once()
    {
        await using var other = fixture.OpenAgain();
        var files = Enumerable.Range(1, 20).Select(i => File($"{i:0000}_step.sql", i == 1 ? $"create table {Table} (n integer)" : $"insert into {Table} values ({i})")).ToArray();
        var set = new MigrationSet(_owner, "1.0.0", files);

        var outcomes = await Task.WhenAll(
            Task.Run(() => Migrator(Database).Apply([set], Stop)),
            Task.Run(() => Migrator(other).Apply([set], Stop)),
            Task.Run(() => Migrator(other).Apply([set], Stop)));

        outcomes.SelectMany(each => each).ShouldAllBe(outcome => outcome.Succeeded);
        outcomes.SelectMany(each => each).SelectMany(outcome => outcome.Applied).Order().ShouldBe(files.Select(file => file.Name));
        (await Database.Query<int>($"select n from {Table} order by n", Stop)).ShouldBe(Enumerable.Range(2, 19));
    }

    [Fact]
    public async Task A_migration_that_fails_half_way_is_rolled_back_wholly_and_says_where()
    {
        var good = File("0001_things.sql", $"create table {Table} (a integer)");
        var bad = File("0002_more.sql", $"-- A remark; with a semicolon\ncreate table {Table}_more (a integer);\n\ninsert into {Table} values (1);\n  insert into {Table}_nowhere values (1);\n");

        var outcome = await Apply(good, bad, File("0003_later.sql", $"create table {Table}_later (a integer)"));

        outcome.Applied.ShouldBe(["0001_things.sql"]);
        outcome.Failure!.Kind.ShouldBe(MigrationFailureKind.Failed);
        outcome.Failure.Message.ShouldContain("0002_more.sql");
        outcome.Failure.Message.ShouldContain("line 5");
        (await Database.Find<int>($"select count(*) from {Table}", Stop)).ShouldBe(0);
        await Should.ThrowAsync<System.Data.Common.DbException>(() => Database.Query<int>($"select a from {Table}_more", Stop));

        var mended = File("0002_more.sql", $"create table {Table}_more (a integer)");
        (await Apply(good, mended)).Applied.ShouldBe(["0002_more.sql"]);
    }

    [Fact]
    public async Task A_plugin_that_fails_stops_no_other()
    {
        var broken = new MigrationSet(_owner, "1.0.0", [File("0001_things.sql", $"create table {Table} (nonsense nonsense nonsense nonsense,,)")]);
        var sound = new MigrationSet(_owner + "-b", "1.0.0", [File("0001_things.sql", $"create table {_owner.Replace('-', '_')}_b_things (a integer)")]);

        var outcomes = await Migrator(Database).Apply([broken, sound], Stop);

        outcomes.Select(outcome => (outcome.OwnerId, outcome.Succeeded)).ShouldBe([("data", true), (_owner, false), (_owner + "-b", true)]);
    }

    [Fact]
    public async Task A_migration_that_was_changed_after_it_was_applied_is_refused()
    {
        await Apply(File("0001_things.sql", $"create table {Table} (a integer);\n"));
        (await Apply(File("0001_things.sql", $"create table {Table} (a integer);  \r\n\r\n"))).Succeeded.ShouldBeTrue();

        var outcome = await Apply(File("0001_things.sql", $"create table {Table} (a bigint);\n"), File("0002_more.sql", $"drop table {Table}"));

        outcome.Failure!.Kind.ShouldBe(MigrationFailureKind.Changed);
        outcome.Failure.Message.ShouldContain("0001_things.sql");
        outcome.Applied.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_database_that_a_newer_version_wrote_is_refused_by_the_older()
    {
        var first = File("0001_things.sql", $"create table {Table} (a integer)");
        await Migrator(Database).Apply([new MigrationSet(_owner, "2.1.0", [first, File("0002_more.sql", $"alter table {Table} add column b integer")])], Stop);

        var outcome = (await Migrator(Database).Apply([new MigrationSet(_owner, "2.0.0", [first])], Stop))[^1];

        outcome.Failure!.Kind.ShouldBe(MigrationFailureKind.Newer);
        outcome.Failure.Message.ShouldContain("newer");
        outcome.Failure.Message.ShouldContain("2.1.0");
        outcome.Failure.Message.ShouldContain("0002_more.sql");
    }

    [Fact]
    public async Task A_newer_library_s_database_is_not_touched_for_any_owner()
    {
        await Database.Execute("insert into data_migrations values ('data', 99, '0099_future.sql', 'x', '9.0.0', @at)", new { at = DateTimeOffset.UnixEpoch }, Stop);
        try
        {
            var outcomes = await Migrator(Database).Apply([new MigrationSet(_owner, "1.0.0", [File("0001_things.sql", $"create table {Table} (a integer)")])], Stop);

            outcomes.Single().OwnerId.ShouldBe(MigrationSet.DataOwner);
            outcomes.Single().Failure!.Kind.ShouldBe(MigrationFailureKind.Newer);
        }
        finally
        {
            await Database.Execute("delete from data_migrations where number = 99", Stop);
        }
    }

    [Fact]
    public async Task Numbers_have_no_gaps_within_a_hundred_and_each_hundred_is_a_sequence_of_its_own()
    {
        (await Apply(File("0101_a.sql", $"create table {Table} (a integer)"), File("0103_c.sql", "select 1"))).Failure!.Message.ShouldContain("0102 is missing");
        (await Apply(File("0102_a.sql", "select 1"))).Failure!.Message.ShouldContain("0101 is missing");

        var first = File("0101_a.sql", $"create table {Table} (a integer)");
        var other = File("0501_z.sql", $"create table {Table}_z (a integer)");
        (await Apply(first, other)).Succeeded.ShouldBeTrue();
        (await Apply(first, File("0102_b.sql", $"create table {Table}_b (a integer)"), other)).Applied.ShouldBe(["0102_b.sql"]);
    }

    [Fact]
    public async Task A_number_that_comes_too_late_is_refused()
    {
        var second = File("0001_b.sql", $"create table {Table} (a integer)");
        await Apply(second);

        var outcome = await Apply(File("0000_a.sql", $"create table {Table}_a (a integer)"), second);

        outcome.Failure!.Kind.ShouldBe(MigrationFailureKind.Invalid);
        outcome.Failure.Message.ShouldContain("too late");
    }

    [Theory]
    [InlineData("0001_a.sql", "create table portal_people (a integer)", "portal_people")]
    [InlineData("0001_a.sql", "create table if not exists \"portal_people\" (a integer)", "portal_people")]
    [InlineData("0001_a.sql", "drop table data_work", "data_work")]
    [InlineData("0001_a.sql", "alter table PREFIX_x rename to data_x", "data_x")]
    [InlineData("0001_a.sql", "create unique index ix_things on PREFIX_x (a)", "ix_things")]
    [InlineData("0001_a.sql", "create index PREFIX_ix on portal_people (a)", "portal_people")]
    [InlineData("0001_a.sql", "create table PREFIX_x (a integer references portal_people (a))", "portal_people")]
    [InlineData("0001_a.sql", "/* ; */ delete from data_work", "data_work")]
    [InlineData("0001_a.sql", "update main.PREFIX_x set a = 1", "main")]
    [InlineData("0001_a.sql", "create table PREFIX_x (a integer);\ncommit", "line 2")]
    [InlineData("0001_a.sql", "create table PREFIX_x (a {number})", "{number}")]
    [InlineData("1_a.sql", "", "1_a.sql")]
    [InlineData("0001_A b.sql", "", "0001_A b.sql")]
    public async Task What_breaks_the_rules_is_refused_before_anything_is_done(string name, string sql, string blamed)
    {
        var outcome = await Apply(File(name, sql.Replace("PREFIX", _owner.Replace('-', '_'), StringComparison.Ordinal)));

        outcome.Failure!.Kind.ShouldBe(MigrationFailureKind.Invalid);
        outcome.Failure.Message.ShouldContain(blamed);
    }

    [Fact]
    public async Task Two_files_of_one_number_are_refused() =>
        (await Apply(File("0001_a.sql", $"create table {Table} (a integer)"), File("0001_b.sql", $"create table {Table}_b (a integer)")))
            .Failure!.Message.ShouldContain("same number");

    [Fact]
    public async Task A_file_without_a_counterpart_is_refused()
    {
        var other = Database.Dialect == Dialect.Sqlite ? "postgres" : "sqlite";

        (await Apply(File($"0001_a.{other}.sql", $"create table {Table} (a integer)"))).Failure!.Message.ShouldContain("counterpart");
    }

    [Fact]
    public async Task The_library_brings_its_own_tables()
    {
        MigrationSet.From(MigrationSet.DataOwner, typeof(Migrator).Assembly).Files.Select(file => file.Name).ShouldContain("0001_work.sql");
        (await Database.Find<int>("select count(*) from data_work", Stop)).ShouldBe(0);
    }

    private static MigrationFile File(string name, string text) => new(name, text);

    private static Migrator Migrator(IDatabase database) => new(database, new ManualClock(), NullLogger<Migrator>.Instance);

    private async Task<MigrationOutcome> Apply(params MigrationFile[] files) =>
        (await Migrator(Database).Apply([new MigrationSet(_owner, "1.0.0", files)], Stop)).Single(outcome => outcome.OwnerId == _owner);
}

public sealed class SqliteMigratorTests(SqliteFixture fixture) : MigratorTests<SqliteFixture>(fixture), IClassFixture<SqliteFixture>;

public sealed class PostgresMigratorTests(PostgresFixture fixture) : MigratorTests<PostgresFixture>(fixture), IClassFixture<PostgresFixture>;
