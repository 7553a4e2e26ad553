using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using static Stagedoor.Docs.Tests.Pages.DocsPortal;

namespace Stagedoor.Docs.Tests.Pages;

public sealed class ReaderPageTests
{
    private const string Site = "/docs/default/component/ledger";

    private static readonly (string, string)[] Files =
    [
        ("mkdocs.yml",
            """
            site_name: Ledger handbook
            nav:
              - Home: index.md
              - Guide:
                  - Setting up: guide/setup.md
                  - Upkeep: guide/upkeep.md
              - Gone: guide/gone.md
              - Status: https://status.example.com/
            plugins:
              - techdocs-core
              - redirects: {redirect_maps: {old/start.md: guide/setup.md}}
            """),
        ("docs/index.md", "# Ledger\n\nKeeps *money*. [Set it up](guide/setup.md), or [not](nowhere.md).\n"),
        ("docs/guide/setup.md", "# Setting up\n\n## Get it\n\nClone the walrus.\n\n```bash\nmake\n```\n\n## Run it\n\nRun.\n\n### On Windows\n\nAlso.\n"),
        ("docs/guide/upkeep.md", "---\nhide: [toc, navigation]\n---\nNo heading at all.\n\n## One\n\n## Two\n"),
        ("docs/img/flow.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 9 9\"><script>alert(1)</script></svg>"),
        ("docs/data.bin", "whatever"),
    ];

    [Fact]
    public async Task A_page_stands_between_its_site_and_its_contents()
    {
        await using var portal = await Start("", Files);

        var page = await portal.Page($"{Site}/guide/setup");

        page.Title.ShouldStartWith("Setting up · Ledger handbook");
        page.QuerySelectorAll("main h1").Select(Text).ShouldBe(["Setting up¶"]);
        Links(page, ".crumbs").ShouldBe(["Docs > /docs", "Ledger handbook > " + Site]);
        page.QuerySelectorAll(".crumbs li").Select(Text).Last().ShouldBe("Guide");
        Links(page, ".docs-facts").ShouldBe(["The ledger > /catalog/default/component/ledger", "squad-ice > /catalog/default/group/squad-ice", "1 problem > " + Site + "/guide/setup#docs-report"]);
        Text(page.QuerySelector("#docs-nav [aria-current=page]")!).ShouldBe("Setting up");
        page.QuerySelectorAll("#docs-nav details").ShouldHaveSingleItem().HasAttribute("open").ShouldBeTrue();
        Links(page, "#docs-toc").ShouldBe([$"Get it > {Site}/guide/setup#get-it", $"Run it > {Site}/guide/setup#run-it", $"On Windows > {Site}/guide/setup#on-windows"]);
        Links(page, ".docs-steps").ShouldBe(["PreviousHome > " + Site, $"NextUpkeep > {Site}/guide/upkeep"]);
        Text(page.QuerySelector(".docs-report")!).ShouldContain("guide/gone.md");
        page.QuerySelector("link[href*='/_plugins/docs/docs']").ShouldNotBeNull();
    }

    [Fact]
    public async Task A_page_without_a_heading_gets_one_and_its_front_matter_takes_away_what_it_says()
    {
        await using var portal = await Start("", Files);

        var page = await portal.Page($"{Site}/guide/upkeep");

        Text(page.QuerySelector("main h1")!).ShouldBe("Upkeep");
        page.QuerySelector("#docs-toc").ShouldBeNull();
        page.QuerySelector("#docs-nav").ShouldBeNull();
    }

    [Theory]
    [InlineData("/", "", HttpStatusCode.MovedPermanently)]
    [InlineData("/index.md", "", HttpStatusCode.MovedPermanently)]
    [InlineData("/guide/setup/", "/guide/setup", HttpStatusCode.MovedPermanently)]
    [InlineData("/guide/setup.md", "/guide/setup", HttpStatusCode.MovedPermanently)]
    [InlineData("/guide/setup.html", "/guide/setup", HttpStatusCode.MovedPermanently)]
    [InlineData("/guide/setup/index.html", "/guide/setup", HttpStatusCode.MovedPermanently)]
    [InlineData("/Guide/Setup", "/guide/setup", HttpStatusCode.MovedPermanently)]
    [InlineData("/old/start", "/guide/setup", HttpStatusCode.Redirect)]
    [InlineData("/old/start.md", "/guide/setup", HttpStatusCode.Redirect)]
    [InlineData("/old/start/", "/guide/setup", HttpStatusCode.Redirect)]
    public async Task Every_form_of_an_address_leads_to_the_page(string form, string page, HttpStatusCode status)
    {
        await using var portal = await Start("", Files);

        (await portal.Ask(Site + form)).ShouldBe((status, Site + page));
    }

