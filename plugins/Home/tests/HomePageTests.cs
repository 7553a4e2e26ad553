using Stagedoor.Testing.Portals;

namespace Stagedoor.Home.Tests;

/// <summary>The start page of a portal that has no catalog.</summary>
public sealed class HomePageTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_greets_by_the_first_name_and_shows_the_squad_with_its_people()
    {
        await using var portal = await Start();

        var page = await portal.Page("/", Cancelled);

        page.QuerySelector("h1")!.TextContent.ShouldBe("Hello, Mae");
        page.QuerySelector(".squad h3")!.TextContent.ShouldContain("Squad Lantern");
        page.QuerySelectorAll(".squad .avatar").Length.ShouldBe(7, "six members, and the squad itself");
        page.QuerySelector("main form[action='/find'] input[name=q]")!.GetAttribute("placeholder")!.ShouldContain("by name or title");
    }

    [Fact]
    public async Task Somebody_new_is_told_what_each_card_is_for()
    {
        await using var portal = await TestPortal.Start(new TestPortalOptions { Plugins = [new HomePlugin()], Sample = "none" }, Cancelled);

        var page = await portal.Page("/", Cancelled);

        page.QuerySelector("h1")!.TextContent.ShouldBe("Hello");
        page.Body!.TextContent.ShouldContain("You are in no squad yet");
        page.Body!.TextContent.ShouldContain("Nothing starred yet");
        page.QuerySelector(".broken").ShouldBeNull();
    }

    [Fact]
    public async Task Links_of_the_configuration_are_tiles_and_what_they_say_is_escaped()
    {
        await using var portal = await Start(
            """
            home:
              lede: Everything starts here.
              links:
                - title: "<b>Observability</b>"
                  url: https://grafana.polaris.example
                  text: Dashboards of everything that runs
            """);

        var page = await portal.Page("/", Cancelled);

        page.QuerySelector(".lede")!.TextContent.ShouldBe("Everything starts here.");
        page.QuerySelector("a[href='https://grafana.polaris.example'] b")!.TextContent.ShouldBe("<b>Observability</b>");
    }

    [Fact]
    public async Task Documents_to_begin_with_lead_where_the_configuration_says_in_its_order()
    {
        await using var portal = await Start(
            """
            home:
              gettingStarted:
                - title: Second things last
                  url: /find
                - title: Onboarding
                  text: Your first day
                  entity: component:default/onboarding
            """);

        var page = await portal.Page("/", Cancelled);

        page.QuerySelectorAll("ol.found a").Select(link => link.GetAttribute("href")).ShouldBe(["/find", "/catalog/default/component/onboarding"]);
    }

    [Theory]
    [InlineData("links:\n    - title: Evil\n      url: javascript:alert(1)", "A link begins with https://")]
    [InlineData("links:\n    - title: Elsewhere\n      url: //evil.example", "A link begins with https://")]
    [InlineData("gettingStarted:\n    - title: Nowhere", "either a url or an entity")]
    [InlineData("gettingStarted:\n    - title: Both\n      url: /find\n      entity: component:default/x", "either a url or an entity")]
    [InlineData("announcements:\n    - id: a\n      title: One\n    - id: a\n      title: Two", "have the id 'a'")]
    [InlineData("announcements:\n    - id: a\n      title: One\n      from: 2026-03-02T00:00:00Z\n      until: 2026-03-01T00:00:00Z", "ends before it begins")]
    [InlineData("announcements:\n    - id: a\n      title: One\n      link: javascript:alert(1)", "A link begins with https://")]
    public async Task A_mistake_in_the_configuration_fails_the_plugin_and_not_the_portal(string section, string says)
    {
        await using var portal = await Start($"home:\n  {section}\n");
        using var kim = portal.As("kim");

        (await TestPortal.Page(kim, "/settings/plugins", Cancelled)).Body!.TextContent.ShouldContain(says);
    }

    [Fact]
    public async Task Cards_stand_as_the_configuration_says_and_a_star_means_the_rest()
    {
        await using var portal = await Start("home:\n  cards: [home.your-squads, '*', home.starred]\n  hide: [home.getting-started]\n");

        (await Cards(portal)).ShouldBe(["Your squads", "Starred"]);
    }

    [Fact]
    public async Task Without_a_star_only_what_is_named_is_shown_and_administrators_hear_of_names_that_are_none()
    {
        await using var portal = await Start("home:\n  cards: [home.starred, home.sttarred]\n");
        using var kim = portal.As("kim");

        (await Cards(portal)).ShouldBe(["Starred"]);
        (await portal.Page("/", Cancelled)).QuerySelector("main .banner").ShouldBeNull();
        (await TestPortal.Page(kim, "/", Cancelled)).QuerySelector("main .banner")!.TextContent.ShouldContain("home.sttarred");
    }

    private static async Task<List<string>> Cards(TestPortal portal) =>
        [.. (await portal.Page("/", Cancelled)).QuerySelectorAll(".home .card > header h2").Select(title => title.FirstChild!.TextContent)];

    private static Task<TestPortal> Start(string? configuration = null) =>
        TestPortal.Start(new TestPortalOptions { Plugins = [new HomePlugin()], Configuration = configuration ?? "home:\n  links: []\n  gettingStarted: []\n  announcements: []\n" }, Cancelled);
}
