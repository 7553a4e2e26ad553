using System.Net;
using Stagedoor.Catalog.Tests.Engine;
using Stagedoor.Plugins;
using Stagedoor.Sources.Tests.Serving;
using Stagedoor.Testing.Waiting;
using static Stagedoor.Catalog.Tests.Engine.CatalogPortal;

namespace Stagedoor.Catalog.Tests.Pages;

/// <summary>Taking an entity out of the catalog from its page, and what its address says afterwards.</summary>
public sealed class UnregisterTests : IDisposable
{
    private const string A = "/catalog/default/component/ferry";
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_registered_location_goes_with_all_it_declares_and_the_page_says_who_did_it()
    {
        await using var server = await LoopbackServer.Start(new GitServer(_folder.Path).Answer);
        await using var portal = await Registered(server, Enumerable.Range(0, 2).Select(number => $"pier{number}"));
        var visitor = new Visitor(portal.Http);

        var asked = await visitor.Page($"{A}?confirm=unregister");
        var (sent, location) = await visitor.Submit($"{A}?confirm=unregister", "unregister-entity", ("do", "unregister"));
        var (status, gone) = await visitor.Look(A);

        var dialog = asked.QuerySelector("dialog#unregister")!;
        dialog.HasAttribute("open").ShouldBeTrue();
        dialog.TextContent.ShouldContain("component:default/pier1");
        dialog.QuerySelector("button.danger")!.TextContent.ShouldBe("Unregister, and delete 4");
        sent.ShouldBe(HttpStatusCode.Found);
        location.ShouldNotBeNull().ShouldEndWith(A);
        status.ShouldBe(HttpStatusCode.NotFound);
        gone.QuerySelector(".panel")!.TextContent.ShouldContain("by guest");
        gone.QuerySelector("form#missing").ShouldNotBeNull();
        (await portal.Portal.Service<IAudit>().List(new AuditFilter { ActionPrefix = "catalog.location.unregistered" }, Cancelled)).Count.ShouldBe(1);
    }

    [Fact]
    public async Task Many_go_only_when_their_number_is_typed()
    {
        await using var server = await LoopbackServer.Start(new GitServer(_folder.Path).Answer);
        await using var portal = await Registered(server, Enumerable.Range(0, 12).Select(number => $"pier{number}"));
        var visitor = new Visitor(portal.Http);

        await visitor.Submit($"{A}?confirm=unregister", "unregister-entity", ("do", "unregister"), ("count", "13"));
        var stays = await portal.Find("component:default/ferry");
        await visitor.Submit($"{A}?confirm=unregister", "unregister-entity", ("do", "unregister"), ("count", "14"));

        stays.ShouldNotBeNull();
        await portal.Goes("component:default/ferry");
    }

    [Fact]
    public async Task What_the_configuration_reads_is_to_be_removed_there()
    {
        await using var portal = await Start(Store.Sqlite, files: ("ferry.yaml", Component("ferry")));
        await portal.Comes("component:default/ferry");
        var visitor = new Visitor(portal.Http);

        var page = await visitor.Page($"{A}?confirm=unregister");
        var without = await visitor.Page(A);

        var dialog = page.QuerySelector("dialog#unregister")!;
        dialog.QuerySelector("h2")!.TextContent.ShouldBe("ferry cannot be unregistered here");
        dialog.TextContent.ShouldContain("ferry.yaml");
        dialog.QuerySelector("button.danger").ShouldBeNull();
        page.QuerySelector("form#unregister-entity").ShouldBeNull();
        without.QuerySelector("dialog#unregister").ShouldBeNull();
    }

