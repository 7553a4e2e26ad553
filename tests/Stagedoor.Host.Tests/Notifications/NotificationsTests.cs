using Stagedoor.Host.Notifications;
using Stagedoor.Host.People;
using Stagedoor.Host.PersonalSettings;
using Stagedoor.Host.Tests.Storing;
using Stagedoor.Plugins;
using Stagedoor.Testing.Databases;

namespace Stagedoor.Host.Tests.Notifications;

/// <summary>What the inbox promises, on both databases.</summary>
public abstract class NotificationsTests(TestDatabase database) : PortalStoreTests(database)
{
    private static readonly EntityRef Mae = EntityRef.User("mae");
    private static readonly EntityRef Ben = EntityRef.User("ben");
    private static readonly EntityRef Squad = EntityRef.Group("lending");
    private static readonly EntityRef Colony = EntityRef.Group("north");

    private static readonly OrganisationDirectory Directory = new(
        [new Person(Mae, "Mae") { MemberOf = [Squad] }, new Person(Ben, "Ben") { MemberOf = [Colony] }],
        [new Group(Squad, "Lending") { Parent = Colony }, new Group(Colony, "North")]);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_group_means_each_member_once()
    {
        var replica = new Replica(Database);

        await replica.Notifier.Send(new Notification([Colony, Squad, Mae], "test.news", "Hello") { Body = "all", Href = "/x", Severity = Severity.Warning, Entity = Squad }, Stop);

        foreach (var person in new[] { Mae, Ben })
        {
            var item = (await replica.Inbox.List(person, new InboxQuery { UnreadOnly = true }, Stop)).Items.ShouldHaveSingleItem();
            (item.Title, item.Body, item.Href, item.Severity, item.Entity).ShouldBe(("Hello", "all", "/x", Severity.Warning, "group:default/lending"));
        }
    }

    [Fact]
    public async Task A_later_one_of_a_key_replaces_an_unread_one_only()
    {
        var replica = new Replica(Database);
        await replica.Notifier.Send(new Notification([Mae], "test.growth", "10 letters") { Key = "growth" }, Stop);
        await replica.Notifier.Send(new Notification([Mae], "test.growth", "20 letters") { Key = "growth" }, Stop);
        await replica.Inbox.Mark(Mae, items: null, read: true, Stop);

        await replica.Notifier.Send(new Notification([Mae], "test.growth", "30 letters") { Key = "growth" }, Stop);

        (await replica.Inbox.List(Mae, new InboxQuery(), Stop)).Items.Select(item => item.Title).ShouldBe(["30 letters", "20 letters"]);
        (await replica.Inbox.List(Mae, new InboxQuery { UnreadOnly = true }, Stop)).Items.Select(item => item.Title).ShouldBe(["30 letters"]);
    }

    [Fact]
    public async Task Items_are_marked_as_read_and_unread_by_their_owner_only()
    {
        var replica = new Replica(Database);
        await replica.Notifier.Send(new Notification([Mae, Ben], "test.news", "One"), Stop);
        var item = (await replica.Inbox.List(Mae, new InboxQuery { UnreadOnly = true }, Stop)).Items.ShouldHaveSingleItem();

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
        var here = new Replica(Database);
        await here.Counts.Start(Stop);
        (await here.Inbox.CountUnread(Mae, Stop)).ShouldBe(0);
        await using var open = Fixture.OpenAgain();
        var there = new Replica(Database.Dialect == Dialect.Postgres ? open : Database);

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
        var replica = new Replica(Database);

        var problem = await Should.ThrowAsync<ArgumentException>(replica.Notifier.Send(new Notification([Mae], topic, "Title") { Href = href }, Stop));

        problem.Message.ShouldContain(why);
        (await replica.Inbox.CountUnread(Mae, Stop)).ShouldBe(0);
    }

    [Fact]
    public async Task Only_people_and_groups_have_an_inbox()
    {
        var replica = new Replica(Database);

        await Should.ThrowAsync<ArgumentException>(replica.Notifier.Send(new Notification([EntityRef.Parse("component:default/kiln")], "test.news", "Title"), Stop));
    }

    [Fact]
    public async Task Notifications_of_half_a_year_ago_are_deleted()
    {
        var replica = new Replica(Database);
        await replica.Notifier.Send(new Notification([Mae], "test.news", "Old"), Stop);
        await Database.Execute("update portal_inbox set sent_at = @then", new { then = DateTimeOffset.UtcNow.AddDays(-181) }, Stop);
        await replica.Notifier.Send(new Notification([Mae], "test.news", "New"), Stop);
        var context = new JobContext("portal.prune-inbox", DateTimeOffset.UtcNow, byHand: false);

        await new PruneInbox(Database, replica.Counts, TimeProvider.System).Run(context, Stop);

        context.Summary.ShouldBe("1 notification deleted");
        (await replica.Inbox.List(Mae, new InboxQuery(), Stop)).Items.ShouldHaveSingleItem().Title.ShouldBe("New");
    }

