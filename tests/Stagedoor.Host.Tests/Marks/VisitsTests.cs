using Microsoft.Extensions.Logging.Abstractions;
using Stagedoor.Host.Marks;
using Stagedoor.Host.Tests.Storing;
using Stagedoor.Plugins;
using Stagedoor.Testing.Clock;
using Stagedoor.Testing.Databases;

namespace Stagedoor.Host.Tests.Marks;

/// <summary>What remembering visits promises, on both databases.</summary>
public abstract class VisitsTests(TestDatabase database) : PortalStoreTests(database)
{
    private static readonly EntityRef Mae = EntityRef.User("mae");
    private static readonly EntityRef Ben = EntityRef.User("ben");
    private static readonly EntityRef Kiln = EntityRef.Parse("component:default/kiln");
    private static readonly EntityRef Till = EntityRef.Parse("component:default/till");

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private ManualClock Clock => Fixture.Clock;

    [Fact]
    public async Task A_visit_counts_at_once_and_outlives_the_portal()
    {
        await using (var visits = Replica())
        {
            visits.Note(Mae, Kiln);
            Clock.Advance(TimeSpan.FromMinutes(1));
            visits.Note(Mae, Till);
            visits.Note(Mae, EntityRef.Parse("Component:Default/Till"));
            visits.Note(Ben, Kiln);

            (await visits.Of(Mae, Stop)).Select(visit => (visit.Entity, visit.Times)).ShouldBe([(Till, 2), (Kiln, 1)]);
            await visits.Stop(Stop);
        }

        await using var after = Replica();

        (await after.Of(Mae, Stop)).Select(visit => (visit.Entity, visit.Times)).ShouldBe([(Till, 2), (Kiln, 1)]);
        (await after.Of(Mae, Stop))[0].LastAt.ShouldBe(Clock.GetUtcNow());
        (await after.Of(Ben, Stop)).ShouldHaveSingleItem().Times.ShouldBe(1);
    }

    [Fact]
    public async Task Replicas_that_write_at_the_same_time_lose_no_count()
    {
        await using var open = Fixture.OpenAgain();
        await using var here = Replica();
        await using var there = Replica(Database.Dialect == Dialect.Postgres ? open : Database);

        for (var i = 0; i < 20; i++)
        {
            here.Note(Mae, Kiln);
            here.Note(Mae, Till);
            there.Note(Mae, Till);
            there.Note(Mae, Kiln);
            await Task.WhenAll(here.Write(), there.Write());
        }

        (await here.Of(Mae, Stop)).Select(visit => visit.Times).ShouldBe([40, 40]);
    }

    [Fact]
    public async Task So_many_are_kept_of_a_person_and_those_of_long_ago_go()
    {
        await using var visits = Replica();
        for (var i = 0; i < Visits.MostKept + 30; i++)
        {
            Clock.Advance(TimeSpan.FromSeconds(1));
            visits.Note(Mae, new EntityRef("component", "default", $"c-{i}"));
        }

        await visits.Write();

        (await Count()).ShouldBe(Visits.MostKept);
        (await visits.Of(Mae, Stop))[0].Entity.Name.ShouldBe($"c-{Visits.MostKept + 29}");
        Clock.Advance(PruneVisits.Kept);
        visits.Note(Mae, Kiln);
        await visits.Write();
        await new PruneVisits(Database, Clock).Run(new JobContext("portal.prune-visits", Clock.GetUtcNow(), byHand: false), Stop);
        (await visits.Of(Mae, Stop)).Count.ShouldBeLessThan(3);
    }

    [Fact]
    public async Task Who_wants_to_be_forgotten_is_forgotten_by_every_replica()
    {
        await using var open = Fixture.OpenAgain();
        await using var here = Replica();
        await using var there = Replica(Database.Dialect == Dialect.Postgres ? open : Database);
        await there.Start(Stop);
        here.Note(Mae, Kiln);
        await here.Write();
        here.Note(Mae, Till);
        there.Note(Mae, Till);
        there.Note(Ben, Till);

        // A replica that has just begun to listen may not hear the first notice.
        await Eventually.Be(
            async () =>
            {
                await here.Forget(Mae, Stop);
                return (await there.Of(Mae, Stop)).Count == 0;
            },
            "the other replica has heard of it");

        await here.Write();
        await there.Stop(Stop);
        (await here.Of(Mae, Stop)).ShouldBeEmpty();
        (await here.Of(Ben, Stop)).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Visits_that_the_database_refuses_do_not_hold_up_those_that_follow()
    {
        await using var visits = Replica();
        await Database.Execute("alter table portal_visits rename to gone_visits", Stop);
        visits.Note(Mae, Kiln);
        (await visits.Write()).ShouldBeFalse();
        await Database.Execute("alter table gone_visits rename to portal_visits", Stop);
        visits.Note(Mae, Till);

        await visits.Stop(Stop);

        (await visits.Of(Mae, Stop)).ShouldHaveSingleItem().Entity.ShouldBe(Till);
        (await Count()).ShouldBe(1);
    }

    [Fact]
    public async Task Programs_visit_nothing()
    {
        await using var visits = Replica();

        visits.Note(new EntityRef("service", "default", "probe"), Kiln);
        await visits.Write();

        (await Count()).ShouldBe(0);
    }

    private Visits Replica(IDatabase? open = null) => new(open ?? Database, Clock, NullLogger<Visits>.Instance);

    private async Task<long> Count() => await Database.Find<long>("select count(*) from portal_visits", Stop);
}

public sealed class VisitsOnSqliteTests() : VisitsTests(new SqliteFixture());

public sealed class VisitsOnPostgresTests() : VisitsTests(new PostgresFixture());