    [Fact]
    public async Task A_renamed_entity_leads_to_its_new_name_and_one_that_never_was_to_names_like_it()
    {
        await using var portal = await Start(Store.Sqlite, files: [("ferry.yaml", Component("ferry")), ("b.yaml", Component("ferry-bookings"))]);
        await portal.Comes("component:default/ferry");
        portal.Write("ferry.yaml", Component("tender"));
        await portal.Comes("component:default/tender");
        await portal.Goes("component:default/ferry");
        var visitor = new Visitor(portal.Http);

        var (_, renamed) = await visitor.Look(A);
        var (status, never) = await visitor.Look("/catalog/default/component/ferry-boking");

        renamed.QuerySelector(".panel h2")!.TextContent.ShouldBe("It has another name now");
        renamed.QuerySelector(".panel a")!.GetAttribute("href").ShouldBe("/catalog/default/component/tender");
        status.ShouldBe(HttpStatusCode.NotFound);
        never.QuerySelectorAll(".entries a").Select(link => link.GetAttribute("href")).ShouldContain("/catalog/default/component/ferry-bookings");
    }

    [Fact]
    public async Task Who_has_subscribed_is_told_what_changed_and_who_has_not_is_not()
    {
        await using var portal = await Start(
            Store.Sqlite, files: [("ferry.yaml", Component("ferry")), ("mae.yaml", "apiVersion: backstage.io/v1alpha1\nkind: User\nmetadata:\n  name: mae\nspec:\n  memberOf: []\n")]);
        var ferry = (await portal.Comes("component:default/ferry")).Ref;
        var (mae, kim) = (EntityRef.User("mae"), EntityRef.User("kim"));
        await Eventually.Reach("mae belongs here", TimeSpan.FromSeconds(30), () => Task.FromResult(portal.Portal.Service<IDirectory>().FindPerson(mae)), person => person is not null, Cancelled);
        await portal.Portal.Service<IEntityMarks>().Set(mae, EntityMark.Subscription, ferry, on: true, Cancelled);

        portal.Write("ferry.yaml", Component("ferry", owner: "group:default/b"));
        var told = await Inbox(portal, mae, items => items.Any(item => item.Topic == "catalog.changed"));
        portal.Write("ferry.yaml", Component("ferry", owner: "group:default/c"));
        var replaced = await Inbox(portal, mae, items => items.Any(item => item.Body?.Contains("to group:default/c", StringComparison.Ordinal) == true));
        portal.Delete("ferry.yaml");
        var gone = await Inbox(portal, mae, items => items.Any(item => item.Topic == "catalog.deleted"));

        var changed = told.Single();
        changed.Title.ShouldBe("ferry changed: owner");
        changed.Body.ShouldBe("owner from group:default/a to group:default/b");
        changed.Href!.ShouldStartWith($"{A}/history?change=");
        replaced.Count.ShouldBe(1);
        gone.First(item => item.Topic == "catalog.deleted").Title.ShouldBe("ferry was deleted");
        (await portal.Portal.Service<IInbox>().List(kim, new InboxQuery(), Cancelled)).Items.ShouldBeEmpty();
    }

    private static Task<IReadOnlyList<InboxItem>> Inbox(CatalogPortal portal, EntityRef person, Func<IReadOnlyList<InboxItem>, bool> when) => Eventually.Reach(
        "the inbox is as wanted", TimeSpan.FromSeconds(60), async () => (await portal.Portal.Service<IInbox>().List(person, new InboxQuery { UnreadOnly = true }, Cancelled)).Items, when, Cancelled);

    private async Task<CatalogPortal> Registered(LoopbackServer server, IEnumerable<string> others)
    {
        var work = new SampleRepository(_folder.At("work"));
        _ = new SampleRepository(_folder.At("ferry.git"), isBare: true);
        foreach (var name in others)
        {
            work.Write($"{name}/catalog-info.yaml", Component(name));
        }

        work.Commit("catalog-info.yaml", Component("ferry"));
        work.Git("push", "-q", _folder.At("ferry.git"), "main");
        var portal = await Start(Store.Sqlite, OutageTests.Allowing(server));
        await portal.Register("git", server.At("/ferry.git").ToString());
        await portal.Comes("component:default/ferry");
        await portal.Rests();
        return portal;
    }
}
