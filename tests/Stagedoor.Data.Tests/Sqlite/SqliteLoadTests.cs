using System.Collections.Concurrent;
using Stagedoor.Plugins;
using Stagedoor.Testing.Databases;

namespace Stagedoor.Data.Tests.Sqlite;

[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public sealed class Alone;

[Collection(nameof(Alone))]
public sealed class SqliteLoadTests(SqliteFixture fixture) : IClassFixture<SqliteFixture>, IAsyncLifetime
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private IDatabase Database { get; } = fixture.Database;

    public async ValueTask InitializeAsync() =>
        await Database.Execute("create table if not exists steps (id integer primary key, writer text not null, n integer not null); delete from steps", Stop);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task Many_readers_and_writers_at_once_also_of_a_second_process_never_meet_a_lock()
    {
        await using var second = fixture.OpenAgain();
        using var reading = new CancellationTokenSource();
        var readers = Enumerable.Range(0, 24).Select(_ => Task.Run(async () =>
        {
            var reads = 0;
            while (!reading.IsCancellationRequested)
            {
                var (debit, credit) = await Database.Find<(long, long)>("select count(*), count(distinct id) from steps", Stop);
                debit.ShouldBe(credit);
                reads++;
            }

            return reads;
        })).ToList();

        await Task.WhenAll(Enumerable.Range(0, 12).Select(writer => Task.Run(async () =>
        {
            var database = writer % 4 == 0 ? second : Database;
            for (var n = 0; n < 25; n++)
            {
                await database.Transaction(
                    async t =>
                    {
                        // Reads and then writes: the very thing that meets BUSY_SNAPSHOT when begun as a reader.
                        var last = await t.Find<int>("select coalesce(max(n), 0) from steps where writer = @writer", new { writer = $"{writer}" }, Stop);
                        await Task.Yield();
                        await t.Execute("insert into steps (writer, n) values (@writer, @n)", new { writer = $"{writer}", n = last + 1 }, Stop);
                    },
                    Stop);
            }
        })));
        await reading.CancelAsync();

        (await Task.WhenAll(readers)).ShouldAllBe(reads => reads > 0);
        (await Database.Query<int>("select max(n) from steps group by writer", Stop)).ShouldBe(Enumerable.Repeat(25, 12));
        (await Database.Find<int>("select count(*) from steps", Stop)).ShouldBe(300);
    }

    [Fact]
    public async Task The_writer_goes_on_when_every_thread_of_the_pool_is_busy()
    {
        using var gate = new ManualResetEventSlim();
        using var begun = new CountdownEvent(Environment.ProcessorCount);
        using var committed = new ManualResetEventSlim();
        // Fairly queued, so that all of them stand before whatever the pool is given next.
        var readers = Enumerable.Range(0, 400).Select(_ => Task.Factory.StartNew(
            () =>
            {
                lock (begun)
                {
                    if (!begun.IsSet)
                    {
                        begun.Signal();
                    }
                }

                gate.Wait(Stop);
            },
            Stop,
            TaskCreationOptions.PreferFairness,
            TaskScheduler.Default)).ToArray();
        begun.Wait(TimeSpan.FromSeconds(30), Stop).ShouldBeTrue();
        Task[] writes = [];
        var caller = new Thread(() =>
        {
            var first = Database.Transaction(
                async t =>
                {
                    await t.Execute("insert into steps (writer, n) values ('first', 1)", args: null, CancellationToken.None);
                    await Task.Yield();
                    await t.Execute("insert into steps (writer, n) values ('first', 2)", args: null, CancellationToken.None);
                },
                CancellationToken.None);

            // Its turn comes when the first is committed.
            var second = Database.Transaction(
                async t =>
                {
                    await Task.Yield();
                    if (await t.Find<int>("select count(*) from steps where writer = 'first'", args: null, CancellationToken.None) == 2)
                    {
                        committed.Set();
                    }
                },
                CancellationToken.None);
            writes = [first, second];
        });
        caller.Start();

        committed.Wait(TimeSpan.FromSeconds(20), Stop).ShouldBeTrue("the writer waited for the thread pool");

        gate.Set();
        caller.Join();
        await Task.WhenAll([.. readers, .. writes]);
    }

    [Fact]
    public async Task Writes_are_done_in_the_order_in_which_they_came()
    {
        var order = new ConcurrentQueue<int>();
        var hold = new TaskCompletionSource();
        var first = Database.Transaction(_ => hold.Task, Stop);

        var others = Enumerable.Range(0, 50).Select(i => Database.Transaction(
            _ =>
            {
                order.Enqueue(i);
                return Task.CompletedTask;
            },
            Stop)).ToList();
        hold.SetResult();
        await Task.WhenAll([first, .. others]);

        order.ShouldBe(Enumerable.Range(0, 50));
    }

    [Fact]
    public async Task A_write_that_waits_for_its_turn_can_be_cancelled_and_is_never_done()
    {
        var hold = new TaskCompletionSource();
        var first = Database.Transaction(_ => hold.Task, Stop);
        using var cancel = new CancellationTokenSource();
        var waiting = Database.Execute("insert into steps (writer, n) values ('cancelled', 1)", cancel.Token);

        await cancel.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(() => waiting);
        first.IsCompleted.ShouldBeFalse();
        hold.SetResult();
        await first;
        (await Database.Find<int>("select count(*) from steps where writer = 'cancelled'", Stop)).ShouldBe(0);
    }

    [Fact]
    public async Task More_streams_and_queries_than_connections_wait_for_each_other()
    {
        await Database.Execute("insert into steps (writer, n) values ('a', 1), ('a', 2), ('a', 3)", Stop);

        var sums = await Task.WhenAll(Enumerable.Range(0, 60).Select(_ => Task.Run(async () =>
        {
            var sum = 0;
            await foreach (var n in Database.Stream<int>("select n from steps", args: null, Stop))
            {
                await Task.Yield();
                sum += await Database.Find<int>("select n from steps where n = @n", new { n }, Stop);
            }

            return sum;
        })));

        sums.ShouldAllBe(sum => sum == 6);
    }
}