    [Fact]
    public async Task Where_there_is_no_page_near_ones_and_a_search_are_offered()
    {
        await using var portal = await Start("", Files);

        var page = await portal.Page($"{Site}/guide/setpu");

        (await portal.Ask($"{Site}/guide/setpu")).Status.ShouldBe(HttpStatusCode.NotFound);
        Text(page.QuerySelector("main h1")!).ShouldBe("There is no such page");
        page.QuerySelectorAll(".docs-page li a").Select(link => link.GetAttribute("href")).ShouldBe([$"{Site}/guide/setup"]);
        page.QuerySelector<IHtmlInputElement>(".docs-page input[name=q]")!.Value.ShouldBe("setpu");
    }

    [Fact]
    public async Task A_folder_without_pages_says_so_instead_of_missing_one_page()
    {
        await using var portal = await Start("", ("mkdocs.yml", "site_name: Empty"));

        var page = await portal.Page(Site);

        Text(page.QuerySelector("main h1")!).ShouldBe("There are no pages here yet");
        page.QuerySelector(".docs-page form").ShouldBeNull();
    }

    [Fact]
    public async Task What_has_no_documentation_or_is_not_there_says_which()
    {
        await using var portal = await Start(Component("bare"), Files);

        var bare = await portal.Page("/docs/default/component/bare");
        var nobody = await portal.Page("/docs/default/component/nobody");

        (await portal.Ask("/docs/default/component/bare")).Status.ShouldBe(HttpStatusCode.NotFound);
        (await portal.Ask("/docs/default/component/nobody")).Status.ShouldBe(HttpStatusCode.NotFound);
        Text(bare.QuerySelector("main")!).ShouldContain("bare has no documentation");
        Text(nobody.QuerySelector("main")!).ShouldContain("There is no such documentation");
    }

    [Fact]
    public async Task A_search_shows_where_a_word_stands_on_the_page_and_while_typing()
    {
        await using var portal = await Start("", Files);

        var page = await portal.Page($"{Site}?q=walrus");
        var typed = await portal.Page("/api/docs/parts/hits/default/component/ledger?q=walrus");
        var nothing = await portal.Page($"{Site}?q=xyzzy");

        Links(page, ".docs-hits").ShouldBe([$"Setting up › Get it > {Site}/guide/setup#get-it"]);
        Text(page.QuerySelector(".docs-hits p")!).ShouldContain("Clone the walrus");
        Links(typed, ".docs-hits").ShouldBe([$"Setting up › Get it > {Site}/guide/setup#get-it"]);
        Text(nothing.QuerySelector(".docs-page")!).ShouldContain("No page of this site has that");
    }

    [Fact]
    public async Task The_same_reader_stands_on_the_page_of_the_entity()
    {
        await using var portal = await Start(Component("bare"), Files);

        var page = await portal.Page("/catalog/default/component/ledger/docs/guide/setup");
        var bare = await portal.Page("/catalog/default/component/bare");

        Text(page.QuerySelector(".tabs [aria-current]")!).ShouldBe("Docs");
        page.QuerySelectorAll("#docs-nav a").Select(link => link.GetAttribute("href")).ShouldContain("/catalog/default/component/ledger/docs/guide/upkeep");
        page.QuerySelector(".docs-head").ShouldBeNull();
        (await portal.Ask("/catalog/default/component/ledger/docs/guide/setup.md")).ShouldBe((HttpStatusCode.MovedPermanently, "/catalog/default/component/ledger/docs/guide/setup"));
        bare.QuerySelectorAll(".tabs a").Select(Text).ShouldNotContain("Docs");
    }

