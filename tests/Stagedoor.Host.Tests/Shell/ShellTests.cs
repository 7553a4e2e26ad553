using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Stagedoor.Host.Tests.Loading;
using Stagedoor.Plugins;
using Stagedoor.Testing.Portals;

namespace Stagedoor.Host.Tests.Shell;

public sealed class ShellTests
{
    private static readonly Permission Hidden = new("stage.hidden", "See what is hidden.");

    private static readonly IPlugin Stage = new TestPlugin("stage", plugin => plugin
        .Permission(Hidden, Role.Administrator)
        .Navigation(new NavigationItem("Rehearsals", "/rehearsals") { Group = "Theatre", Shortcut = 'r' })
        .Navigation(new NavigationItem("Trap door", "/trap-door") { Group = "Theatre", Permission = Hidden })
        .Action(new ActionItem("Raise the curtain", "/rehearsals?do=raise"))
        .Search<Actors>()
        .Search<Forgetful>());

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_sidebar_shows_what_the_caller_may_see()
    {
        await using var portal = await Start();
        using var kim = portal.As("kim");

        var mine = (await portal.Page("/settings", Cancelled)).QuerySelector("nav.side")!.TextContent;
        var hers = (await TestPortal.Page(kim, "/settings", Cancelled)).QuerySelector("nav.side")!.TextContent;

        mine.ShouldContain("Rehearsals");
        mine.ShouldNotContain("Trap door");
        hers.ShouldContain("Trap door");
    }

    [Fact]
    public async Task Links_of_ones_own_stand_under_their_heading_and_one_that_fails_is_left_out()
    {
        await using var portal = await TestPortal.Start(
            new TestPortalOptions { Plugins = [Stage, new TestPlugin("troupe", plugin => plugin.Navigation<OwnParts>().Navigation<NoParts>())] }, Cancelled);
        using var kim = portal.As("kim");

        var mine = (await portal.Page("/settings", Cancelled)).QuerySelector("nav.side")!;
        var hers = (await TestPortal.Page(kim, "/settings", Cancelled)).QuerySelector("nav.side")!;

        var theatre = mine.QuerySelectorAll("h2").Single(heading => heading.TextContent == "Theatre").NextElementSibling!;
        theatre.QuerySelectorAll("a span").Select(link => link.TextContent).ShouldBe(["The part of <b>mae</b>", "Rehearsals"]);
        theatre.QuerySelectorAll("a").Select(link => link.GetAttribute("href")).ShouldContain("/parts/mae");
        hers.TextContent.ShouldContain("The part of <b>kim</b>");
        hers.TextContent.ShouldNotContain("The part of <b>mae</b>");
        mine.TextContent.ShouldNotContain("Never");
        (await portal.Http.GetFromJsonAsync<JsonElement>("/api/portal/palette?q=part", Cancelled)).ToString().ShouldContain("/parts/mae");
    }

    [Fact]
    public async Task The_palette_finds_pages_actions_and_what_plugins_know_and_survives_one_that_fails()
    {
        await using var portal = await Start();

        var found = await portal.Http.GetFromJsonAsync<JsonElement>("/api/portal/palette?q=ra", Cancelled);

        var titles = found.GetProperty("sections").EnumerateArray().SelectMany(section => section.GetProperty("items").EnumerateArray())
            .Select(item => item.GetProperty("title").GetString()).ToList();
        titles.ShouldContain("Raise the curtain");
        titles.ShouldContain("Rachel the actor");
        titles.ShouldNotContain("Ragnar behind the trap door");
    }

    [Fact]
    public async Task Find_shows_the_same_without_scripts_and_escapes_what_was_typed()
    {
        await using var portal = await Start();

        (await portal.Page("/find?q=raise", Cancelled)).QuerySelectorAll("main a").Select(link => link.GetAttribute("href")).ShouldContain("/rehearsals?do=raise");
        var nothing = await portal.Page("/find?q=%3Cimg%20src%3Dx%3E", Cancelled);
        nothing.QuerySelector("main img").ShouldBeNull();
        nothing.Body!.TextContent.ShouldContain("Nothing was found");
    }

    [Fact]
    public async Task A_theme_is_chosen_without_scripts_and_leads_back_to_the_page_it_was_chosen_on()
    {
        await using var portal = await Start();

        using var chosen = await Choose(portal, "dark", new Uri(portal.Http.BaseAddress!, "/find?q=x").ToString());

        chosen.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        chosen.Headers.Location!.OriginalString.ShouldBe("/find?q=x");
        chosen.Headers.GetValues("Set-Cookie").Single().ShouldContain("stagedoor-theme=dark");
    }

