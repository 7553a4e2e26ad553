using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using Microsoft.Extensions.DependencyInjection;
using Stagedoor.Plugins;
using Stagedoor.Testing.Portals;
using static Stagedoor.Org.Tests.OrgPortal;

namespace Stagedoor.Org.Tests;

public sealed class ExplorerTests
{
    private const string Small =
        """
        ---
        apiVersion: backstage.io/v1alpha1
        kind: Group
        metadata: { name: north, title: The North, description: "Where it is cold" }
        spec: { type: colony, children: [] }
        """;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_tree_shows_groups_below_their_parents_with_what_is_in_them()
    {
        await using var portal = await OrgPortal.Start(
            Small + "\n" + Group("squad-ice", "north") + Group("squad-snow", "north") + User("ada", "squad-ice") + User("bob", "squad-ice, squad-snow") + Component("sledge", "squad-ice"));
        await Settled(portal, people: 2, groups: 3, owned: 1);

        var page = await portal.Portal.Page("/squads", Cancelled);

        var north = page.QuerySelector("#group-default-north")!;
        Row(north).ShouldBe("The North colony 2 groups 2 people owns 1");
        north.QuerySelectorAll(":scope > details > ul > li").Select(Row).ShouldBe(["squad-ice squad 2 people owns 1", "squad-snow squad 1 person owns 0"]);
        north.QuerySelector("a[href='/catalog/default/group/squad-ice']").ShouldNotBeNull();
        north.QuerySelector("details")!.HasAttribute("open").ShouldBeTrue();
    }

    [Fact]
    public async Task A_text_and_a_type_narrow_it_to_a_list_that_says_where_each_stands()
    {
        await using var portal = await OrgPortal.Start(Small + "\n" + Group("squad-ice", "north") + Group("squad-snow", "north") + Group("cold-hands", type: "guild"));
        await Settled(portal, people: 0, groups: 4);

        (await Names(portal, "/squads?q=cold")).ShouldBe(["cold-hands", "The North"]);
        (await Names(portal, "/squads?type=squad")).ShouldBe(["squad-ice", "squad-snow"]);
        var both = await portal.Portal.Page("/squads?type=squad&q=snow", Cancelled);
        both.QuerySelectorAll(".org-row").ShouldHaveSingleItem().TextContent.ShouldContain("in The North");
        both.QuerySelectorAll("nav.facet a").Select(link => Text(link)).ShouldBe(["squad1"]);
        (await portal.Portal.Page("/squads?q=nothing+like+it", Cancelled)).QuerySelector(".empty h2")!.TextContent.ShouldBe("No group is like this");
    }

    [Fact]
    public async Task A_group_with_hundreds_below_counts_the_people_and_things_of_all_each_once()
    {
        await using var portal = await OrgPortal.Start(
            Group("top") + Group("mid", "top") + string.Concat(Enumerable.Range(0, 300).Select(i => Group($"leaf-{i:000}", "mid")))
            + User("ada", "leaf-001, leaf-002") + User("bob", "leaf-299") + Component("sledge", "leaf-150") + Component("probe", "mid"));
        await Settled(portal, people: 2, groups: 302, owned: 2);

        var page = await portal.Portal.Page("/squads", Cancelled);

        Row(page.QuerySelector("#group-default-top")!).ShouldBe("top squad 1 group 2 people owns 2");
        Row(page.QuerySelector("#group-default-mid")!).ShouldBe("mid squad 300 groups 2 people owns 2");
        page.QuerySelector("#group-default-mid .org-counts a")!.GetAttribute("href").ShouldBe("/squads/people?group=group%3Adefault%2Fmid&members=all");
        page.QuerySelector(".card > header")!.TextContent.ShouldContain("People and things count with all groups below");
    }

