using System.Text.Json;
using Stagedoor.Plugins;
using Stagedoor.Testing.Databases;

namespace Stagedoor.Data.Tests.Queries;

public abstract class StatementTests<TDatabase>(TDatabase fixture) : IAsyncLifetime
    where TDatabase : TestDatabase
{
    private static readonly Sql Table = Sql.For(
        sqlite: "create table if not exists samples (id text primary key, name text, count integer not null, big integer, at text, truth integer, json text, bytes blob, state text, owner text, span integer, ratio real, day text)",
        postgres: "create table if not exists samples (id uuid primary key, name text, count integer not null, big bigint, at timestamptz, truth boolean, json jsonb, bytes bytea, state text, owner text, span bigint, ratio double precision, day date)");

    private const string InsertSql =
        "insert into samples (id, name, count, big, at, truth, json, bytes, state, owner, span, ratio, day) values (@Id, @Name, @Count, @Big, @At, @Truth, @Json, @Bytes, @State, @Owner, @Span, @Ratio, @Day)";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private IDatabase Database { get; } = fixture.Database;

    public async ValueTask InitializeAsync()
    {
        await Database.Execute(Table, Stop);
        await Database.Execute("delete from samples", Stop);
    }

    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task A_positional_record_reads_back_as_it_was_written()
    {
        var sample = Some();

        await Database.Execute(InsertSql, sample, Stop);

        var read = await Database.Find<Sample>("select * from samples where id = @Id", new { sample.Id }, Stop);
        read.ShouldNotBeNull();
        (read with { Bytes = sample.Bytes, Json = sample.Json }).ShouldBe(sample);
        read.Bytes.ShouldBe(sample.Bytes);
        JsonElement.DeepEquals(read.Json!.Value, sample.Json!.Value).ShouldBeTrue();
    }

    [Fact]
    public async Task Both_databases_fold_the_case_of_all_letters()
    {
        await Database.Execute(InsertSql, Some() with { Name = "Überblick ΑΒΓ Дом" }, Stop);

        (await Database.Find<string>("select lower(name) from samples where lower(name) like lower(@text)", new { text = "%ÜBERBLICK αβγ%" }, Stop)).ShouldBe("überblick αβγ дом");
        (await Database.Find<string>("select coalesce(lower(state), 'none') from (select cast(null as text) as state) as one_row", Stop)).ShouldBe("none");
    }

    [Fact]
    public async Task A_text_with_a_nul_is_taken_without_it()
    {
        await Database.Execute(InsertSql, Some() with { Name = "Lan\0tern" }, Stop);

        (await Database.Find<string>("select name from samples where name = @name", new { name = "\0Lantern" }, Stop)).ShouldBe("Lantern");
        (await Database.Query<string>("select name from samples where name in @names", new { names = new[] { "Lantern\0" } }, Stop)).ShouldBe(["Lantern"]);
    }

    [Fact]
    public async Task Nothing_reads_back_as_nothing()
    {
        var sample = new Sample(Guid.NewGuid(), null, 0, null, null, null, null, null, null, null, null, null, null);

        await Database.Execute(InsertSql, sample, Stop);

        (await Database.Find<Sample>("select * from samples where id = @Id", new { sample.Id }, Stop)).ShouldBe(sample);
    }

    [Fact]
    public async Task The_order_of_the_columns_does_not_matter_and_underscores_do_not_count()
    {
        await Database.Execute(InsertSql, Some(), Stop);

        var read = await Database.Find<Named>("select count as the_count, 'more' as unknown, name as display_name from samples", Stop);

        read.ShouldBe(new Named("Lantern", 7) { Note = "none" });
    }

    [Fact]
    public async Task A_column_that_is_missing_is_named()
    {
        await Database.Execute(InsertSql, Some(), Stop);

        var problem = await Should.ThrowAsync<InvalidOperationException>(() => Database.Query<Named>("select name as display_name from samples", Stop));

        problem.Message.ShouldContain("TheCount");
    }

    [Fact]
    public async Task A_null_where_none_may_be_names_the_column_and_the_member()
    {
        await Database.Execute(InsertSql, Some() with { Big = null }, Stop);

        var problem = await Should.ThrowAsync<InvalidCastException>(() => Database.Query<Named>("select name as display_name, big as the_count from samples", Stop));

        problem.Message.ShouldContain("the_count");
        problem.Message.ShouldContain("Named.TheCount");
    }

    [Fact]
    public async Task Single_values_and_tuples_are_read_too()
    {
        await Database.Execute(InsertSql, Some(), Stop);

        (await Database.Find<long>("select count(*) from samples", Stop)).ShouldBe(1);
        (await Database.Find<int>("select count(*) from samples", Stop)).ShouldBe(1);
        (await Database.Find<Mood>("select state from samples", Stop)).ShouldBe(Mood.Calm);
        (await Database.Find<DateTimeOffset?>("select at from samples", Stop)).ShouldBe(Some().At);
        (await Database.Find<EntityRef>("select owner from samples", Stop)).ShouldBe(EntityRef.Group("lantern"));
        (await Database.Find<(string, int)>("select name, count from samples", Stop)).ShouldBe(("Lantern", 7));
        (await Database.Find<string>("select name from samples where count = 8", Stop)).ShouldBeNull();
    }

    [Fact]
    public async Task Instants_compare_and_sort_by_time_whatever_their_offset()
    {
        var at = new DateTimeOffset(2030, 5, 1, 12, 0, 0, TimeSpan.FromHours(5));
        await Database.Execute(InsertSql, Some() with { Id = Guid.NewGuid(), Name = "later", At = at.AddTicks(10) }, Stop);
        await Database.Execute(InsertSql, Some() with { Id = Guid.NewGuid(), Name = "earlier", At = at.ToOffset(TimeSpan.FromHours(-7)) }, Stop);

        (await Database.Query<string>("select name from samples order by at", Stop)).ShouldBe(["earlier", "later"]);
        (await Database.Find<string>("select name from samples where at > @at", new { at }, Stop)).ShouldBe("later");
    }

    [Fact]
    public async Task A_list_of_any_length_stands_after_in()
    {
        var sample = Some();
        await Database.Execute(InsertSql, sample, Stop);
        var ids = Enumerable.Range(0, 40_000).Select(_ => Guid.NewGuid()).Append(sample.Id).ToList();

        (await Database.Query<string>("select name from samples where id in @ids", new { ids }, Stop)).ShouldBe(["Lantern"]);
        (await Database.Query<string>("select name from samples where id NOT IN @ids", new { ids }, Stop)).ShouldBeEmpty();
        (await Database.Query<string>("select name from samples where id in @ids", new { ids = Array.Empty<Guid>() }, Stop)).ShouldBeEmpty();
        (await Database.Query<string>("select name from samples where state in @states", new { states = new[] { Mood.Calm } }, Stop)).ShouldBe(["Lantern"]);
        (await Database.Query<string>("select name from samples where count in @counts", new { counts = new[] { 7, 8 } }, Stop)).ShouldBe(["Lantern"]);
    }

    [Fact]
    public async Task A_filter_that_may_be_absent_is_a_null_parameter()
    {
        await Database.Execute(InsertSql, Some(), Stop);

        foreach (var (name, at, found) in new[] { (null, null, 1), ("Lantern", (DateTimeOffset?)DateTimeOffset.MinValue, 1), ("Other", null, 0) })
        {
            var rows = await Database.Query<Guid>("select id from samples where (@name is null or name = @name) and (@at is null or at > @at)", new { name, at }, Stop);
            rows.Count.ShouldBe(found);
        }
    }

    [Fact]
    public async Task Text_goes_into_a_json_column_without_a_cast()
    {
        await Database.Execute(InsertSql, Some(), Stop);

        await Database.Execute("update samples set json = @json", new { json = """{"level":3}""" }, Stop);

        (await Database.Find<JsonElement>("select json from samples", Stop)).GetProperty("level").GetInt32().ShouldBe(3);
    }

    [Fact]
    public async Task Parameters_may_come_from_a_dictionary()
    {
        await Database.Execute(InsertSql, Some(), Stop);

        var args = new Dictionary<string, object?> { ["name"] = "Lantern", ["counts"] = new[] { 7 } };

        (await Database.Find<int>("select count from samples where name = @name and count in @counts", args, Stop)).ShouldBe(7);
    }

    [Fact]
    public async Task What_no_column_can_hold_is_refused_by_name()
    {
        var problem = await Should.ThrowAsync<ArgumentException>(() => Database.Execute("update samples set name = @thing", new { thing = new Version(1, 0) }, Stop));

        problem.Message.ShouldContain("@thing");
    }

    [Fact]
    public async Task An_instant_without_a_zone_is_refused() =>
        await Should.ThrowAsync<ArgumentException>(() =>
            Database.Execute("update samples set at = @at", new { at = new DateTime(2030, 1, 1, 0, 0, 0, DateTimeKind.Unspecified) }, Stop));

    [Fact]
    public async Task The_number_of_changed_rows_is_told()
    {
        await Database.Execute(InsertSql, Some() with { Id = Guid.NewGuid() }, Stop);
        await Database.Execute(InsertSql, Some() with { Id = Guid.NewGuid() }, Stop);

        (await Database.Execute("update samples set count = 1", Stop)).ShouldBe(2);
        (await Database.Execute("update samples set count = 1 where name = 'nobody'", Stop)).ShouldBe(0);
    }

    [Fact]
    public async Task A_stream_gives_rows_before_it_has_read_them_all_and_may_be_left()
    {
        await Database.Transaction(t => t.Insert(Rows.Into, Enumerable.Range(0, 5_000).Select(i => new Rows(Guid.NewGuid(), i)), Stop), Stop);
        var seen = 0;

        await foreach (var count in Database.Stream<int>("select count from samples order by count", args: null, Stop))
        {
            // Reading something else in the loop, and writing, must work.
            (await Database.Find<int>("select count from samples where count = @count", new { count }, Stop)).ShouldBe(count);
            await Database.Execute("update samples set name = 'seen' where count = @count", new { count }, Stop);
            if (++seen == 10)
            {
                break;
            }
        }

        (await Database.Find<int>("select count(*) from samples where name = 'seen'", Stop)).ShouldBe(10);
    }

    [Fact]
    public async Task A_long_read_ends_when_it_is_cancelled()
    {
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        var endless = Database.Find<long>(
            Sql.For(
                sqlite: "with recursive n(i) as (select 1 union all select i + 1 from n) select count(*) from n",
                postgres: "select 1 from pg_sleep(600)"),
            args: null,
            WhenStarted(cancel));

        await Should.ThrowAsync<OperationCanceledException>(() => endless);

        (await Database.Find<int>("select 1", Stop)).ShouldBe(1);
    }

    protected static Sample Some() => new(
        Guid.Parse("0f8fad5b-d9cb-469f-a165-70867728950e"), "Lantern", 7, 1L << 40, new DateTimeOffset(2030, 1, 7, 9, 30, 15, TimeSpan.Zero).AddTicks(1_234_560),
        true, JsonElement.Parse("""{"a":[1,2]}"""), [0, 1, 255], Mood.Calm, EntityRef.Group("lantern"), TimeSpan.FromSeconds(90), 0.25, new DateOnly(2030, 2, 28));

    private static CancellationToken WhenStarted(CancellationTokenSource cancel)
    {
        cancel.CancelAfter(TimeSpan.FromMilliseconds(200));
        return cancel.Token;
    }

    public enum Mood
    {
        Wild,
        Calm,
    }

    public sealed record Sample(
        Guid Id, string? Name, int Count, long? Big, DateTimeOffset? At, bool? Truth, JsonElement? Json, byte[]? Bytes, Mood? State, EntityRef? Owner, TimeSpan? Span, double? Ratio, DateOnly? Day);

    private sealed record Named(string DisplayName, int TheCount)
    {
        public string Note { get; init; } = "none";
    }

    private sealed record Rows(Guid Id, int Count)
    {
        public static readonly BulkInsert<Rows> Into = new("samples", [BulkColumn<Rows>.Of("id", row => row.Id), BulkColumn<Rows>.Of("count", row => row.Count)]);
    }
}

public sealed class SqliteStatementTests(SqliteFixture fixture) : StatementTests<SqliteFixture>(fixture), IClassFixture<SqliteFixture>
{
    [Fact]
    public async Task A_reading_statement_cannot_write()
    {
        var problem = await Should.ThrowAsync<InvalidOperationException>(() =>
            _fixture.Database.Query<int>("delete from samples returning count", TestContext.Current.CancellationToken));

        problem.Message.ShouldContain("Execute");
    }

    private readonly SqliteFixture _fixture = fixture;
}

public sealed class PostgresStatementTests(PostgresFixture fixture) : StatementTests<PostgresFixture>(fixture), IClassFixture<PostgresFixture>;
