using System.Collections.Concurrent;
using Stagedoor.Plugins;
using Stagedoor.Testing.Databases;

namespace Stagedoor.Data.Tests.Queries;

public abstract class TransactionTests<TDatabase>(TDatabase fixture) : IAsyncLifetime
    where TDatabase : TestDatabase
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private IDatabase Database { get; } = fixture.Database;

    public async ValueTask InitializeAsync()
    {
        await Database.Execute("create table if not exists entries (name text primary key, value integer not null)", Stop);
        await Database.Execute("delete from entries", Stop);
    }

    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task What_a_transaction_wrote_is_seen_inside_at_once_and_outside_when_it_is_committed()
    {
        await Database.Transaction(
            async t =>
            {
                await t.Execute("insert into entries values ('a', 1)", args: null, Stop);
                (await t.Find<int>("select value from entries where name = 'a'", args: null, Stop)).ShouldBe(1);
                (await Database.Find<int>("select count(*) from entries", Stop)).ShouldBe(0);
            },
            Stop);

        (await Database.Find<int>("select count(*) from entries", Stop)).ShouldBe(1);
    }

    [Fact]
    public async Task An_exception_rolls_everything_back_and_comes_out_as_it_was()
    {
        await Should.ThrowAsync<KeyNotFoundException>(() => Database.Transaction(
            async t =>
            {
                await t.Execute("insert into entries values ('a', 1)", args: null, Stop);
                await Task.Yield();
                throw new KeyNotFoundException();
            },
            Stop));

        (await Database.Find<int>("select count(*) from entries", Stop)).ShouldBe(0);
    }

    [Fact]
    public async Task A_failed_statement_rolls_everything_back()
    {
        await Should.ThrowAsync<System.Data.Common.DbException>(() => Database.Transaction(
            async t =>
            {
                await t.Execute("insert into entries values ('a', 1)", args: null, Stop);
                await t.Execute("insert into entries values ('a', 2)", args: null, Stop);
            },
            Stop));

        (await Database.Find<int>("select count(*) from entries", Stop)).ShouldBe(0);
    }

    [Fact]
    public async Task A_transaction_inside_a_transaction_is_refused_with_a_sentence()
    {
        var problem = await Should.ThrowAsync<InvalidOperationException>(() => Database.Transaction(
            async t =>
            {
                await Task.Yield();
                await Database.Transaction(inner => inner.Execute("delete from entries", args: null, Stop), Stop);
            },
            Stop));

        problem.Message.ShouldContain("already running");
        (await Should.ThrowAsync<InvalidOperationException>(() => Database.Transaction(_ => Database.Execute("delete from entries", Stop), Stop)))
            .Message.ShouldContain("ITransaction");
    }

    [Fact]
    public async Task A_transaction_that_is_over_cannot_be_used()
    {
        ITransaction? kept = null;
        await Database.Transaction(
            t =>
            {
                kept = t;
                return Task.CompletedTask;
            },
            Stop);

        await Should.ThrowAsync<InvalidOperationException>(() => kept!.Execute("delete from entries", args: null, Stop));
    }

    [Fact]
    public async Task Transactions_that_read_and_then_write_lose_no_update()
    {
        await Database.Execute("insert into entries values ('counter', 0)", Stop);

        await Parallel.ForEachAsync(Enumerable.Range(0, 200), new ParallelOptions { MaxDegreeOfParallelism = 16, CancellationToken = Stop }, async (_, stop) =>
            await Database.Transaction(
                async t =>
                {
                    var lockRow = t.Dialect == Dialect.Postgres ? " for update" : "";
                    var value = await t.Find<int>($"select value from entries where name = 'counter'{lockRow}", args: null, stop);
                    await Task.Yield();
                    await t.Execute("update entries set value = @value where name = 'counter'", new { value = value + 1 }, stop);
                },
                stop));

        (await Database.Find<int>("select value from entries", Stop)).ShouldBe(200);
    }

    [Fact]
    public async Task A_transaction_whose_code_leaves_its_context_still_works()
    {
        await Database.Transaction(
            async t => await Task.Run(async () =>
            {
                await t.Execute("insert into entries values ('a', 1)", args: null, Stop).ConfigureAwait(false);
                await t.Execute("insert into entries values ('b', 2)", args: null, Stop).ConfigureAwait(false);
            }),
            Stop);

        (await Database.Find<int>("select count(*) from entries", Stop)).ShouldBe(2);
    }

    [Fact]
    public async Task The_code_of_a_transaction_sees_what_flows_with_its_caller()
    {
        var flowing = new AsyncLocal<string> { Value = "mae" };
        var seen = new ConcurrentQueue<string?>();

        await Database.Transaction(
            async t =>
            {
                seen.Enqueue(flowing.Value);
                await t.Execute("delete from entries", args: null, Stop);
                await Task.Yield();
                seen.Enqueue(flowing.Value);
            },
            Stop);

        seen.ShouldBe(["mae", "mae"]);
    }

    [Fact]
    public async Task A_cancelled_transaction_writes_nothing()
    {
        using var cancel = new CancellationTokenSource();

        await Should.ThrowAsync<OperationCanceledException>(() => Database.Transaction(
            async t =>
            {
                await t.Execute("insert into entries values ('a', 1)", args: null, cancel.Token);
                await cancel.CancelAsync();
                await t.Execute("insert into entries values ('b', 1)", args: null, cancel.Token);
            },
            cancel.Token));

        (await Database.Find<int>("select count(*) from entries", Stop)).ShouldBe(0);
    }
}

public sealed class SqliteTransactionTests(SqliteFixture fixture) : TransactionTests<SqliteFixture>(fixture), IClassFixture<SqliteFixture>;

public sealed class PostgresTransactionTests(PostgresFixture fixture) : TransactionTests<PostgresFixture>(fixture), IClassFixture<PostgresFixture>;