    [Fact]
    public async Task Thousands_of_groups_in_a_level_come_page_by_page()
    {
        await using var portal = await OrgPortal.Start(Group("wide") + string.Concat(Enumerable.Range(0, 3000).Select(i => Group($"flat-{i:0000}", "wide"))) + User("ada", "wide"));
        await Settled(portal, people: 1, groups: 3001);

        var tree = await portal.Portal.Page("/squads", Cancelled);
        var first = await portal.Portal.Page("/squads?in=group:default/wide", Cancelled);
        var later = await portal.Portal.Page("/squads?in=group:default/wide&offset=2950", Cancelled);

        tree.QuerySelectorAll(".org-row").Length.ShouldBe(31);
        tree.QuerySelector(".org-rest a")!.GetAttribute("href").ShouldBe("/squads?in=group%3Adefault%2Fwide");
        first.QuerySelectorAll(".org-row .person").Select(Text).Take(2).ShouldBe(["F0flat-0000", "F0flat-0001"]);
        first.QuerySelectorAll(".org-row").Length.ShouldBe(50);
        first.QuerySelector(".pager span")!.TextContent.ShouldBe("1–50 of 3,000");
        later.QuerySelectorAll(".org-row .person").Select(Text).Last().ShouldBe("F2flat-2999");
        (await portal.Portal.Page("/squads/picture", Cancelled)).QuerySelectorAll(".org-chart .box").ShouldHaveSingleItem();
        (await portal.Portal.Page("/squads/picture?in=group:default/flat-0007", Cancelled)).QuerySelectorAll(".org-chart .box").ShouldHaveSingleItem();
    }

    [Fact]
    public async Task A_first_level_that_is_too_wide_for_a_picture_says_so()
    {
        await using var portal = await OrgPortal.Start(string.Concat(Enumerable.Range(0, 200).Select(i => Group($"flat-{i}"))));
        await Settled(portal, people: 0, groups: 200);

        var page = await portal.Portal.Page("/squads/picture", Cancelled);

        page.QuerySelector(".empty h2")!.TextContent.ShouldBe("Too many groups for one picture");
        page.QuerySelector(".empty a")!.GetAttribute("href").ShouldBe("/squads");
        (await portal.Portal.Page("/squads", Cancelled)).QuerySelectorAll(".org-row").Length.ShouldBe(50);
    }

    [Fact]
    public async Task A_branch_that_is_not_shown_by_itself_is_opened_by_the_address()
    {
        await using var portal = await OrgPortal.Start(
            string.Concat(Enumerable.Range(0, 40).Select(i => Group($"top-{i:00}"))) + string.Concat(Enumerable.Range(0, 40).SelectMany(i => Enumerable.Range(0, 25).Select(j => Group($"sub-{i:00}-{j:00}", $"top-{i:00}")))));
        await Settled(portal, people: 0, groups: 1040);

        var closed = await portal.Portal.Page("/squads", Cancelled);
        var opener = closed.QuerySelector("#group-default-top-39 > .org-open")!.GetAttribute("href")!;
        var open = await portal.Portal.Page(opener, Cancelled);

        opener.ShouldBe("/squads?open=group%3Adefault%2Ftop-39#group-default-top-39");
        open.QuerySelectorAll("#group-default-top-39 li").Length.ShouldBe(25);
        open.QuerySelector("#group-default-top-39 > details")!.HasAttribute("open").ShouldBeTrue();
        open.QuerySelector("#group-default-top-38 > .org-open")!.GetAttribute("href")!.ShouldContain("open=group%3Adefault%2Ftop-39&open=group%3Adefault%2Ftop-38");
    }

    [Fact]
    public async Task A_circle_of_parents_is_in_the_tree_once_and_ends()
    {
        await using var portal = await OrgPortal.Start(Group("night", "day") + Group("day", "night") + Group("dusk", "day") + Group("alone", "alone") + Group("lost", "nowhere"));
        await Settled(portal, people: 0, groups: 5);

        var page = await portal.Portal.Page("/squads", Cancelled);

        page.QuerySelectorAll(".org-tree > li").Select(item => item.Id).Where(id => id is not null && page.QuerySelector($".org-tree li li#{id}") is null)
            .ShouldContain("group-default-lost");
        page.QuerySelectorAll(".pill.warn").Select(Text).ShouldBe(["above itself", "above itself"]);
        (await portal.Portal.Page("/squads/picture", Cancelled)).QuerySelectorAll(".org-chart .box").Length.ShouldBe(5);
        var ends = await portal.Portal.Page("/squads/loose-ends", Cancelled);
        Card(ends, "Groups above themselves").QuerySelectorAll("li .person").Select(Text).ShouldBe(["Aalone", "Dday", "Nnight"]);
        Card(ends, "Groups whose parent is missing").TextContent.ShouldContain("names group:default/nowhere");
    }