    [Theory]
    [InlineData("https://evil.example/find")]
    [InlineData("//evil.example")]
    [InlineData("javascript:alert(1)")]
    public async Task Choosing_a_theme_never_leads_away_from_the_portal(string referer)
    {
        await using var portal = await Start();

        using var chosen = await Choose(portal, "dark", referer);

        chosen.Headers.Location!.OriginalString.ShouldBe("/");
    }

    [Fact]
    public async Task What_the_shell_keeps_of_one_reader_is_not_shown_to_another()
    {
        await using var portal = await Start();
        using var kim = portal.As("kim");

        (await portal.Page("/settings", Cancelled)).QuerySelector("nav.side .who")!.TextContent.ShouldContain("Mae Albrecht");
        (await TestPortal.Page(kim, "/settings", Cancelled)).QuerySelector("nav.side .who")!.TextContent.ShouldContain("Kim Holm");
        (await portal.Page("/find?q=x", Cancelled)).QuerySelector("nav.side [aria-current]").ShouldBeNull();
        (await portal.Page("/settings", Cancelled)).QuerySelector("nav.side [aria-current]")!.GetAttribute("href").ShouldBe("/settings");
        (await portal.Page("/find?q=%22%3E%3Cb%3E", Cancelled)).QuerySelector("#top-search")!.GetAttribute("value").ShouldBe("\"><b>");
    }

    [Fact]
    public async Task The_theme_of_the_configuration_is_a_stylesheet_of_its_own()
    {
        await using var portal = await TestPortal.Start(
            new TestPortalOptions { Configuration = "portal:\n  name: Backdoor\n  accent:\n    light: \"#aa3355\"\n" }, Cancelled);

        var page = await portal.Page("/settings", Cancelled);

        page.QuerySelector(".brand")!.TextContent.ShouldContain("Backdoor");
        var href = page.QuerySelectorAll("link[rel=stylesheet]").Select(link => link.GetAttribute("href")).Single(link => link!.StartsWith("/theme.css", StringComparison.Ordinal));
        (await portal.Http.GetStringAsync(href, Cancelled)).ShouldContain("--accent:#aa3355");
    }

    [Fact]
    public async Task A_page_without_a_form_of_its_own_sets_no_cookie()
    {
        await using var portal = await Start();
        using var response = await portal.Http.GetAsync("/settings", Cancelled);

        response.Headers.Contains("Set-Cookie").ShouldBeFalse();
        response.Headers.GetValues("Speculation-Rules").ShouldHaveSingleItem();
    }

    private static Task<TestPortal> Start() => TestPortal.Start(new TestPortalOptions { Plugins = [Stage] }, Cancelled);

    private static async Task<HttpResponseMessage> Choose(TestPortal portal, string theme, string referer)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/theme") { Content = new FormUrlEncodedContent(new Dictionary<string, string> { ["theme"] = theme }) };
        request.Headers.TryAddWithoutValidation("Referer", referer);
        return await portal.Http.SendAsync(request, Cancelled);
    }

    private sealed class Actors : ISearchSource
    {
        public string Title => "Actors";

        public IAsyncEnumerable<SearchDocument> All(CancellationToken cancellationToken) => AsyncEnumerable.Empty<SearchDocument>();

        public Task<IReadOnlyList<SearchDocument>> Suggest(string text, Caller caller, int limit, CancellationToken cancellationToken) =>
            Task.FromResult<IReadOnlyList<SearchDocument>>(
            [
                .. new[]
                {
                    new SearchDocument("1", "Rachel the actor", "/actors/1"),
                    new SearchDocument("2", "Ragnar behind the trap door", "/actors/2") { Permission = Hidden },
                }.Where(actor => actor.Title.StartsWith(text, StringComparison.OrdinalIgnoreCase)),
            ]);
    }

    private sealed class Forgetful : ISearchSource
    {
        public string Title => "Forgetful";

        public IAsyncEnumerable<SearchDocument> All(CancellationToken cancellationToken) => AsyncEnumerable.Empty<SearchDocument>();

        public Task<IReadOnlyList<SearchDocument>> Suggest(string text, Caller caller, int limit, CancellationToken cancellationToken) =>
            throw new InvalidOperationException("forgot everything");
    }

    private sealed class OwnParts : IPersonalNavigation
    {
        public ValueTask<IReadOnlyList<NavigationItem>> For(Caller caller, CancellationToken cancellationToken) => ValueTask.FromResult<IReadOnlyList<NavigationItem>>(
        [
            new($"The part of <b>{caller.Ref.Name}</b>", $"/parts/{caller.Ref.Name}") { Group = "Theatre", Order = 5 },
            new("Never", "/never") { Permission = Hidden with { Name = "stage.nobody" } },
        ]);
    }

    private sealed class NoParts : IPersonalNavigation
    {
        public ValueTask<IReadOnlyList<NavigationItem>> For(Caller caller, CancellationToken cancellationToken) => throw new InvalidOperationException("There is no play.");
    }
}
