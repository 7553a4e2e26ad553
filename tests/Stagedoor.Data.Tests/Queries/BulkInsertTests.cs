using System.Text.Json;
using Stagedoor.Plugins;
using Stagedoor.Testing.Databases;

namespace Stagedoor.Data.Tests.Queries;

public abstract class BulkInsertTests<TDatabase>(TDatabase fixture) : IAsyncLifetime
    where TDatabase : TestDatabase
{
    private static readonly Sql Table = Sql.For(
        sqlite: "create table if not exists parcels (id text primary key, sequence integer not null, weight real, at text, body text, raw blob, state text)",
        postgres: "create table if not exists parcels (id uuid primary key, sequence bigint not null, weight double precision, at timestamptz, body jsonb, raw bytea, state text)");

    private static readonly BulkInsert<Parcel> Into = new(
        "parcels",
        [
            BulkColumn<Parcel>.Of("id", parcel => parcel.Id),
            BulkColumn<Parcel>.Of("sequence", parcel => parcel.Sequence),
            BulkColumn<Parcel>.Of("weight", parcel => parcel.Weight),
            BulkColumn<Parcel>.Of("at", parcel => parcel.At),
            BulkColumn<Parcel>.Of("body", parcel => parcel.Body) with { IsJson = true },
            BulkColumn<Parcel>.Of("raw", parcel => parcel.Raw),
            BulkColumn<Parcel>.Of("state", parcel => parcel.State),
        ]);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private IDatabase Database { get; } = fixture.Database;

    public async ValueTask InitializeAsync()
    {
        await Database.Execute(Table, Stop);
        await Database.Execute("delete from parcels", Stop);
    }

    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    [Theory]
    [InlineData(null)]
    [InlineData("do nothing")]
    public async Task Rows_of_every_kind_go_in_and_read_back(string? onConflict)
    {
        var parcels = Enumerable.Range(0, 12_000).Select(Some).ToList();

        var count = await Database.Transaction(t => t.Insert(Into with { OnConflict = onConflict }, parcels, Stop), Stop);

        count.ShouldBe(parcels.Count);
        var read = await Database.Query<Parcel>("select * from parcels order by sequence", Stop);
        read.Count.ShouldBe(parcels.Count);
        (read[1] with { Raw = null, Body = null }).ShouldBe(parcels[1] with { Raw = null, Body = null });
        read[1].Raw.ShouldBe(parcels[1].Raw);
        JsonElement.DeepEquals(JsonElement.Parse(read[1].Body!), JsonElement.Parse(parcels[1].Body!)).ShouldBeTrue();
        read[0].ShouldBe(parcels[0]);
    }

    [Fact]
    public async Task A_duplicate_without_a_word_on_conflicts_fails_the_whole_insert()
    {
        var twice = Some(1);

        await Should.ThrowAsync<System.Data.Common.DbException>(() => Database.Transaction(t => t.Insert(Into, [Some(0), twice, twice], Stop), Stop));

        (await Database.Find<int>("select count(*) from parcels", Stop)).ShouldBe(0);
    }

    [Fact]
    public async Task A_conflict_is_settled_as_it_says()
    {
        var parcel = Some(1);
        await Database.Transaction(t => t.Insert(Into, [parcel], Stop), Stop);

        await Database.Transaction(
            t => t.Insert(Into with { OnConflict = "(id) do update set weight = excluded.weight" }, [parcel with { Weight = 9.5, Sequence = 99 }, Some(2)], Stop), Stop);

        (await Database.Query<double?>("select weight from parcels order by sequence", Stop)).ShouldBe([9.5, 1.0]);
    }

    [Fact]
    public async Task Rows_that_fail_to_come_leave_nothing_behind()
    {
        static IEnumerable<Parcel> Breaking()
        {
            yield return Some(0);
            throw new InvalidDataException("no more");
        }

        await Should.ThrowAsync<InvalidDataException>(() => Database.Transaction(t => t.Insert(Into, Breaking(), Stop), Stop));

        (await Database.Find<int>("select count(*) from parcels", Stop)).ShouldBe(0);
        (await Database.Execute("delete from parcels", Stop)).ShouldBe(0);
    }

    private static Parcel Some(int i) => i % 2 == 0
        ? new Parcel(Guid.NewGuid(), i, i / 2.0, null, null, null, null)
        : new Parcel(Guid.NewGuid(), i, null, new DateTimeOffset(2030, 1, 1, 0, 0, 0, TimeSpan.Zero).AddSeconds(i), """{"to":"squad lantern"}""", [1, 2], Sent.ByFoot);

    private enum Sent
    {
        ByFoot,
    }

    private sealed record Parcel(Guid Id, int Sequence, double? Weight, DateTimeOffset? At, string? Body, byte[]? Raw, Sent? State);
}

public sealed class SqliteBulkInsertTests(SqliteFixture fixture) : BulkInsertTests<SqliteFixture>(fixture), IClassFixture<SqliteFixture>;

public sealed class PostgresBulkInsertTests(PostgresFixture fixture) : BulkInsertTests<PostgresFixture>(fixture), IClassFixture<PostgresFixture>;
