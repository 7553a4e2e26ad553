using Stagedoor.Host.Marks;
using Stagedoor.Host.PersonalSettings;
using Stagedoor.Host.Tests.Storing;
using Stagedoor.Plugins;
using Stagedoor.Testing.Clock;
using Stagedoor.Testing.Databases;

namespace Stagedoor.Host.Tests.Marks;

/// <summary>What stars and subscriptions promise, on both databases.</summary>
public abstract class EntityMarksTests(TestDatabase database) : PortalStoreTests(database)
{
    private static readonly EntityRef Mae = EntityRef.User("mae");
    private static readonly EntityRef Ben = EntityRef.User("ben");
    private static readonly EntityRef Kiln = EntityRef.Parse("component:default/kiln");
    private static readonly EntityRef Till = EntityRef.Parse("component:default/till");

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private ManualClock Clock => Fixture.Clock;

    [Fact]
    public async Task What_was_marked_last_comes_first_and_stars_are_no_subscriptions()
    {
        using var replica = await Replica.Start(Database, Clock);
        await replica.Marks.Set(Mae, EntityMark.Star, Till, on: true, Stop);
        Clock.Advance(TimeSpan.FromMinutes(1));
        await replica.Marks.Set(Mae, EntityMark.Star, EntityRef.Parse("Component:default/Kiln"), on: true, Stop);
        await replica.Marks.Set(Mae, EntityMark.Subscription, Till, on: true, Stop);

        (await replica.Marks.Of(Mae, EntityMark.Star, Stop)).ShouldBe([Kiln, Till]);
        (await replica.Marks.Of(Mae, EntityMark.Subscription, Stop)).ShouldBe([Till]);
        await replica.Marks.Set(Mae, EntityMark.Star, Kiln, on: false, Stop);
        (await replica.Marks.Of(Mae, EntityMark.Star, Stop)).ShouldBe([Till]);
        (await replica.Marks.Of(Ben, EntityMark.Star, Stop)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Who_has_marked_and_what_is_marked_at_all_is_known_to_every_replica()
    {
        await using var open = Fixture.OpenAgain();
        using var here = await Replica.Start(Database, Clock);
        using var there = await Replica.Start(Database.Dialect == Dialect.Postgres ? open : Database, Clock);
        (await here.Marks.WhoHas(EntityMark.Star, Kiln, Stop)).ShouldBeEmpty();
        (await here.Marks.Marked(EntityMark.Star, Stop)).ShouldBeEmpty();

        await there.Marks.Set(Mae, EntityMark.Star, Kiln, on: true, Stop);
        await there.Marks.Set(Ben, EntityMark.Star, Kiln, on: true, Stop);
        await there.Marks.Set(Ben, EntityMark.Subscription, Till, on: true, Stop);

        await Eventually.Be(async () => (await here.Marks.WhoHas(EntityMark.Star, Kiln, Stop)).SequenceEqual([Ben, Mae]), "both are known");
        await Eventually.Be(async () => (await here.Marks.Marked(EntityMark.Star, Stop)).SetEquals([Kiln]), "the star is known");
        await Eventually.Be(async () => (await here.Marks.Marked(EntityMark.Subscription, Stop)).SetEquals([Till]), "the subscription is known");
        await there.Marks.Set(Ben, EntityMark.Star, Kiln, on: false, Stop);
        (await there.Marks.Marked(EntityMark.Star, Stop)).ShouldBe([Kiln]);
        await there.Settings.Forget(Mae, Stop);
        await Eventually.Be(async () => (await here.Marks.Marked(EntityMark.Star, Stop)).Count == 0, "nobody has starred it any more");
    }

    [Fact]
    public async Task A_setting_that_is_no_mark_does_no_harm()
    {
        using var replica = await Replica.Start(Database, Clock);
        await replica.Settings.Set(Mae, "portal.star/nonsense", "x", Stop);
        await replica.Settings.Set(Mae, "portal.star/component:default/till", "yesterday", Stop);

        (await replica.Marks.Of(Mae, EntityMark.Star, Stop)).ShouldBe([Till]);
        (await replica.Marks.Marked(EntityMark.Star, Stop)).ShouldBe([Till]);
    }

    private sealed class Replica : IDisposable
    {
        private readonly SettingsMemory _memory;
        private readonly SettingHolders _holders;
        private readonly MarkedEntities _marked;

        private Replica(IDatabase open, TimeProvider time)
        {
            _memory = new SettingsMemory(open);
            _holders = new SettingHolders(open);
            _marked = new MarkedEntities(open);
            Settings = new PortalPersonalSettings(open, _memory, _holders, time);
            Marks = new EntityMarks(Settings, _marked, time);
        }

        public PortalPersonalSettings Settings { get; }

        public EntityMarks Marks { get; }

        public static async Task<Replica> Start(IDatabase open, TimeProvider time)
        {
            var replica = new Replica(open, time);
            await replica._memory.Start(TestContext.Current.CancellationToken);
            await replica._holders.Start(TestContext.Current.CancellationToken);
            await replica._marked.Start(TestContext.Current.CancellationToken);
            return replica;
        }

        public void Dispose()
        {
            _memory.Dispose();
            _holders.Dispose();
            _marked.Dispose();
        }
    }
}

public sealed class EntityMarksOnSqliteTests() : EntityMarksTests(new SqliteFixture());

public sealed class EntityMarksOnPostgresTests() : EntityMarksTests(new PostgresFixture());