    [Fact]
    public async Task A_list_is_narrowed_by_topic_plugin_severity_text_and_entity_and_tells_how_many_there_are()
    {
        var replica = new Replica(Database);
        var kiln = EntityRef.Parse("component:default/kiln");
        await replica.Notifier.Send(new Notification([Mae], "dead-letters.growth", "100 % of kiln is dead") { Severity = Severity.Critical, Entity = kiln }, Stop);
        await replica.Notifier.Send(new Notification([Mae], "dead-letters.healed", "Kiln is well") { Body = "All_of it", Severity = Severity.Success, Entity = kiln }, Stop);
        await replica.Notifier.Send(new Notification([Mae], "dead-letterss.other", "Nothing to do with it"), Stop);
        var well = (await replica.Inbox.List(Mae, new InboxQuery { Topic = "dead-letters.healed" }, Stop)).Items.ShouldHaveSingleItem();
        await replica.Inbox.Mark(Mae, [well.Id], read: true, Stop);

        (await Titles(new InboxQuery { Topic = "dead-letters" })).ShouldBe(["Kiln is well", "100 % of kiln is dead"]);
        (await Titles(new InboxQuery { Severity = Severity.Critical })).ShouldBe(["100 % of kiln is dead"]);
        (await Titles(new InboxQuery { Text = "KILN" })).Count.ShouldBe(2);
        (await Titles(new InboxQuery { Text = "0 %" })).ShouldBe(["100 % of kiln is dead"]);
        (await Titles(new InboxQuery { Text = "l_o" })).ShouldBe(["Kiln is well"]);
        (await Titles(new InboxQuery { Text = "%" })).ShouldBe(["100 % of kiln is dead"]);
        (await Titles(new InboxQuery { Entity = kiln, UnreadOnly = true })).ShouldBe(["100 % of kiln is dead"]);
        (await Titles(new InboxQuery { Offset = 1, Limit = 1 })).ShouldBe(["Kiln is well"]);
        var page = await replica.Inbox.List(Mae, new InboxQuery { Entity = kiln, Limit = 1 }, Stop);
        (page.Items.Count, page.Total, page.Unread).ShouldBe((1, 2, 1));
        (await replica.Inbox.List(Ben, new InboxQuery(), Stop)).Total.ShouldBe(0);
        (await replica.Inbox.Topics(Mae, Stop)).ShouldBe(
            [new InboxTopic("dead-letters.growth", 1, 1), new InboxTopic("dead-letters.healed", 1, 0), new InboxTopic("dead-letterss.other", 1, 1)]);

        async Task<List<string>> Titles(InboxQuery query) => [.. (await replica.Inbox.List(Mae, query, Stop)).Items.Select(item => item.Title)];
    }

    [Fact]
    public async Task A_muted_topic_does_not_reach_who_muted_it_nor_one_of_a_muted_plugin()
    {
        var replica = new Replica(Database);
        await replica.Muted.Set(Mae, "dead-letters.growth", muted: true, Stop);
        await replica.Muted.Set(Ben, "dead-letters", muted: true, Stop);

        await replica.Notifier.Send(new Notification([Mae, Ben], "dead-letters.growth", "Growth"), Stop);
        await replica.Notifier.Send(new Notification([Mae, Ben], "dead-letters.healed", "Healed"), Stop);
        await replica.Muted.Set(Ben, "dead-letters", muted: false, Stop);
        await replica.Notifier.Send(new Notification([Mae, Ben], "dead-letters.growth", "Again"), Stop);

        (await replica.Inbox.List(Mae, new InboxQuery(), Stop)).Items.Select(item => item.Title).ShouldBe(["Healed"]);
        (await replica.Inbox.List(Ben, new InboxQuery(), Stop)).Items.Select(item => item.Title).ShouldBe(["Again"]);
    }

    [Fact]
    public async Task All_of_an_inbox_are_told_each_once_and_the_newest_first()
    {
        var replica = new Replica(Database);
        await replica.Notifier.Send(new Notification([Ben], "test.news", "Not hers"), Stop);
        for (var i = 0; i <= 2 * Inbox.LongestPage; i++)
        {
            await replica.Notifier.Send(new Notification([Mae], "test.news", $"No. {i}"), Stop);
        }

        var all = await replica.Inbox.All(Mae, Stop);

        all.Select(item => item.Title).Order(StringComparer.Ordinal).ShouldBe(Enumerable.Range(0, (2 * Inbox.LongestPage) + 1).Select(i => $"No. {i}").Order(StringComparer.Ordinal));
        all.Select(item => item.SentAt).ShouldBeInOrder(SortDirection.Descending);
    }

    [Fact]
    public async Task A_filter_may_be_any_text()
    {
        var replica = new Replica(Database);
        await replica.Notifier.Send(new Notification([Mae], "test.news", "Grüße vom ÄRGER"), Stop);

        (await replica.Inbox.List(Mae, new InboxQuery { Text = "\0", Topic = "\0" }, Stop)).Items.ShouldBeEmpty();
        (await replica.Inbox.List(Mae, new InboxQuery { Text = new string('x', 199) + "🔦 and more" }, Stop)).Items.ShouldBeEmpty();
        (await replica.Inbox.List(Mae, new InboxQuery { Text = "GRÜSSE" }, Stop)).Items.ShouldBeEmpty();
        (await replica.Inbox.List(Mae, new InboxQuery { Text = "vom äRg" }, Stop)).Items.ShouldHaveSingleItem();
    }

    private sealed class Replica
    {
        public Replica(IDatabase open)
        {
            Counts = new UnreadCounts(open);
            Muted = new MutedTopics(new PortalPersonalSettings(open, new SettingsMemory(open), new SettingHolders(open), TimeProvider.System), TimeProvider.System);
            Notifier = new Notifier(open, Directory, Muted, Counts, TimeProvider.System);
            Inbox = new Inbox(open, Counts, TimeProvider.System);
        }

        public UnreadCounts Counts { get; }

        public MutedTopics Muted { get; }

        public Notifier Notifier { get; }

        public Inbox Inbox { get; }
    }
}

public sealed class NotificationsOnSqliteTests() : NotificationsTests(new SqliteFixture());

public sealed class NotificationsOnPostgresTests() : NotificationsTests(new PostgresFixture());
