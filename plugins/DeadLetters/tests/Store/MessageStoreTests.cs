using Microsoft.Extensions.Options;
using Stagedoor.DeadLetters.Configuration;
using Stagedoor.DeadLetters.Store;
using Stagedoor.Plugins;
using Stagedoor.Testing.Databases;

namespace Stagedoor.DeadLetters.Tests.Store;

public abstract class MessageStoreTests<TDatabase>(TDatabase fixture) : IAsyncLifetime
    where TDatabase : TestDatabase
{
    // Tests of a class share a database: each has an environment of its own.
    private readonly string _env = $"e{Guid.NewGuid():N}";
    private readonly IDatabase _database = fixture.Database;

    private IncomingStore Incoming => new(_database);

    private MessageStore Messages => new(_database);

    private MessageDeeds Deeds => new(_database, fixture.Clock);

    private Overview Overview => new(_database);

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => await fixture.Migrate("dead-letters", typeof(DeadLettersPlugin).Assembly);

    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task A_message_is_kept_to_the_byte()
    {
        var body = new byte[16 * 1024 * 1024];
        Random.Shared.NextBytes(body);
        var message = One("a") with { Body = body, Headers = """{"x":"\u0000 <b>ü</b> 😀"}""", Error = "größer als <1>" };

        var kept = await Incoming.Keep([message], Cancelled);

        var content = (await Messages.Content(kept.Ids[0], Cancelled)).ShouldNotBeNull();
        content.Body.AsSpan().SequenceEqual(body).ShouldBeTrue();
        content.Headers.ShouldBe(message.Headers);
        content.Properties.ShouldBe(message.Properties);
        var found = (await Messages.Find(kept.Ids[0], Cancelled)).ShouldNotBeNull();
        found.Error.ShouldBe("größer als <1>");
        found.Service.ShouldBe("term-deposit");
        found.State.ShouldBe(MessageState.Dead);
        found.BodySize.ShouldBe(body.Length);
        found.DeadAt.ShouldBe(Some.Now);
    }

    [Fact]
    public async Task The_same_death_is_kept_once_and_its_copies_are_counted()
    {
        var message = One("a");

        var first = await Incoming.Keep([message, message], Cancelled);
        var second = await Incoming.Keep([message, One("b")], Cancelled);

        first.Ids.Count.ShouldBe(1);
        first.Duplicates.ShouldBe(1);
        second.Ids.Count.ShouldBe(1);
        second.Duplicates.ShouldBe(1);
        (await Messages.Find(first.Ids[0], Cancelled))!.Copies.ShouldBe(3);
        (await Overview.Services(_env, squad: null, Cancelled)).Single().Dead.ShouldBe(2);
    }

    [Fact]
    public async Task Equal_messages_without_an_id_are_different_ones_unless_another_connection_brought_them_unheard()
    {
        var (first, second, third) = (Guid.NewGuid(), Guid.NewGuid(), Guid.NewGuid());
        var identity = new Identity(Guid.NewGuid(), IsNamed: false, MayBeAgain: false);
        NewMessage Equal(Guid session, long tag, long settled, bool again = true) =>
            One("a") with { MessageId = null, Identity = identity with { MayBeAgain = again }, Reception = new Reception(session, tag, settled) };

        // Two, of which the broker has surely heard that the first is kept.
        (await Incoming.Keep([Equal(first, 1, 0, again: false)], Cancelled)).Ids.Count.ShouldBe(1);
        (await Incoming.Keep([Equal(first, 2, 1, again: false)], Cancelled)).Ids.Count.ShouldBe(1);

        // The connection is lost. Three come again: the second, and two that had been on their way and not been kept.
        (await Incoming.Keep([Equal(second, 1, 0), Equal(second, 2, 0), Equal(second, 3, 0)], Cancelled)).Ids.Count.ShouldBe(2);

        // Nobody knows whether that was committed, so it is done again; and the next connection brings all three once more.
        (await Incoming.Keep([Equal(second, 1, 0), Equal(second, 2, 0), Equal(second, 3, 0)], Cancelled)).Ids.ShouldBeEmpty();
        (await Incoming.Keep([Equal(third, 1, 0), Equal(third, 2, 0), Equal(third, 3, 0)], Cancelled)).Duplicates.ShouldBe(3);
        (await Overview.Services(_env, squad: null, Cancelled)).Single().Dead.ShouldBe(4);
    }

    [Fact]
    public async Task Equal_messages_that_are_handed_in_without_a_connection_are_as_many_as_at_once()
    {
        var message = One("a") with { MessageId = null, Identity = new Identity(Guid.NewGuid(), IsNamed: false, MayBeAgain: true) };

        (await Incoming.Keep([message, message], Cancelled)).Ids.Count.ShouldBe(2);
        (await Incoming.Keep([message, message], Cancelled)).Duplicates.ShouldBe(2);
        (await Incoming.Keep([message, message, message], Cancelled)).Ids.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Two_replicas_that_keep_the_same_messages_keep_them_once()
    {
        await using var other = fixture.OpenAgain();
        var stores = new[] { Incoming, new IncomingStore(other) };
        var messages = Enumerable.Range(0, 300).Select(i => One($"m{i}", service: $"s{i % 7}", error: $"cause {(char)('a' + (i % 11))}")).ToList();

        var kept = await Task.WhenAll(Enumerable.Range(0, 8).Select(i =>
            Task.Run(() => stores[i % 2].Keep([.. messages.OrderBy(message => HashCode.Combine(message.MessageId, i))], Cancelled), Cancelled)));

        kept.Sum(one => one.Ids.Count).ShouldBe(300);
        kept.Sum(one => one.Duplicates).ShouldBe(7 * 300);
        await CountersTellTheTruth();
    }

    [Fact]
    public async Task Pages_follow_each_other_without_gap_or_repetition()
    {
        await Incoming.Keep([.. Enumerable.Range(0, 125).Select(i => One($"m{i}", service: $"s{i % 3}") with { DeadAt = Some.Now.AddSeconds(i / 10) })], Cancelled);
        var seen = new List<DeadMessage>();
        MessagePage? page = null;

        while (page is null || page.Next is not null)
        {
            page = await Messages.List(new MessageQuery(_env) { Squad = "group:default/gemini" }, page?.Next, 20, Cancelled);
            seen.AddRange(page.Messages);
        }

        seen.Count.ShouldBe(125);
        seen.Select(message => message.Id).ShouldBe(seen.OrderByDescending(message => message.DeadAt).ThenByDescending(message => message.Id).Select(message => message.Id));
    }

    [Fact]
    public async Task Every_filter_narrows_the_list_and_the_count_alike()
    {
        var odd = One("odd", service: "odd-service", error: "50% of _nothing_ <b>") with
        {
            Queue = "odd-queue", RoutingKey = "odd.key", CorrelationId = "odd-correlation", Reason = "expired", DeadAt = Some.Now.AddHours(2), Squad = "",
        };
        await Incoming.Keep([odd, .. Enumerable.Range(0, 20).Select(i => One($"m{i}"))], Cancelled);
        var cause = (await Messages.List(new MessageQuery(_env) { Service = "odd-service" }, after: null, 5, Cancelled)).Messages.Single().CauseId;
        var all = new MessageQuery(_env);
        MessageQuery[] queries =
        [
            all with { Squad = "" }, all with { Service = "odd-service" }, all with { Queue = "odd-queue" }, all with { RoutingKey = "odd.key" }, all with { MessageId = "odd" },
            all with { CorrelationId = "odd-correlation" }, all with { Reason = "expired" }, all with { Error = "50% OF _NOTH" }, all with { Text = "odd-corr" },
            all with { From = Some.Now.AddHours(1) }, all with { Cause = cause }, all with { Cause = cause, Service = "odd-service", Text = "b>" },
        ];

        foreach (var query in queries)
        {
            (await Messages.List(query, after: null, 50, Cancelled)).Messages.Single().MessageId.ShouldBe("odd", query.ToString());
            (await Messages.Count(query, Cancelled)).ShouldBe(1, query.ToString());
            (await Messages.Line(query, Cancelled).ToListAsync(Cancelled)).Count.ShouldBe(1, query.ToString());
        }

        (await Messages.List(all with { Error = "5_%" }, after: null, 50, Cancelled)).Messages.ShouldBeEmpty();
        (await Messages.List(all with { Squad = "group:default/nobody" }, after: null, 50, Cancelled)).Messages.ShouldBeEmpty();
        (await Messages.Count(all with { Until = Some.Now.AddHours(1) }, Cancelled)).ShouldBe(20);
        (await Messages.Count(all with { UpTo = 0 }, Cancelled)).ShouldBe(0);
    }

    [Fact]
    public async Task A_search_among_many_looks_through_a_part_at_a_time_and_finds_all_in_the_end()
    {
        for (var batch = 0; batch < 17; batch++)
        {
            await Incoming.Keep(
                [.. Enumerable.Range(batch * 3_000, 3_000).Select(i => One($"m{i}", error: i % 20_000 == 0 ? "the needle" : "hay") with { DeadAt = Some.Now.AddSeconds(i / 7), Body = [] })], Cancelled);
        }

        var query = new MessageQuery(_env) { Text = "NEEDLE" };

        var first = await Messages.List(query, after: null, 50, Cancelled);
        var second = await Messages.List(query, first.Next, 50, Cancelled);

        first.Messages.Select(message => message.MessageId).ShouldBe(["m40000", "m20000"]);
        first.IsPart.ShouldBeTrue();
        second.Messages.Select(message => message.MessageId).ShouldBe(["m0"]);
        (second.Next, second.IsPart).ShouldBe((null, false));
        (await Messages.List(query, after: null, 1, Cancelled)).Next.ShouldNotBeNull();
    }

    [Fact]
    public async Task A_line_keeps_the_order_of_each_queue_and_key_however_they_arrived()
    {
        await Incoming.Keep(
            [.. Enumerable.Range(0, 60).Select(i => One($"m{i}") with { Queue = $"q{i % 2}", OrderKey = i % 3 == 0 ? null : $"k{i % 3}", DeadAt = Some.Now.AddSeconds(-i) })], Cancelled);
        var upTo = await Messages.Last(Cancelled);
        await Incoming.Keep([One("later")], Cancelled);

        var line = await Messages.Line(new MessageQuery(_env) { UpTo = upTo }, Cancelled).ToListAsync(Cancelled);

        line.Count.ShouldBe(60);
        foreach (var key in line.GroupBy(message => (message.Queue, message.OrderKey)))
        {
            key.Select(message => message.Id).ShouldBe(key.Select(message => message.Id).OrderDescending());
        }
    }

    [Fact]
    public async Task Overviews_count_by_squad_service_cause_and_hour()
    {
        await Incoming.Keep(
            [
                .. Enumerable.Range(0, 5).Select(i => One($"a{i}", service: "notification", error: $"timeout after {i} ms")),
                .. Enumerable.Range(0, 3).Select(i => One($"b{i}", service: "braze-sync", error: $"timeout after {i}0 ms") with { Squad = "", DeadAt = Some.Now.AddHours(1) }),
            ],
            Cancelled);

        var squads = await Overview.Squads(_env, Cancelled);
        var services = await Overview.Services(_env, "", Cancelled);
        var cause = (await Overview.Causes(_env, squad: null, service: null, 10, Cancelled)).ShouldHaveSingleItem();
        var hours = await Overview.Hours([cause.Id], Some.Now, Cancelled);
        var trend = await Overview.Trend(_env, "", service: null, Some.Now, Cancelled);

        squads.Select(squad => (squad.Squad, squad.Dead)).ShouldBe([("group:default/gemini", 5), ("", 3)]);
        services.Select(service => (service.Service, service.Dead)).ShouldBe([("braze-sync", 3)]);
        (cause.Dead, cause.Services, cause.FirstAt, cause.LastAt).ShouldBe((8, 2, Some.Now, Some.Now.AddHours(1)));
        hours.Select(hour => (hour.Hour, hour.Arrived)).ShouldBe([(Some.Now, 5), (Some.Now.AddHours(1), 3)]);
        trend.Select(hour => hour.Arrived).ShouldBe([3]);
        (await Overview.OldestDead(services[0].Id, Cancelled)).ShouldBe(Some.Now.AddHours(1));
        (await Overview.Environments(squad: null, Cancelled)).Single(env => env.Env == _env).Dead.ShouldBe(8);
    }

    [Fact]
    public async Task A_message_is_claimed_by_one_and_settled_with_its_token_only()
    {
        var ids = (await Incoming.Keep([One("a"), One("b"), One("c")], Cancelled)).Ids;
        var (mine, theirs) = (Guid.NewGuid(), Guid.NewGuid());

        var claim = await Deeds.Claim([ids[0], ids[1]], mine, "user:default/mae", TimeSpan.FromMinutes(1), Cancelled);
        var late = await Deeds.Claim(ids, theirs, "user:default/kim", TimeSpan.FromMinutes(1), Cancelled);
        var stolen = await Deeds.Redelivered(late.Token, [ids[0]], "user:default/kim", theirs, Cancelled);
        var settled = await Deeds.Redelivered(claim.Token, [ids[0]], "user:default/mae", mine, Cancelled);
        var returned = await Deeds.NotRedelivered(claim.Token, [ids[1]], "user:default/mae", mine, "The queue is gone.", Cancelled);

        claim.Ids.Count.ShouldBe(2);
        late.Ids.ShouldBe([ids[2]]);
        (stolen, settled, returned).ShouldBe((0, 1, 1));
        (await Messages.Find(ids[0], Cancelled))!.State.ShouldBe(MessageState.Redelivered);
        var back = (await Messages.Find(ids[1], Cancelled))!;
        (back.State, back.Outcome, back.Version).ShouldBe((MessageState.Dead, "The queue is gone.", 3));
        (await Messages.Deeds(ids[1], Cancelled)).Single().Note.ShouldBe("The queue is gone.");
        await CountersTellTheTruth();
    }

    [Fact]
    public async Task Many_claims_at_once_never_take_a_message_twice()
    {
        var ids = (await Incoming.Keep([.. Enumerable.Range(0, 200).Select(i => One($"m{i}"))], Cancelled)).Ids;
        await using var other = fixture.OpenAgain();
        var replicas = new[] { Deeds, new MessageDeeds(other, fixture.Clock) };

        var claims = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => Task.Run(
            () => replicas[i % 2].Claim([.. ids.OrderBy(id => HashCode.Combine(id, i)).Take(120)], Guid.NewGuid(), "user:default/mae", TimeSpan.FromMinutes(1), Cancelled), Cancelled)));

        var taken = claims.SelectMany(claim => claim.Ids).ToList();
        taken.Count.ShouldBe(taken.Distinct().Count());
        await CountersTellTheTruth();
    }

    [Fact]
    public async Task An_interrupted_operation_takes_up_what_it_had_in_hand()
    {
        var id = (await Incoming.Keep([One("a")], Cancelled)).Ids[0];
        var operation = Guid.NewGuid();
        var before = await Deeds.Claim([id], operation, "user:default/mae", TimeSpan.FromMinutes(1), Cancelled);

        var again = await Deeds.Claim([id], operation, "user:default/mae", TimeSpan.FromMinutes(1), Cancelled);

        again.Ids.ShouldBe([id]);
        (await Deeds.Redelivered(before.Token, [id], "user:default/mae", operation, Cancelled)).ShouldBe(0);
        (await Deeds.Renew(again.Token, TimeSpan.FromMinutes(1), Cancelled)).ShouldBe(1);
        (await Deeds.Redelivered(again.Token, [id], "user:default/mae", operation, Cancelled)).ShouldBe(1);
    }

    [Fact]
    public async Task What_nobody_has_in_hand_any_more_is_dead_again()
    {
        var id = (await Incoming.Keep([One("a")], Cancelled)).Ids[0];
        await Deeds.Claim([id], Guid.NewGuid(), "user:default/mae", TimeSpan.FromMinutes(1), Cancelled);

        fixture.Clock.Advance(TimeSpan.FromHours(2));
        await Deeds.GiveBack(TimeSpan.FromMinutes(30), "Nobody knows whether it was sent.", Cancelled);

        (await Messages.Find(id, Cancelled))!.State.ShouldBe(MessageState.Dead);
        await CountersTellTheTruth();
    }

    [Fact]
    public async Task A_redelivered_message_that_dies_again_is_linked_to_the_first()
    {
        var first = (await Incoming.Keep([One("a")], Cancelled)).Ids[0];
        var second = (await Incoming.Keep([One("a") with { Forerunner = first, Lineage = first, Redelivery = 1 }], Cancelled)).Ids[0];
        var third = (await Incoming.Keep([One("a") with { Forerunner = second, Lineage = first, Redelivery = 2 }], Cancelled)).Ids[0];

        (await Messages.Lineage(first, Cancelled)).Select(message => (message.Id, message.Redelivery, message.CameBackAt is not null))
            .ShouldBe([(first, 0, true), (second, 1, true), (third, 2, false)]);
    }

    [Fact]
    public async Task A_lineage_that_another_portal_wrote_is_not_believed()
    {
        var forged = (await Incoming.Keep([One("a") with { Forerunner = long.MaxValue, Lineage = 1, Redelivery = 7 }], Cancelled)).Ids[0];
        var elsewhere = (await Incoming.Keep([One("b") with { Env = _env + "x", Forerunner = forged, Redelivery = 1 }], Cancelled)).Ids[0];

        foreach (var id in new[] { forged, elsewhere })
        {
            var message = (await Messages.Find(id, Cancelled))!;
            (message.Lineage, message.Redelivery, message.CameBackAt).ShouldBe((null, 0, null));
        }
    }

    [Fact]
    public async Task A_deleted_message_can_be_restored_until_retention_ends()
    {
        var ids = (await Incoming.Keep([One("a"), One("b")], Cancelled)).Ids;

        (await Deeds.Delete(ids, "user:default/mae", operation: null, "tests", Cancelled)).ShouldBe(2);
        (await Deeds.Delete(ids, "user:default/mae", operation: null, "tests", Cancelled)).ShouldBe(0);
        (await Deeds.Restore([ids[0]], "user:default/mae", operation: null, reason: null, Cancelled)).ShouldBe(1);
        fixture.Clock.Advance(TimeSpan.FromDays(15));
        await new PruneMessages(_database, Options.Create(new DeadLettersOptions()), fixture.Clock).Run(new JobContext("prune", Some.Now, byHand: false), Cancelled);

        (await Messages.Find(ids[0], Cancelled)).ShouldNotBeNull().State.ShouldBe(MessageState.Dead);
        (await Messages.Find(ids[1], Cancelled)).ShouldBeNull();
        (await Messages.Content(ids[1], Cancelled)).ShouldBeNull();
        await CountersTellTheTruth();
    }

    private NewMessage One(string id, string service = "term-deposit", string error = "ctx handler: no such account") => Some.Message(id, service, error, _env);

    /// <summary>Counters and rows say the same; only a test counts rows.</summary>
    private async Task CountersTellTheTruth()
    {
        foreach (var (table, key) in new[] { ("dead_letters_counts", "service_id, cause_id"), ("dead_letters_service_counts", "service_id") })
        {
            var counted = await _database.Query<(long Dead, long Redelivering, long Redelivered, long Deleted)>(
                $"select dead, redelivering, redelivered, deleted from {table} where dead + redelivering + redelivered + deleted > 0 order by {key}", Cancelled);
            var rows = await _database.Query<(long Dead, long Redelivering, long Redelivered, long Deleted)>(
                $"""
                 select sum(case state when 'Dead' then 1 else 0 end), sum(case state when 'Redelivering' then 1 else 0 end),
                     sum(case state when 'Redelivered' then 1 else 0 end), sum(case state when 'Deleted' then 1 else 0 end)
                 from dead_letters_messages group by {key} order by {key}
                 """,
                Cancelled);
            counted.ShouldBe(rows, table);
        }
    }
}

public sealed class SqliteMessageStoreTests(SqliteFixture fixture) : MessageStoreTests<SqliteFixture>(fixture), IClassFixture<SqliteFixture>;

public sealed class PostgresMessageStoreTests(PostgresFixture fixture) : MessageStoreTests<PostgresFixture>(fixture), IClassFixture<PostgresFixture>;