    [Fact]
    public async Task The_picture_folds_by_the_address_and_marks_a_type()
    {
        await using var portal = await OrgPortal.Start(Small + "\n" + Group("squad-ice", "north") + Group("squad-snow", "north"));
        await Settled(portal, people: 0, groups: 3);

        var open = await portal.Portal.Page("/squads/picture?type=colony", Cancelled);
        var fold = open.QuerySelector(".org-chart a.fold")!.GetAttribute("href")!;
        var folded = await portal.Portal.Page(fold, Cancelled);

        open.QuerySelectorAll(".org-chart .box").Length.ShouldBe(3);
        open.QuerySelectorAll(".org-chart .off").Length.ShouldBe(2);
        folded.QuerySelectorAll(".org-chart .box").ShouldHaveSingleItem();
        folded.QuerySelector(".org-chart .fold")!.TextContent.ShouldBe("+2");
        folded.QuerySelector(".org-chart a.fold")!.GetAttribute("href").ShouldBe("/squads/picture?type=colony#group-default-north");
        (await portal.Portal.Page("/squads/picture?in=group:default/no-such", Cancelled)).QuerySelector(".empty h2")!.TextContent.ShouldBe("Nothing to draw");
    }

    [Fact]
    public async Task A_large_picture_shows_its_first_levels_and_opens_where_one_clicks()
    {
        await using var portal = await OrgPortal.Start(
            Group("hq") + string.Concat(Enumerable.Range(0, 10).Select(i => Group($"part-{i}", "hq") + string.Concat(Enumerable.Range(0, 10).Select(j => Group($"squad-{i}-{j}", $"part-{i}"))))));
        await Settled(portal, people: 0, groups: 111);

        var closed = await portal.Portal.Page("/squads/picture", Cancelled);
        var opener = closed.QuerySelector("#group-default-part-3 .fold")!;
        var open = await portal.Portal.Page(opener.GetAttribute("href")!, Cancelled);
        var everything = await portal.Portal.Page("/squads/picture?levels=all", Cancelled);

        closed.QuerySelectorAll(".org-chart .box").Length.ShouldBe(11);
        opener.TextContent.ShouldBe("+10");
        closed.Body!.TextContent.ShouldContain("11 of 111 groups are shown.");
        open.QuerySelectorAll(".org-chart .box").Length.ShouldBe(21);
        open.QuerySelectorAll("#group-default-part-3 > ul > li").Length.ShouldBe(10);
        open.QuerySelector("#group-default-part-3 .fold")!.GetAttribute("href").ShouldBe("/squads/picture#group-default-part-3");
        everything.QuerySelectorAll(".org-chart .box").Length.ShouldBe(111);
    }

    [Fact]
    public async Task People_are_found_by_name_by_what_they_do_and_by_group()
    {
        await using var portal = await OrgPortal.Start(
            Group("squad-ice", "north") + Small + "\n"
            + User("ada", "squad-ice", "  profile: {displayName: Ada Frost, email: ada@x.example}", "  description: Counts snowflakes.")
            + User("bob", "north", "  profile: {displayName: Bob Thaw}") + User("eve", ""));
        await Settled(portal, people: 3, groups: 2);

        (await People(portal, "")).ShouldBe(["Ada Frost", "Bob Thaw", "eve"]);
        (await People(portal, "?q=snowfl")).ShouldBe(["Ada Frost"]);
        (await People(portal, "?q=ADA@x")).ShouldBe(["Ada Frost"]);
        (await People(portal, "?group=group:default/north")).ShouldBe(["Bob Thaw"]);
        (await People(portal, "?group=group:default/north&members=all")).ShouldBe(["Ada Frost", "Bob Thaw"]);
        (await People(portal, "?group=group:default/north&members=all&q=bob")).ShouldBe(["Bob Thaw"]);
        (await People(portal, "?filter=loose")).ShouldBe(["eve"]);
        (await portal.Portal.Page("/squads/people?q=zzz", Cancelled)).QuerySelector(".empty h2")!.TextContent.ShouldBe("Nobody is like this");
    }

    [Fact]
    public async Task Loose_ends_are_told_with_their_numbers()
    {
        await using var portal = await OrgPortal.Start(
            Group("squad-ice") + Group("nobody-here") + User("ada", "squad-ice") + User("eve", "") + Component("one", "ghosts") + Component("two", "ghosts") + Component("three", "user:nobody") + Component("four", "squad-ice"));
        await Settled(portal, people: 2, groups: 2, owned: 4);

        var page = await portal.Portal.Page("/squads/loose-ends", Cancelled);

        var owners = Card(page, "Owners that do not exist");
        owners.QuerySelectorAll("li").Select(Text).ShouldBe(["group:default/ghostsowns 2", "user:default/nobodyowns 1"]);
        owners.QuerySelectorAll("li a").Select(link => link.GetAttribute("href")).ShouldContain("/catalog?kind=all&owner=group%3Adefault%2Fghosts");
        Card(page, "People in no group").QuerySelectorAll("li .person").Select(Text).ShouldBe(["Eeve"]);
        Card(page, "Groups with nobody in them").QuerySelectorAll("li .person").Select(Text).ShouldBe(["NHnobody-here"]);
        page.QuerySelectorAll(".card h2").Select(Text).ShouldNotContain("Groups above themselves");
    }

