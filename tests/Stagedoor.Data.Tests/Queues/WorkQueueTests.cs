using System.Collections.Concurrent;
using Microsoft.Extensions.Logging.Abstractions;
using Stagedoor.Data.Queues;
using Stagedoor.Plugins;
using Stagedoor.Testing.Clock;
using Stagedoor.Testing.Databases;

namespace Stagedoor.Data.Tests.Queues;

public abstract class WorkQueueTests<TDatabase>(TDatabase fixture)
    where TDatabase : TestDatabase
{
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(1);
    private readonly string _queue = $"queue-{Guid.NewGuid():N}";
    private readonly IDatabase _database = fixture.Database;
    private readonly ManualClock _clock = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private WorkQueue Queue => new(_database, _clock, NullLogger<WorkQueue>.Instance);

    [Fact]
    public async Task Items_are_claimed_oldest_first_and_are_gone_when_complete()
    {
        await Add(new NewWork("first", """{"a":1}"""));
        _clock.Advance(TimeSpan.FromSeconds(1));
        await Add(new NewWork("second"), new NewWork("third"));

        var one = await Claim(1);
        one.Single().ShouldBe(new Work(_queue, "first", """{"a":1}""", 1, one[0].Claim, _clock.GetUtcNow() - TimeSpan.FromSeconds(1)));
        (await Claim(5)).Select(work => work.Key).ShouldBe(["second", "third"], ignoreOrder: true);
        (await Claim(5)).ShouldBeEmpty();

        await Queue.Complete(one, Stop);

        (await Queue.State(_queue, Stop)).ShouldBe(new WorkQueueState(0, 0, 2, 0, null));
    }

    [Fact]
    public async Task An_item_that_waits_is_not_added_twice_but_made_due_earlier()
    {
        await Add(new NewWork("a", "1") { NotBefore = _clock.GetUtcNow().AddHours(1) });
        await Add(new NewWork("a", "2") { NotBefore = _clock.GetUtcNow().AddHours(2) });
        (await Queue.State(_queue, Stop)).ShouldBe(new WorkQueueState(0, 1, 0, 0, null));

        await Add(new NewWork("a", "3"), new NewWork("a", "4") { NotBefore = _clock.GetUtcNow().AddHours(3) });

        (await Queue.State(_queue, Stop)).ShouldBe(new WorkQueueState(1, 0, 0, 0, _clock.GetUtcNow()));
        (await Claim(5)).Single().Payload.ShouldBe("1");
    }

    [Fact]
    public async Task An_item_is_not_due_before_its_time()
    {
        await Add(new NewWork("a") { NotBefore = _clock.GetUtcNow().AddMinutes(5) });
        (await Claim(5)).ShouldBeEmpty();

        _clock.Advance(TimeSpan.FromMinutes(5));

        (await Claim(5)).Single().Key.ShouldBe("a");
    }

    [Fact]
    public async Task An_item_that_is_added_again_while_it_is_worked_on_stays_due_at_once()
    {
        await Add(new NewWork("a", "old"), new NewWork("b"));
        var claimed = await Claim(5);
        await Add(new NewWork("a", "new"));
        (await Claim(5)).ShouldBeEmpty();

        await Queue.Complete(claimed, Stop);

        var again = (await Claim(5)).Single();
        (again.Key, again.Payload, again.Attempt).ShouldBe(("a", "new", 1));
    }

    [Fact]
    public async Task A_lease_that_ran_out_is_taken_over_and_the_first_worker_has_lost_its_claim()
    {
        await Add(new NewWork("a"));
        var first = (await Claim(1)).Single();
        (await Queue.Renew(first, Lease * 2, Stop)).ShouldBeTrue();
        _clock.Advance(Lease);
        (await Claim(1)).ShouldBeEmpty();

        _clock.Advance(Lease);

        var second = (await Claim(1)).Single();
        second.Attempt.ShouldBe(2);
        (await Queue.Renew(first, Lease, Stop)).ShouldBeFalse();
        await Queue.Complete([first], Stop);
        await Queue.Fail(first, "too late", Stop);
        await Queue.Release([first], Stop);
        (await Queue.Renew(second, Lease, Stop)).ShouldBeTrue();
    }

    [Fact]
    public async Task A_failed_item_waits_longer_each_time_and_then_gives_up_until_it_is_retried()
    {
        await Add(new NewWork("a", "7") { MaxAttempts = 3 });
        var waits = new List<TimeSpan>();
        for (var attempt = 1; attempt <= 3; attempt++)
        {
            var work = (await Claim(1)).Single();
            work.Attempt.ShouldBe(attempt);
            await Queue.Fail(work, $"no {attempt}", Stop);
            (await Claim(1)).ShouldBeEmpty();
            if (attempt < 3)
            {
                waits.Add(await UntilDue());
            }
        }

        waits[0].ShouldBeInRange(TimeSpan.FromSeconds(1.5), TimeSpan.FromSeconds(2.6));
        waits[1].ShouldBeInRange(TimeSpan.FromSeconds(3.1), TimeSpan.FromSeconds(5));
        _clock.Advance(TimeSpan.FromDays(1));
        (await Claim(1)).ShouldBeEmpty();
        (await Queue.State(_queue, Stop)).ShouldBe(new WorkQueueState(0, 0, 0, 1, null));
        var gaveUp = (await Queue.GaveUp(_queue, 0, 10, Stop)).Single();
        (gaveUp.Key, gaveUp.Payload, gaveUp.Attempts, gaveUp.Error).ShouldBe(("a", "7", 3, "no 3"));
        (await Queue.GaveUp(_queue, 1, 10, Stop)).ShouldBeEmpty();

        (await Queue.Retry(_queue, ["a", "unknown"], Stop)).ShouldBe(1);

        (await Claim(1)).Single().Attempt.ShouldBe(1);
    }

    [Fact]
    public async Task An_item_that_gave_up_starts_anew_when_it_is_added_again()
    {
        await Add(new NewWork("a", "old") { MaxAttempts = 1 });
        await Queue.Fail((await Claim(1)).Single(), "no", Stop);

        await Add(new NewWork("a", "new"));

        var work = (await Claim(1)).Single();
        (work.Payload, work.Attempt).ShouldBe(("new", 1));
        (await Queue.GaveUp(_queue, 0, 10, Stop)).ShouldBeEmpty();
    }

    [Fact]
    public async Task An_item_that_takes_its_worker_down_each_time_gives_up_too()
    {
        await Add(new NewWork("poison") { MaxAttempts = 2 });
        await Claim(1);
        _clock.Advance(Lease);
        await Claim(1);
        _clock.Advance(Lease);

        (await Claim(1)).ShouldBeEmpty();

        (await Queue.GaveUp(_queue, 0, 10, Stop)).Single().Error.ShouldContain("lease ran out");
    }

    [Fact]
    public async Task A_failed_item_that_was_added_again_counts_anew()
    {
        await Add(new NewWork("a", "old") { MaxAttempts = 1 });
        var work = (await Claim(1)).Single();
        await Add(new NewWork("a", "new"));

        await Queue.Fail(work, "no", Stop);

        await UntilDue();
        var again = (await Claim(1)).Single();
        (again.Payload, again.Attempt).ShouldBe(("new", 1));
    }

    [Fact]
    public async Task A_released_item_is_due_at_once_and_the_attempt_does_not_count()
    {
        await Add(new NewWork("a", "1"));
        var work = await Claim(1);

        await Queue.Release(work, Stop);

        var again = (await Claim(1)).Single();
        (again.Attempt, again.Payload).ShouldBe((1, "1"));
        (await Queue.Renew(work[0], Lease, Stop)).ShouldBeFalse();
    }

    [Fact]
    public async Task A_released_item_that_was_added_again_comes_back_as_it_was_added_last()
    {
        await Add(new NewWork("a", "old"));
        var work = await Claim(1);
        await Add(new NewWork("a", "new"));

        await Queue.Release(work, Stop);

        var again = (await Claim(1)).Single();
        (again.Payload, again.Attempt).ShouldBe(("new", 1));
    }

    [Fact]
    public async Task What_is_added_in_a_transaction_is_there_only_when_it_is_committed()
    {
        await Should.ThrowAsync<InvalidDataException>(() => _database.Transaction(
            async t =>
            {
                await Queue.Add(t, _queue, [new NewWork("a")], Stop);
                throw new InvalidDataException();
            },
            Stop));
        (await Claim(1)).ShouldBeEmpty();

        await _database.Transaction(t => Queue.Add(t, _queue, [new NewWork("a")], Stop), Stop);

        (await Claim(1)).Count.ShouldBe(1);
    }

    [Fact]
    public async Task Those_who_wait_for_work_hear_when_some_was_added()
    {
        using var heard = new SemaphoreSlim(0);
        using var waiting = Queue.WhenAdded(_queue, _ =>
        {
            heard.Release();
            return Task.CompletedTask;
        });

        // The connection for notices may take a moment; adding again is harmless.
        var added = 0;
        do
        {
            await Add(new NewWork($"a{added++}"));
        }
        while (!await heard.WaitAsync(TimeSpan.FromMilliseconds(200), Stop));

        added.ShouldBeLessThan(100);
    }

    [Fact]
    public async Task Many_claimers_lose_nothing_and_take_nothing_twice()
    {
        await Add([.. Enumerable.Range(0, 10_000).Select(i => new NewWork($"item-{i}"))]);
        var done = new ConcurrentDictionary<string, int>();

        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(async () =>
        {
            var queue = Queue;
            while (await queue.Claim(_queue, 100, Lease, Stop) is { Count: > 0 } claimed)
            {
                foreach (var work in claimed)
                {
                    done.AddOrUpdate(work.Key, 1, (_, times) => times + 1);
                }

                // Added again meanwhile by someone else, now and then: it must come back, once.
                if (done.Count < 5_000)
                {
                    await queue.Add(_queue, [.. claimed.Take(2).Select(work => new NewWork(work.Key + "-again"))], Stop);
                }

                await queue.Complete(claimed, Stop);
            }
        })));

        done.Count(entry => !entry.Key.EndsWith("-again", StringComparison.Ordinal)).ShouldBe(10_000);
        done.Values.ShouldAllBe(times => times == 1);
        (await Queue.State(_queue, Stop)).ShouldBe(new WorkQueueState(0, 0, 0, 0, null));
    }

    [Fact]
    public async Task Adding_and_completing_the_same_keys_from_all_sides_ends_with_each_worked_on_after_its_last_adding()
    {
        var keys = Enumerable.Range(0, 50).Select(i => $"key-{i}").ToArray();
        using var adding = new CancellationTokenSource();
        var worker = Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(async () =>
        {
            while (true)
            {
                var claimed = await Claim(20);
                if (claimed.Count == 0 && adding.IsCancellationRequested)
                {
                    return;
                }

                await Queue.Complete(claimed, Stop);
            }
        })));

        await Parallel.ForEachAsync(Enumerable.Range(0, 60), new ParallelOptions { MaxDegreeOfParallelism = 4 }, async (round, _) =>
            await Queue.Add(_queue, [.. keys.OrderBy(_ => Random.Shared.Next()).Take(25).Select(key => new NewWork(key, $"{round}"))], Stop));
        await adding.CancelAsync();
        await worker;

        while (await Claim(100) is { Count: > 0 } rest)
        {
            await Queue.Complete(rest, Stop);
        }

        (await Queue.State(_queue, Stop)).ShouldBe(new WorkQueueState(0, 0, 0, 0, null));
    }

    private Task Add(params NewWork[] items) => Queue.Add(_queue, items, Stop);

    private Task<IReadOnlyList<Work>> Claim(int max) => Queue.Claim(_queue, max, Lease, Stop);

    private async Task<TimeSpan> UntilDue()
    {
        var waited = TimeSpan.Zero;
        while ((await Queue.State(_queue, Stop)).Due == 0)
        {
            _clock.Advance(TimeSpan.FromMilliseconds(100));
            waited += TimeSpan.FromMilliseconds(100);
        }

        return waited;
    }
}

public sealed class SqliteWorkQueueTests(SqliteFixture fixture) : WorkQueueTests<SqliteFixture>(fixture), IClassFixture<SqliteFixture>;

public sealed class PostgresWorkQueueTests(PostgresFixture fixture) : WorkQueueTests<PostgresFixture>(fixture), IClassFixture<PostgresFixture>;
