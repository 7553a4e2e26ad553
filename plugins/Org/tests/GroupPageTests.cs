using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using Stagedoor.Plugins;
using Stagedoor.Testing.Portals;
using Stagedoor.Testing.Waiting;
using static Stagedoor.Org.Tests.OrgPortal;

namespace Stagedoor.Org.Tests;

public sealed class GroupPageTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_group_shows_who_it_is_where_it_stands_who_is_in_it_and_what_it_owns()
    {
        await using var portal = await OrgPortal.Start(
            Group("north") + Group("squad-ice", "north", "  profile: {displayName: Squad Ice, email: ice@x.example, picture: 'https://pictures.example/ice.png'}",
                metadata: "  description: Keeps **cool**.\n  links: [{url: 'https://chat.example/ice', title: '#ice'}, {url: 'mailto:x@y.example'}]") + Group("deep", "squad-ice")
            + User("ada", "squad-ice", "  profile: {displayName: Ada Frost}", "  description: Counts.\n  labels: {role: lead}") + User("bob", "deep")
            + Component("sledge", "squad-ice") + Component("ski", "squad-ice", "library") + Component("probe", "deep"));
        await Owned(portal, 3);

        var page = await portal.Portal.Page("/catalog/default/group/squad-ice", Cancelled);

        var profile = Card(page, "Profile");
        Text(profile).ShouldContain("Squad Ice squad-ice · squad");
        profile.QuerySelector("strong")!.TextContent.ShouldBe("cool");
        profile.QuerySelectorAll(".org-contact a").Select(link => link.GetAttribute("href")).ShouldBe(["mailto:ice@x.example", "https://chat.example/ice", "mailto:x@y.example"]);
        profile.QuerySelector(".org-profile img")!.GetAttribute("src").ShouldBe("https://pictures.example/ice.png");
        profile.QuerySelectorAll(".meta a").Select(link => link.GetAttribute("href")).ShouldBe(["/catalog/default/group/north", "/catalog/default/group/deep"]);
        Text(Card(page, "Members").QuerySelectorAll("li").ShouldHaveSingleItem()).ShouldBe("AF Ada Frost lead Counts.");
        Tiles(page).ShouldBe(["2 Components library 1 , service 1"]);
        Card(page, "Ownership").QuerySelectorAll(".org-tiles a").Select(link => link.GetAttribute("href"))
            .ShouldContain("/catalog?kind=component&type=library&owner=group%3Adefault%2Fsquad-ice");
    }

    [Fact]
    public async Task Members_and_ownership_of_child_groups_are_counted_when_the_address_says_so()
    {
        await using var portal = await OrgPortal.Start(
            Group("north") + Group("squad-ice", "north") + Group("deep", "squad-ice") + User("ada", "squad-ice") + User("bob", "deep, squad-ice") + Component("sledge", "squad-ice") + Component("probe", "deep"));
        await Owned(portal, 2);

        var direct = await portal.Portal.Page("/catalog/default/group/north?ownership=direct", Cancelled);
        var all = await portal.Portal.Page("/catalog/default/group/north?members=all&ownership=aggregated", Cancelled);

        Text(Card(direct, "Members")).ShouldContain("Nobody is in it");
        Text(Card(direct, "Ownership")).ShouldContain("Owns nothing");
        Card(all, "Members").QuerySelectorAll("li").Select(Text).ShouldBe(["A ada in squad-ice", "B bob in deep, squad-ice"]);
        Tiles(all).ShouldBe(["2 Components service 2"]);
        Card(all, "Ownership").QuerySelector(".org-tiles small a")!.GetAttribute("href").ShouldBe("/catalog?kind=component&type=service&owner=group%3Adefault%2Fnorth&owner=group%3Adefault%2Fsquad-ice&owner=group%3Adefault%2Fdeep");
        Card(all, "Ownership").QuerySelectorAll(".org-switch a").Select(link => link.GetAttribute("href")!.Split('#')[0])
            .ShouldBe(["/catalog/default/group/north?members=all&ownership=direct", "/catalog/default/group/north?members=all&ownership=aggregated"]);
    }

    [Fact]
    public async Task Twelve_thousand_members_are_shown_sixty_at_a_time()
    {
        await using var portal = await OrgPortal.Start(Group("crowd"));
        foreach (var part in Enumerable.Range(0, 12))
        {
            portal.Write(string.Concat(Enumerable.Range(part * 1000, 1000).Select(i => User($"p{i:00000}", "crowd", $"  profile: {{displayName: Person {i:00000}}}"))), $"people-{part}.yaml");
        }

        await portal.Knows("twelve thousand", directory => directory.MembersOf(EntityRef.Group("crowd")).Count == 12_000);

        var last = await portal.Portal.Page("/catalog/default/group/crowd?from=11940", Cancelled);

        var members = Card(last, "Members");
        members.QuerySelector("h2 .n")!.TextContent.ShouldBe("12,000");
        members.QuerySelectorAll("li").Length.ShouldBe(60);
        members.QuerySelector("li:last-child a")!.TextContent.ShouldBe("Person 11999");
        Text(members.QuerySelector(".pager span")!).ShouldBe("11,941 – 12,000 of 12,000");
        members.QuerySelector(".pager a[rel=prev]")!.GetAttribute("href").ShouldBe("/catalog/default/group/crowd?from=11880#members");
        members.QuerySelector(".pager a[rel=next]")!.HasAttribute("href").ShouldBeFalse();
    }

    [Fact]
    public async Task Html_emoji_long_and_right_to_left_names_are_text()
    {
        var longName = new string('a', 300);
        await using var portal = await OrgPortal.Start(
            Group("odd", more: "  profile: {displayName: '<img src=x onerror=alert(1)> فريق 🎭', email: 'a@b.example?bcc=all@x', picture: 'javascript:alert(1)'}", metadata: "  description: '<script>alert(1)</script> text'\n  title: x")
            + Group("long", "odd", $"  profile: {{displayName: {longName}}}") + User("ada", "odd", "  profile: {displayName: '<b>Ada</b>'}", "  description: '<svg onload=alert(1)>bio'"));
        await portal.Knows("ada", directory => directory.People.Count == 1 && directory.Groups.Count == 2);

        foreach (var path in new[] { "/catalog/default/group/odd", "/catalog/default/group/long", "/catalog/default/user/ada", "/squads", "/squads/picture", "/squads/people" })
        {
            var page = await portal.Portal.Page(path, Cancelled);
            page.QuerySelectorAll("main script:not([src]), main img, main b b, main svg[onload], main [onerror]").ShouldBeEmpty(path);
            page.QuerySelector("main")!.TextContent.ShouldNotBeEmpty();
        }

        var odd = await portal.Portal.Page("/catalog/default/group/odd", Cancelled);
        odd.QuerySelector("h1")!.TextContent.ShouldBe("<img src=x onerror=alert(1)> فريق 🎭");
        odd.QuerySelectorAll("a[href^='mailto:'], a[href^='javascript:']").ShouldBeEmpty();
        Card(odd, "Members").QuerySelector("li a")!.TextContent.ShouldBe("<b>Ada</b>");
    }

    [Fact]
    public async Task A_person_shows_their_groups_and_through_which_and_what_their_groups_own()
    {
        await using var portal = await OrgPortal.Start(
            Group("north") + Group("squad-ice", "north") + User("ada", "squad-ice, gone", metadata: "  description: Counts.") + Component("sledge", "squad-ice") + Component("map", "north") + Component("own", "user:ada", "website"));
        await Owned(portal, 3);

        var page = await portal.Portal.Page("/catalog/default/user/ada", Cancelled);
        var direct = await portal.Portal.Page("/catalog/default/user/ada?ownership=direct", Cancelled);

        Card(page, "Groups").QuerySelectorAll("li").Select(Text).ShouldBe(["gone missing member", "SI squad-ice squad member", "N north squad through squad-ice"], ignoreOrder: true);
        Text(Card(page, "Profile")).ShouldContain("Counts.");
        Tiles(page).ShouldBe(["3 Components service 2 , website 1"]);
        Tiles(direct).ShouldBe(["1 Component website"]);
        page.QuerySelector("main")!.TextContent.ShouldNotContain("tarred by");
    }

    [Fact]
    public async Task What_is_no_group_and_no_person_has_none_of_this()
    {
        await using var portal = await OrgPortal.Start(Group("squad-ice") + Component("sledge", "squad-ice"));
        await Owned(portal, 1);

        var titles = (await portal.Portal.Page("/catalog/default/component/sledge", Cancelled)).QuerySelectorAll(".card h2").Select(title => title.FirstChild!.TextContent).ToList();

        titles.ShouldNotContain("Profile");
        titles.ShouldNotContain("Members");
        titles.ShouldNotContain("Ownership");
    }

    [Fact]
    public async Task The_sidebar_leads_to_each_of_ones_groups_and_behind_eight_to_all_of_them()
    {
        await using var portal = await OrgPortal.Start(
            string.Concat(Enumerable.Range(0, 10).Select(i => Group($"g{i}", more: $"  profile: {{displayName: Group {i}}}"))) + User("busy", string.Join(", ", Enumerable.Range(0, 10).Select(i => $"g{i}"))) + User("calm", "g3") + User("alone", ""),
            sample: "polaris");
        await portal.Knows("all three", directory => directory.FindPerson(EntityRef.User("alone")) is not null && directory.FindPerson(EntityRef.User("busy")) is { MemberOf.Count: 10 });

        (await Links(portal, "busy")).ShouldBe([.. Enumerable.Range(0, 8).Select(i => $"/catalog/default/group/g{i}"), "/squads?filter=mine"]);
        (await Links(portal, "calm")).ShouldBe(["/catalog/default/group/g3"]);
        (await Links(portal, "alone")).ShouldBeEmpty();
        using var busy = portal.Portal.As("busy");
        (await TestPortal.Page(busy, "/squads?filter=mine", Cancelled)).QuerySelectorAll(".org-row").Length.ShouldBe(10);

        portal.Write(Group("g3", more: "  profile: {displayName: Renamed}") + Group("g4") + User("calm", "g4, g3"));
        await portal.Knows("another group of calm", directory => directory.FindPerson(EntityRef.User("calm")) is { MemberOf.Count: 2 });
        (await Links(portal, "calm")).ShouldBe(["/catalog/default/group/g3", "/catalog/default/group/g4"]);
    }

    [Fact]
    public async Task The_sidebar_can_be_kept_to_some_types_of_groups()
    {
        await using var portal = await OrgPortal.Start(
            Group("squad-ice") + Group("everybody", type: "all") + User("ada", "everybody, squad-ice"), sample: "polaris", settings: "\norg:\n  sidebarTypes: [Squad]\n");
        await portal.Knows("ada", directory => directory.FindPerson(EntityRef.User("ada")) is { MemberOf.Count: 2 } && directory.FindGroup(EntityRef.Group("squad-ice")) is not null);

        (await Links(portal, "ada")).ShouldBe(["/catalog/default/group/squad-ice"]);
    }

    private static async Task<IReadOnlyList<string?>> Links(OrgPortal portal, string person)
    {
        using var client = portal.Portal.As(person);
        var heading = (await TestPortal.Page(client, "/squads", Cancelled)).QuerySelectorAll("nav.side h2").SingleOrDefault(heading => heading.TextContent == "Your squads");
        return [.. (heading?.NextElementSibling!.QuerySelectorAll("a") ?? Enumerable.Empty<IElement>()).Select(link => link.GetAttribute("href"))];
    }

    private static async Task Owned(OrgPortal portal, int owned)
    {
        var catalog = portal.Portal.Service<ICatalog>();
        await Eventually.Reach(
            "what is owned is there", TimeSpan.FromSeconds(60), async () => await catalog.Count(new EntityFilter.Exists("relations.ownedBy"), Caller.Portal, Cancelled), count => count == owned, Cancelled);
        var people = await catalog.Count(EntityFilter.OfKind("User"), Caller.Portal, Cancelled);
        await portal.Knows("as many people as the catalog", directory => directory.People.Count == people);
    }

    private static IEnumerable<string> Tiles(IHtmlDocument page) => Card(page, "Ownership").QuerySelectorAll(".org-tiles li").Select(Text);

    private static IElement Card(IHtmlDocument page, string title) =>
        page.QuerySelectorAll(".card").Single(card => card.QuerySelector("h2")!.FirstChild!.TextContent == title);

    /// <summary>The words of an element, those of each of its texts apart from the next.</summary>
    private static string Text(IElement element) => string.Join(
        ' ', element.Descendants<IText>().SelectMany(text => text.Data.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)));
}