    [Fact]
    public async Task Where_nothing_hangs_loose_that_is_said_and_an_empty_portal_says_what_to_do()
    {
        await using var portal = await OrgPortal.Start(Group("squad-ice") + User("ada", "squad-ice"));
        await Settled(portal, people: 1, groups: 1);
        (await portal.Portal.Page("/squads/loose-ends", Cancelled)).QuerySelector(".empty h2")!.TextContent.ShouldBe("Nothing hangs loose");

        await using var empty = await OrgPortal.Start("");
        (await empty.Portal.Page("/squads/loose-ends", Cancelled)).QuerySelector(".empty h2")!.TextContent.ShouldBe("Nobody is here yet");

        foreach (var path in new[] { "/squads", "/squads/picture", "/squads/people" })
        {
            var page = await empty.Portal.Page(path, Cancelled);
            page.QuerySelector(".empty .actions a").ShouldNotBeNull(path);
        }
    }

    [Theory]
    [InlineData("/squads?offset=99999")]
    [InlineData("/squads?offset=-3&open=%00&open=x%2F%2F&in=")]
    [InlineData("/squads?in=%3Cscript%3E")]
    [InlineData("/squads?in=component:default/x")]
    [InlineData("/squads/people?group=nope&offset=7777777777777")]
    [InlineData("/squads/picture?fold=%3A%3A&in=%2F")]
    public async Task Addresses_that_mean_nothing_are_pages_still(string path)
    {
        await using var portal = await OrgPortal.Start(Group("squad-ice") + User("ada", "squad-ice"));

        using var answer = await portal.Http.GetAsync(path, Cancelled);

        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Nobody_sees_what_they_may_not()
    {
        await using var portal = await OrgPortal.Start(
            Small + "\n" + Group("squad-ice", "north") + Group("secret-seven", "north", "  profile: {displayName: Hush}") + User("ada", "secret-seven") + User("mae", "squad-ice"), sample: "polaris", more: new Discretion());
        await portal.Knows("all", directory => directory.FindGroup(EntityRef.Group("secret-seven")) is not null && directory.FindPerson(EntityRef.User("ada")) is not null);
        using var mae = portal.Portal.As("mae");

        foreach (var path in new[] { "/squads", "/squads?in=group:default/north", "/squads?q=secret", "/squads/picture?in=group:default/north", "/squads/picture?in=group:default/secret-seven", "/squads/people?group=group:default/secret-seven", "/squads/loose-ends", "/catalog/default/group/north?members=all" })
        {
            var page = await TestPortal.Page(mae, path, Cancelled);
            page.QuerySelectorAll("main a, main text").Select(Text).Where(text => text.Contains("Hush", StringComparison.OrdinalIgnoreCase)).ShouldBeEmpty(path);
        }

        (await TestPortal.Page(mae, "/squads?in=group:default/north", Cancelled)).QuerySelectorAll(".org-row .person").Select(Text).ShouldBe(["SIsquad-ice"]);
    }

    [Fact]
    public async Task The_page_of_settings_names_a_group_above_ones_own_only_to_those_who_may_see_it()
    {
        await using var portal = await OrgPortal.Start(
            Group("secret-seven", "open-eight", "  profile: {displayName: Hush}") + Group("open-eight", "secret-nine", "  profile: {displayName: Open}")
            + Group("secret-nine", more: "  profile: {displayName: Silence}") + User("ada", "secret-seven"), sample: "polaris", more: new Discretion());
        await portal.Knows("all", directory => directory.GroupsOf(EntityRef.User("ada")).Count == 3);
        using var ada = portal.Portal.As("ada");

        var page = await TestPortal.Page(ada, "/settings", Cancelled);

        page.QuerySelectorAll("main a.chip").Select(Text).ShouldBe(["Hush", "Open", "secret-nine"]);
    }

    [Fact]
    public async Task What_one_may_see_below_what_one_may_not_stands_where_the_tree_begins()
    {
        await using var portal = await OrgPortal.Start(
            Small + "\n" + Group("secret-seven", "north", "  profile: {displayName: Hush}") + Group("squad-ice", "secret-seven") + Group("squad-snow", "squad-ice") + User("mae", "squad-ice"), sample: "polaris", more: new Discretion());
        await portal.Knows("all", directory => directory.FindGroup(EntityRef.Group("squad-snow")) is not null && directory.FindGroup(EntityRef.Group("secret-seven")) is not null);
        using var mae = portal.Portal.As("mae");

        var tree = await TestPortal.Page(mae, "/squads", Cancelled);
        var picture = await TestPortal.Page(mae, "/squads/picture", Cancelled);

        tree.QuerySelectorAll(".org-tree > li").ShouldContain(item => item.Id == "group-default-squad-ice");
        tree.QuerySelector("#group-default-squad-ice #group-default-squad-snow").ShouldNotBeNull();
        tree.Body!.TextContent.ShouldNotContain("Hush");
        picture.QuerySelector(".org-chart")!.TextContent.ShouldContain("squad-ice");
        picture.QuerySelector(".org-chart")!.TextContent.ShouldNotContain("Hush");
    }

    [Fact]
    public async Task More_loose_ends_than_a_card_holds_have_pages()
    {
        await using var portal = await OrgPortal.Start(string.Concat(Enumerable.Range(0, 25).Select(i => Group($"lost-{i:00}", "nowhere") + Component($"ghostly-{i:00}", $"ghost-{i:00}"))));
        await Settled(portal, people: 0, groups: 25, owned: 25);

        var first = await portal.Portal.Page("/squads/loose-ends", Cancelled);
        var next = Card(first, "Groups whose parent is missing").QuerySelector(".pager a[rel=next]")!.GetAttribute("href")!;
        var later = await portal.Portal.Page(next, Cancelled);
        var owners = await portal.Portal.Page("/squads/loose-ends?owners=20", Cancelled);

        Card(first, "Groups whose parent is missing").QuerySelectorAll("li").Length.ShouldBe(20);
        next.ShouldBe("/squads/loose-ends?lost=20");
        Card(later, "Groups whose parent is missing").QuerySelectorAll("li").Length.ShouldBe(5);
        Card(later, "Owners that do not exist").QuerySelectorAll("li").Length.ShouldBe(20);
        Card(owners, "Owners that do not exist").QuerySelectorAll("li").Length.ShouldBe(5);
    }

    private static async Task<IReadOnlyList<string>> Names(OrgPortal portal, string path) =>
        [.. (await portal.Portal.Page(path, Cancelled)).QuerySelectorAll(".org-row .person a").Select(Text)];

    private static async Task<IReadOnlyList<string>> People(OrgPortal portal, string query) =>
        [.. (await portal.Portal.Page($"/squads/people{query}", Cancelled)).QuerySelectorAll("td .person a").Select(Text)];

    private static async Task Settled(OrgPortal portal, int people, int groups, int owned = 0)
    {
        await portal.Knows("all", directory => directory.People.Count == people && directory.Groups.Count == groups);
        await Stagedoor.Testing.Waiting.Eventually.Reach(
            "what is owned is there", TimeSpan.FromSeconds(60),
            async () => await portal.Portal.Service<ICatalog>().Count(new EntityFilter.Exists("relations.ownedBy"), Caller.Portal, Cancelled), count => count == owned, Cancelled);
    }

    private static IElement Card(IHtmlDocument page, string title) =>
        page.QuerySelectorAll(".card").Single(card => card.QuerySelector("h2")!.FirstChild!.TextContent == title);

    private static string Row(IElement item) => string.Join(' ', item.QuerySelector(".org-row")!.QuerySelectorAll(".person > a, .chip, .org-counts > span").Select(Text));

    private static string Text(IElement element) => string.Join(' ', element.TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    /// <summary>Keeps secrets from everybody but the portal.</summary>
    private sealed class Discretion : IPlugin
    {
        public PluginInfo Info { get; } = new("discretion", "Discretion", "Hides secrets.");

        public void Configure(PluginBuilder plugin) => plugin.Services.AddSingleton<IReadFilter, Secrets>();
    }

    private sealed class Secrets : IReadFilter
    {
        public ValueTask<EntityFilter> ScopeOf(Caller caller, CancellationToken cancellationToken) =>
            ValueTask.FromResult<EntityFilter>(new EntityFilter.Not(new EntityFilter.StartsWith("metadata.name", "secret")));
    }
}
