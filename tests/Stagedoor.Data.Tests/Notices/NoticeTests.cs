using System.Collections.Concurrent;
using Stagedoor.Plugins;
using Stagedoor.Testing.Databases;

namespace Stagedoor.Data.Tests.Notices;

public abstract class NoticeTests<TDatabase>(TDatabase fixture)
    where TDatabase : TestDatabase
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private IDatabase Database { get; } = fixture.Database;

    [Fact]
    public async Task A_notice_is_heard_by_those_who_listen_on_its_channel()
    {
        var heard = new Ear();
        using var listening = Database.Listen("a:first", heard.Hear);
        var other = new Ear();
        using var elsewhere = Database.Listen("a:second", other.Hear);
        await Ready("a:first", heard);
        await Ready("a:second", other);

        await Database.Notify("a:first", "one ☂ two\nlines", Stop);
        await Database.Notify("a:second", "2", Stop);

        (await heard.Next()).ShouldBe("one ☂ two\nlines");
        (await other.Next()).ShouldBe("2");
    }

    [Fact]
    public async Task A_notice_of_a_transaction_is_heard_when_it_is_committed_and_never_when_it_is_not()
    {
        var heard = new Ear();
        using var listening = Database.Listen("b", heard.Hear);
        await Ready("b", heard);

        await Should.ThrowAsync<InvalidDataException>(() => Database.Transaction(
            async t =>
            {
                await t.Notify("b", "rolled back", Stop);
                throw new InvalidDataException();
            },
            Stop));
        await Database.Transaction(t => t.Notify("b", "committed", Stop), Stop);

        (await heard.Next()).ShouldBe("committed");
    }

    [Fact]
    public async Task A_listener_that_throws_or_is_slow_harms_nobody_and_is_called_again()
    {
        var throwing = new Ear();
        using var failing = Database.Listen("c", async (payload, stop) =>
        {
            await throwing.Hear(payload, stop);
            throw new InvalidDataException("no");
        });
        using var never = Database.Listen("c", (_, stop) => Task.Delay(Timeout.InfiniteTimeSpan, stop));
        var heard = new Ear();
        using var listening = Database.Listen("c", heard.Hear);
        await Ready("c", heard, throwing);

        await Database.Notify("c", "1", Stop);
        await Database.Notify("c", "2", Stop);

        (await heard.Next()).ShouldBe("1");
        (await heard.Next()).ShouldBe("2");
        (await throwing.Next()).ShouldBe("1");
        (await throwing.Next()).ShouldBe("2");
    }

    [Fact]
    public async Task Who_stops_listening_hears_no_more()
    {
        var gone = new Ear();
        var heard = new Ear();
        using var listening = Database.Listen("d", heard.Hear);
        Database.Listen("d", gone.Hear).Dispose();
        await Ready("d", heard);

        await Database.Notify("d", "1", Stop);

        (await heard.Next()).ShouldBe("1");
        gone.Heard.ShouldBeEmpty();
    }

    [Fact]
    public async Task Who_falls_far_behind_is_told_that_something_was_missed()
    {
        var gate = new TaskCompletionSource();
        var calls = new Ear();
        using var listening = Database.Listen("e", async (payload, stop) =>
        {
            await calls.Hear(payload, stop);
            await gate.Task.WaitAsync(stop);
        });
        var fast = new Ear();
        using var counting = Database.Listen("e", fast.Hear);
        await Database.Notify("e", "wait", Stop);
        await Ready("e", fast);

        await Parallel.ForEachAsync(Enumerable.Range(0, 1_500), Stop, async (i, stop) => await Database.Notify("e", $"{i}", stop));
        await Database.Notify("e", "last", Stop);
        while (await fast.Next() is not ("last" or null))
        {
            // Let enough of them arrive before the slow one goes on.
        }

        gate.SetResult();

        string? said;
        do
        {
            said = await calls.Next();
        }
        while (said is not null || calls.Count < 2);

        calls.Count.ShouldBeLessThan(100);
    }

    [Fact]
    public async Task A_payload_that_is_too_long_and_a_channel_of_two_lines_are_refused()
    {
        await Should.ThrowAsync<ArgumentException>(async () => await Database.Notify("f", new string('x', 7_001), Stop));
        await Should.ThrowAsync<ArgumentException>(async () => await Database.Notify("f\ng", "x", Stop));
        await Should.ThrowAsync<ArgumentException>(async () => await Database.Transaction(t => t.Notify("f", new string('ü', 3_501), Stop), Stop));
    }

    /// <summary>Waits until the listeners of a channel are connected, and forgets what they heard until then.</summary>
    protected async Task Ready(string channel, params Ear[] ears)
    {
        do
        {
            await Database.Notify(channel, "ready?", Stop);
        }
        while (await ears[0].NextWithin(TimeSpan.FromMilliseconds(200)) is not "ready?");

        await Database.Notify(channel, "ready!", Stop);
        foreach (var ear in ears)
        {
            while (await ear.Next() is not "ready!")
            {
                // Questions, and the first connection's gap.
            }
        }
    }

    public sealed class Ear
    {
        private readonly ConcurrentQueue<string?> _heard = new();
        private readonly SemaphoreSlim _any = new(0);
        private int _count;

        public IReadOnlyCollection<string?> Heard => _heard;

        public int Count => _count;

        public Task Hear(string? payload, CancellationToken cancellationToken)
        {
            Interlocked.Increment(ref _count);
            _heard.Enqueue(payload);
            _any.Release();
            return Task.CompletedTask;
        }

        public async Task<string?> Next()
        {
            (await _any.WaitAsync(TimeSpan.FromSeconds(30), Stop)).ShouldBeTrue("nothing was heard for 30 seconds");
            return _heard.TryDequeue(out var payload) ? payload : null;
        }

        public async Task<string?> NextWithin(TimeSpan time) =>
            await _any.WaitAsync(time, Stop) && _heard.TryDequeue(out var payload) ? payload : null;
    }
}

public sealed class SqliteNoticeTests(SqliteFixture fixture) : NoticeTests<SqliteFixture>(fixture), IClassFixture<SqliteFixture>;

public sealed class PostgresNoticeTests(PostgresFixture fixture) : NoticeTests<PostgresFixture>(fixture), IClassFixture<PostgresFixture>
{
    private readonly PostgresFixture _fixture = fixture;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_notice_reaches_other_replicas()
    {
        await using var replica = _fixture.OpenAgain();
        var heard = new Ear();
        using var listening = replica.Listen("p", heard.Hear);
        await Ready("p", heard);

        await _fixture.Database.Notify("p", "from the other", Stop);

        (await heard.Next()).ShouldBe("from the other");
    }

    [Fact]
    public async Task After_its_connection_was_ended_a_listener_is_told_of_the_gap_and_hears_again()
    {
        var heard = new Ear();
        using var listening = _fixture.Database.Listen("q", heard.Hear);
        await Ready("q", heard);

        await _fixture.Database.Query<bool>(
            "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and application_name like '%notices'", Stop);

        (await heard.Next()).ShouldBeNull();
        await _fixture.Database.Notify("q", "again", Stop);
        (await heard.Next()).ShouldBe("again");
    }
}
