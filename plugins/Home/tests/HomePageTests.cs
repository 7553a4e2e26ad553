using Stagedoor.Testing.Portals;

namespace Stagedoor.Home.Tests;

public sealed class HomePageTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_greets_by_the_first_name_and_shows_the_squad_with_its_people()
    {
        await using var portal = await Start();

        var page = await portal.Page("/", Cancelled);

        page.QuerySelector("h1")!.TextContent.ShouldBe("Hello, Mae");
        page.QuerySelectorAll("main h2").Select(heading => heading.TextContent).ShouldContain(title => title.StartsWith("Squad Lantern"));
        page.QuerySelectorAll(".people li").ShouldContain(person => person.TextContent.Contains("Mae Albrecht") && person.TextContent.Contains("You"));
        page.QuerySelector("form[action='/find'] input[name=q]").ShouldNotBeNull();
    }

    [Fact]
    public async Task Somebody_without_a_squad_is_told_where_squads_come_from()
    {
        await using var portal = await TestPortal.Start(new TestPortalOptions { Plugins = [new HomePlugin()], Sample = "none" }, Cancelled);

        var page = await portal.Page("/", Cancelled);

        page.QuerySelector("h1")!.TextContent.ShouldBe("Hello");
        page.Body!.TextContent.ShouldContain("You are in no squad yet");
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
        page.QuerySelector("a[href='https://grafana.polaris.example']")!.TextContent.ShouldBe("<b>Observability</b>");
    }

    [Fact]
    public async Task A_link_that_is_a_script_fails_the_plugin_and_not_the_portal()
    {
        await using var portal = await Start("home:\n  links:\n    - title: Evil\n      url: javascript:alert(1)\n");
        using var kim = portal.As("kim");

        (await TestPortal.Page(kim, "/settings/plugins", Cancelled)).Body!.TextContent.ShouldContain("A link begins with https://");
    }

    private static Task<TestPortal> Start(string? configuration = null) =>
        TestPortal.Start(new TestPortalOptions { Plugins = [new HomePlugin()], Configuration = configuration }, Cancelled);
}