    [Fact]
    public async Task A_change_of_a_file_is_there_at_once()
    {
        await using var portal = await Start("", Files);
        await portal.Page($"{Site}/guide/setup");

        portal.Write(("docs/guide/setup.md", "# Setting up anew\n"));

        await Testing.Waiting.Eventually.Reach(
            "the page is the new one", TimeSpan.FromSeconds(10), async () => Text((await portal.Page($"{Site}/guide/setup")).QuerySelector("main h1")!), heading => heading.StartsWith("Setting up anew", StringComparison.Ordinal), Cancelled);
    }

    [Fact]
    public async Task A_picture_is_shown_where_it_cannot_run_and_what_is_no_picture_is_downloaded()
    {
        await using var portal = await Start("", Files);

        using var picture = await portal.Portal.Http.GetAsync("/api/docs/files/default/component/ledger/img/flow.svg", Cancelled);
        using var data = await portal.Portal.Http.GetAsync("/api/docs/files/default/component/ledger/data.bin", Cancelled);
        using var outside = await portal.Portal.Http.GetAsync("/api/docs/files/default/component/ledger/..%2f..%2fcatalog-info.yaml", Cancelled);
        using var again = new HttpRequestMessage(HttpMethod.Get, "/api/docs/files/default/component/ledger/img/flow.svg") { Headers = { IfNoneMatch = { picture.Headers.ETag! } } };
        using var same = await portal.Portal.Http.SendAsync(again, Cancelled);

        picture.Content.Headers.ContentType!.MediaType.ShouldBe("image/svg+xml");
        picture.Headers.GetValues("Content-Security-Policy").ShouldHaveSingleItem().ShouldStartWith("default-src 'none'");
        picture.Headers.GetValues("Content-Security-Policy").Single().ShouldContain("sandbox");
        data.Content.Headers.ContentDisposition!.DispositionType.ShouldBe("attachment");
        outside.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        same.StatusCode.ShouldBe(HttpStatusCode.NotModified);
    }

    [Fact]
    public async Task All_that_is_broken_in_a_site_is_listed_page_by_page()
    {
        await using var portal = await Start("", Files);

        var page = await portal.Page($"{Site}?report=1");

        Links(page, ".docs-page h2").ShouldBe([$"Home > {Site}"]);
        page.QuerySelectorAll(".docs-page li").Select(Text).ShouldContain("nowhere.md There is no 'nowhere.md' in this site.");
        Text(page.QuerySelector(".docs-page")!).ShouldContain("guide/gone.md");
    }

    [Fact]
    public async Task Documentation_that_was_awaited_says_that_it_is_there()
    {
        await using var portal = await Start("", Files);

        var part = await portal.Page("/api/docs/parts/coming/default/component/ledger?tab=true");

        part.QuerySelector("[data-fragment-end][data-reload]").ShouldNotBeNull();
        part.QuerySelector("a")!.GetAttribute("href").ShouldBe("/catalog/default/component/ledger/docs");
    }

    [Fact]
    public async Task Diagrams_are_drawn_in_a_frame_that_may_reach_nothing()
    {
        await using var portal = await Start("", Files);

        using var frame = await portal.Portal.Http.GetAsync("/api/docs/parts/diagrams", Cancelled);

        var policy = frame.Headers.GetValues("Content-Security-Policy").Single();
        policy.ShouldContain("default-src 'none'");
        policy.ShouldContain("sandbox allow-scripts");
        policy.ShouldNotContain("allow-same-origin");
        policy.ShouldNotContain("connect-src");
    }

    [Fact]
    public async Task What_an_entity_is_can_be_asked_for_a_link_to_it()
    {
        await using var portal = await Start(Component("bare", "description: Carries <b>nothing</b>."), Files);

        var card = await portal.Page("/api/docs/parts/entity/default/component/bare");

        Text(card.QuerySelector(".docs-card")!).ShouldBe("bare Component · serviceCarries <b>nothing</b>.Owner squad-iceproduction");
        (await portal.Ask("/api/docs/parts/entity/default/component/nobody")).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    internal static string Text(IElement element) => string.Join(' ', element.TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    internal static IEnumerable<string> Links(IHtmlDocument page, string within) => page.QuerySelectorAll($"{within} a").Select(link => $"{Text(link)} > {link.GetAttribute("href")}");
}
