using Stagedoor.Host.Loading;
using Stagedoor.Host.Notifications;
using Stagedoor.Host.People;
using Stagedoor.Plugins;
using Stagedoor.Testing.Databases;

namespace Stagedoor.Host.Tests.Notifications;

/// <summary>What the inbox promises, on both databases.</summary>
public abstract class NotificationsTests(TestDatabase database) : IAsyncLifetime
{
    private static readonly EntityRef Mae = EntityRef.User("mae");
    private static readonly EntityRef Ben = EntityRef.User("ben");
    private static readonly EntityRef Squad = EntityRef.Group("lending");
    private static readonly EntityRef Colony = EntityRef.Group("north");

    private static readonly OrganisationDirectory Directory = new(
        [new Person(Mae, "Mae") { MemberOf = [Squad] }, new Person(Ben, "Ben") { MemberOf = [Colony] }],
        [new Group(Squad, "Lending") { Parent = Colony }, new Group(Colony, "North")]);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await database.InitializeAsync();
        await database.Migrate("portal", typeof(PluginRegistry).Assembly);
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await database.DisposeAsync();
    }

    [Fact]
    public async Task A_group_means_each_member_once()
    {
        var replica = new Replica(database.Database);

        await replica.Notifier.Send(new Notification([Colony, Squad, Mae], "test.news", "Hello") { Body = "all", Href = "/x", Severity = Severity.Warning, Entity = Squad }, Stop);

        foreach (var person in new[] { Mae, Ben })
        {
            var item = (await replica.Inbox.List(person, unreadOnly: true, 0, 10, Stop)).ShouldHaveSingleItem();
            (item.Title, item.Body, item.Href, item.Severity, item.Entity).ShouldBe(("Hello", "all", "/x", Severity.Warning, "group:default/lending"));
        }
    }

    [Fact]
    public async Task A_later_one_of_a_key_replaces_an_unread_one_only()
    {
        var replica = new Replica(database.Database);
        await replica.Notifier.Send(new Notification([Mae], "test.growth", "10 letters") { Key = "growth" }, Stop);
        await replica.Notifier.Send(new Notification([Mae], "test.growth", "20 letters") { Key = "growth" }, Stop);
        await replica.Inbox.Mark(Mae, items: null, read: true, Stop);

        await replica.Notifier.Send(new Notification([Mae], "test.growth", "30 letters") { Key = "growth" }, Stop);

        (await replica.Inbox.List(Mae, unreadOnly: false, 0, 10, Stop)).Select(item => item.Title).ShouldBe(["30 letters", "20 letters"]);
        (await replica.Inbox.List(Mae, unreadOnly: true, 0, 10, Stop)).Select(item => item.Title).ShouldBe(["30 letters"]);
    }

    [Fact]
    public async Task Items_are_marked_as_read_and_unread_by_their_owner_only()
    {
        var replica = new Replica(database.Database);
        await replica.Notifier.Send(new Notification([Mae, Ben], "test.news", "One"), Stop);
        var item = (await replica.Inbox.List(Mae, unreadOnly: true, 0, 10, Stop)).ShouldHaveSingleItem();

        await replica.Inbox.Mark(Ben, [item.Id], read: true, Stop);
        (await replica.Inbox.CountUnread(Mae, Stop)).ShouldBe(1);
        await replica.Inbox.Mark(Mae, [item.Id], read: true, Stop);
        (await replica.Inbox.CountUnread(Mae, Stop)).ShouldBe(0);
        await replica.Inbox.Mark(Mae, [item.Id], read: false, Stop);

        (await replica.Inbox.CountUnread(Mae, Stop)).ShouldBe(1);
        (await replica.Inbox.CountUnread(Ben, Stop)).ShouldBe(1);
    }

    [Fact]
    public async Task The_number_of_unread_is_remembered_until_a_replica_says_it_changed()
    {
        var here = new Replica(database.Database);
        await here.Counts.Start(Stop);
        (await here.Inbox.CountUnread(Mae, Stop)).ShouldBe(0);
        await using var open = database.OpenAgain();
        var there = new Replica(database.Database.Dialect == Dialect.Postgres ? open : database.Database);

        await there.Notifier.Send(new Notification([Squad], "test.news", "One"), Stop);

        await Eventually.Be(async () => await here.Inbox.CountUnread(Mae, Stop) == 1, "the count has changed");
        await here.Counts.Stop(Stop);
    }

    [Theory]
    [InlineData("no topic", "/x", "'no topic' is not a topic")]
    [InlineData("test.news", "//elsewhere.example", "starts with one slash")]
    [InlineData("test.news", "javascript:alert(1)", "starts with one slash")]
    public async Task What_does_not_fit_is_refused(string topic, string href, string why)
    {
        var replica = new Replica(database.Database);

        var problem = await Should.ThrowAsync<ArgumentException>(replica.Notifier.Send(new Notification([Mae], topic, "Title") { Href = href }, Stop));

        problem.Message.ShouldContain(why);
        (await replica.Inbox.CountUnread(Mae, Stop)).ShouldBe(0);
    }

    [Fact]
    public async Task Only_people_and_groups_have_an_inbox()
    {
        var replica = new Replica(database.Database);

        await Should.ThrowAsync<ArgumentException>(replica.Notifier.Send(new Notification([EntityRef.Parse("component:default/kiln")], "test.news", "Title"), Stop));
    }

    [Fact]
    public async Task Notifications_of_half_a_year_ago_are_deleted()
    {
        var replica = new Replica(database.Database);
        await replica.Notifier.Send(new Notification([Mae], "test.news", "Old"), Stop);
        await database.Database.Execute("update portal_inbox set sent_at = @then", new { then = DateTimeOffset.UtcNow.AddDays(-181) }, Stop);
        await replica.Notifier.Send(new Notification([Mae], "test.news", "New"), Stop);
        var context = new JobContext("portal.prune-inbox", DateTimeOffset.UtcNow, byHand: false);

        await new PruneInbox(database.Database, replica.Counts, TimeProvider.System).Run(context, Stop);

        context.Summary.ShouldBe("1 notification deleted");
        (await replica.Inbox.List(Mae, unreadOnly: false, 0, 10, Stop)).ShouldHaveSingleItem().Title.ShouldBe("New");
    }

    private sealed class Replica
    {
        public Replica(IDatabase open)
        {
            Counts = new UnreadCounts(open);
            Notifier = new Notifier(open, Directory, Counts, TimeProvider.System);
            Inbox = new Inbox(open, Counts, TimeProvider.System);
        }

        public UnreadCounts Counts { get; }

        public Notifier Notifier { get; }

        public Inbox Inbox { get; }
    }
}

public sealed class NotificationsOnSqliteTests() : NotificationsTests(new SqliteFixture());

public sealed class NotificationsOnPostgresTests() : NotificationsTests(new PostgresFixture());
