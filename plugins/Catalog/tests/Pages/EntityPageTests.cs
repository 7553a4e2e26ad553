using System.Net;
using System.Text;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using Stagedoor.Catalog.Tests.Engine;
using Stagedoor.Plugins;
using Stagedoor.Sources;
using Stagedoor.Testing.Portals;
using static Stagedoor.Catalog.Tests.Engine.CatalogPortal;

namespace Stagedoor.Catalog.Tests.Pages;

/// <summary>An entity's page: its addresses, what stands where, and what bad data does to it.</summary>
public sealed class EntityPageTests
{
    private const string A = "/catalog/default/component/a";

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("?tab=history", "/history")]
    [InlineData("?tab=relations&type=ownedBy", "/inspect/relations?type=ownedBy")]
    [InlineData("?tab=raw", "/inspect/yaml")]
    [InlineData("?tab=raw&as=json", "/inspect/json")]
    [InlineData("?tab=%2F%2Fevil.example", "/%2F%2Fevil.example")]
    public async Task A_section_in_the_query_is_found_at_its_path_for_good(string query, string leads)
    {
        await using var portal = await Start(Store.Sqlite, files: ("a.yaml", Component("a")));
        await portal.Comes("component:default/a");

        using var answer = await portal.Http.GetAsync(A + query, Cancelled);

        answer.StatusCode.ShouldBe(HttpStatusCode.MovedPermanently);
        answer.Headers.Location!.ToString().ShouldBe(A + leads);
    }

    [Fact]
    public async Task A_section_that_is_not_there_shows_the_overview_and_says_so()
    {
        await using var portal = await Start(Store.Sqlite, files: ("a.yaml", Component("a")));
        await portal.Comes("component:default/a");

        var page = await new Visitor(portal.Http).Page($"{A}/ci-cd/builds/7");

        page.QuerySelector("main .banner")!.TextContent.ShouldContain("There is no section ci-cd here");
        Cards(page).ShouldContain("About");
        page.QuerySelector(".tabs a[aria-current]")!.TextContent.ShouldBe("Overview");
    }

    [Fact]
    public async Task Sections_cards_and_parts_are_found_in_any_case()
    {
        await using var portal = await Start(Store.Sqlite, files: ("a.yaml", Component("a")));
        await portal.Comes("component:default/a");

        var page = await new Visitor(portal.Http).Page("/catalog/Default/COMPONENT/A/Inspect/YAML");

        page.QuerySelector(".tabs a[aria-current]")!.TextContent.ShouldBe("Inspect");
        page.QuerySelector(".subtabs a[aria-current]")!.TextContent.ShouldBe("YAML");
        page.QuerySelector("pre")!.TextContent.ShouldContain("kind: Component");
    }

    [Theory]
    [InlineData("", "Identity")]
    [InlineData("/ancestry", "What led to it")]
    [InlineData("/sources", "Declared by")]
    [InlineData("/processing", "accepted")]
    [InlineData("/nothing-such", "There is no part nothing-such here")]
    public async Task Inspecting_has_an_address_for_each_part(string part, string shows)
    {
        await using var portal = await Start(Store.Sqlite, files: ("a.yaml", Component("a")));
        await portal.Comes("component:default/a");

        var page = await new Visitor(portal.Http).Page($"{A}/inspect{part}");

        page.QuerySelector("main")!.TextContent.ShouldContain(shows);
    }

    [Fact]
    public async Task The_layout_of_a_kind_and_type_orders_and_hides_cards_and_tabs()
    {
        const string Layouts =
            """
              layouts:
                - kind: component
                  hide: [catalog.about]
                - kind: Component
                  type: service
                  cards: [catalog.changes, '*', catalog.about, catalog.abuot]
                  hide: [catalog.contact]
                  tabs: [catalog.inspect, '*']
                  hideTabs: [catalog.dependencies]
            """;
        await using var portal = await Start(Store.Sqlite, Layouts, ("a.yaml", Component("a")));
        await portal.Comes("component:default/a");

        var page = await new Visitor(portal.Http).Page(A);

        var cards = Cards(page);
        cards[0].ShouldBe("Recent changes");
        cards[^1].ShouldBe("About");
        cards.ShouldNotContain("Contact the owner");
        page.QuerySelectorAll(".tabs a").Select(tab => tab.FirstChild!.TextContent).ShouldBe(["Overview", "Inspect", "APIs", "History"]);
        portal.Portal.Service<Stagedoor.Catalog.Pages.Detail.Layouts.EntityLayouts>().FindUnknown().ShouldBe(
            ["catalog.layouts[1] names the card 'catalog.abuot', which nobody contributes. Did you mean catalog.about?"]);
    }

    [Fact]
    public async Task Reading_again_is_a_form_without_the_page_being_kept_from_caches()
    {
        await using var portal = await Start(Store.Sqlite, files: ("a.yaml", Component("a")));
        await portal.Comes("component:default/a");

        var page = await new Visitor(portal.Http).Page(A);
        var form = (IHtmlFormElement)page.QuerySelector("form#refresh-entity")!;
        using var answer = await portal.Http.PostAsync(form.GetAttribute("action"), new FormUrlEncodedContent([new("entity", "component:default/a")]), Cancelled);
        using var unknown = await portal.Http.PostAsync(form.GetAttribute("action"), new FormUrlEncodedContent([new("entity", "component:default/nowhere")]), Cancelled);
        using var foreign = new HttpRequestMessage(HttpMethod.Post, form.GetAttribute("action")) { Content = new FormUrlEncodedContent([new("entity", "component:default/a")]), Headers = { { "Sec-Fetch-Site", "cross-site" } } };
        using var refused = await portal.Http.SendAsync(foreign, Cancelled);

        answer.StatusCode.ShouldBe(HttpStatusCode.Found);
        answer.Headers.Location!.ToString().ShouldBe(A);
        unknown.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        refused.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        page.QuerySelector("input[name=__RequestVerificationToken]").ShouldBeNull();
    }

    [Fact]
    public async Task What_an_API_defines_is_shown_and_given_whole_as_plain_text()
    {
        var definition = string.Concat(Enumerable.Range(0, 5000).Select(line => $"      line {line}: <script>alert({line})</script>\n"));
        await using var portal = await Start(Store.Sqlite, files: ("a.yaml", Many(Api("orders", definition), Component("a") + "  providesApis: [orders]\n")));
        await portal.Comes("api:default/orders", entity => entity.Relations.Count > 1);
        var visitor = new Visitor(portal.Http);

        var tab = await visitor.Page("/catalog/default/api/orders/definition");
        var overview = await visitor.Page("/catalog/default/api/orders");
        var component = await visitor.Page($"{A}/apis");
        using var plain = await portal.Http.GetAsync("/api/catalog/definitions/default/api/orders", Cancelled);

        tab.QuerySelector("main .banner")!.TextContent.ShouldContain("too long");
        tab.QuerySelector("pre")!.TextContent.ShouldContain("line 0: <script>");
        tab.QuerySelector("main script").ShouldBeNull();
        Cards(overview).ShouldContain("Provided by1");
        component.QuerySelector("main a.name")!.GetAttribute("href").ShouldBe("/catalog/default/api/orders");
        component.QuerySelector(".tabs a[aria-current]")!.TextContent.ShouldBe("APIs1");
        plain.Content.Headers.ContentType!.MediaType.ShouldBe("text/plain");
        (await plain.Content.ReadAsStringAsync(Cancelled)).ShouldContain("line 4999");
    }

    [Fact]
    public async Task Problems_say_what_is_wrong_where_and_what_mends_it()
    {
        await using var portal = await Start(Store.Sqlite, files: ("a.yaml", Component("a") + "  dependsOn: [component:gone, resource:nowhere]\n"));
        await portal.Comes("component:default/a", entity => entity.Relations.Count > 2);

        var page = await new Visitor(portal.Http).Page(A);

        var panel = page.QuerySelector(".panel.warn")!;
        panel.QuerySelector("h2")!.TextContent.ShouldBe("There are 3 problems");
        panel.TextContent.ShouldContain("Depends on component:default/gone, which is not in the catalog.");
        panel.TextContent.ShouldContain("Correct the name in its file");
    }

    [Fact]
    public async Task Markup_in_every_field_long_titles_and_other_scripts_stay_text()
    {
        const string Evil = "<img src=x onerror=alert(1)><script>alert(2)</script>";
        var title = string.Concat(Enumerable.Repeat("שלום 👩‍🚀 ", 40));
        await using var portal = await Start(
            Store.Sqlite,
            files: ("a.yaml",
                $$"""
                apiVersion: backstage.io/v1alpha1
                kind: Component
                metadata:
                  name: a
                  title: "{{title}}{{Evil}}"
                  description: "{{Evil}}"
                  annotations: {example.com/note: "{{Evil}}", backstage.io/view-url: "javascript:alert(1)"}
                  links: [{url: "javascript:alert(3)", title: "{{Evil}}"}, {url: "https://x.example/?q={{Evil}}", title: Fine}]
                spec: {type: "{{Evil}}", lifecycle: "{{Evil}}", owner: "group:default/a"}

                """));
        await portal.Comes("component:default/a");
        var visitor = new Visitor(portal.Http);

        foreach (var path in new[] { "", "/inspect", "/inspect/yaml", "/inspect/json", "/inspect/relations", "/inspect/ancestry", "/inspect/sources", "/inspect/processing", "/history", "/dependencies", "/apis", "?confirm=unregister" })
        {
            var page = await visitor.Page(A + path);

            page.QuerySelectorAll("main script, main img[onerror], main [onerror]").ShouldBeEmpty(path);
            page.QuerySelectorAll("main a").Select(link => link.GetAttribute("href")).ShouldNotContain(href => href != null && href.StartsWith("javascript", StringComparison.OrdinalIgnoreCase), path);
            page.QuerySelectorAll("main a[href^=about]").ShouldBeEmpty($"{path}: what may not be clicked on is no link");
            page.QuerySelector("h1")!.TextContent.ShouldContain("שלום 👩‍🚀");
        }
    }

    [Fact]
    public async Task A_description_that_would_push_everything_away_is_shown_in_part()
    {
        var lines = string.Join("\\n\\n", Enumerable.Range(0, 200).Select(line => $"Line {line}"));
        await using var portal = await Start(
            Store.Sqlite,
            files: ("a.yaml",
                $$"""
                apiVersion: backstage.io/v1alpha1
                kind: Component
                metadata: {name: a, description: "{{lines}}"}
                spec: {type: service, lifecycle: production, owner: "group:default/a"}
                ---
                apiVersion: backstage.io/v1alpha1
                kind: Component
                metadata: {name: b, description: "One *line*"}
                spec: {type: service, lifecycle: production, owner: "group:default/a"}

                """));
        await portal.Comes("component:default/b");
        var visitor = new Visitor(portal.Http);

        (await visitor.Page(A)).QuerySelector(".long + .long-rest label[for=about-all]")!.TextContent.ShouldBe("Show all of it");
        (await visitor.Page("/catalog/default/component/b")).QuerySelector(".long, .long-rest").ShouldBeNull();
    }

    [Fact]
    public async Task Of_many_tags_the_first_are_shown_and_the_rest_on_demand()
    {
        var tags = string.Join(", ", Enumerable.Range(0, 500).Select(number => $"tag{number:000}"));
        await using var portal = await Start(Store.Sqlite, files: ("a.yaml", Component("a", more: $"  tags: [{tags}]")));
        await portal.Comes("component:default/a");

        var page = await new Visitor(portal.Http).Page(A);

        page.QuerySelector("details.more-tags summary")!.TextContent.ShouldBe("480 more");
        page.QuerySelectorAll("dd > a.chip").Length.ShouldBe(20);
        page.QuerySelectorAll("a.chip").Length.ShouldBe(500);
    }

    [Fact]
    public async Task Twelve_thousand_relations_make_a_short_page_with_the_way_to_all()
    {
        var text = new StringBuilder(Component("a"));
        for (var number = 0; number < 12_000; number++)
        {
            text.Append("---\n").Append(Component($"c{number:00000}", more: "")).Append("  dependsOn: [component:a]\n");
        }

        await using var portal = await Start(Store.Sqlite, files: ("a.yaml", text.ToString()));
        await portal.Comes("component:default/a", entity => entity.Relations.Count > 12_000);
        var visitor = new Visitor(portal.Http);

        var page = await visitor.Page(A);
        var dependencies = await visitor.Page($"{A}/dependencies");
        var relations = await visitor.Page($"{A}/inspect/relations?type=dependencyOf&offset=11980");

        var card = page.QuerySelectorAll("section.card").Single(one => one.QuerySelector("h2")?.TextContent == "Needed by12,000");
        card.QuerySelectorAll("li").Length.ShouldBe(7);
        card.QuerySelector("a.more")!.GetAttribute("href").ShouldBe($"{A}/inspect/relations?type=dependencyOf");
        page.DocumentElement.OuterHtml.Length.ShouldBeLessThan(80_000);
        dependencies.QuerySelectorAll("tbody tr").Length.ShouldBeLessThan(60);
        relations.QuerySelectorAll("tbody tr").Length.ShouldBe(20);
    }

    [Fact]
    public async Task A_registered_location_that_names_itself_has_an_ancestry_without_end_and_a_picture_with_one()
    {
        await using var portal = await Start(
            Store.Sqlite,
            files:
            [
                ("a.yaml", Many(Component("a"), Location("one", "./b.yaml"))), ("b.yaml", Many(Component("b"), Location("two", "./a.yaml"))),
            ]);
        await portal.Comes("component:default/b");

        var page = await new Visitor(portal.Http).Page("/catalog/default/component/b/inspect/ancestry");

        page.QuerySelectorAll("main ol.plain > li").Length.ShouldBeGreaterThan(0);
        page.QuerySelector("main")!.TextContent.ShouldContain("component:default/b".Split('/')[1]);
    }

    [Fact]
    public async Task A_visit_to_the_overview_is_noted_for_a_person()
    {
        await using var portal = await TestPortal.Start(new TestPortalOptions { Plugins = [new SourcesPlugin(), new CatalogPlugin()] }, Cancelled);
        var mae = EntityRef.User("mae");
        await Testing.Waiting.Eventually.Reach(
            "mae is in the catalog", TimeSpan.FromSeconds(30), async () => await portal.Service<ICatalog>().Find(mae, Caller.Portal, Cancelled), found => found is not null, Cancelled);

        using (var ahead = new HttpRequestMessage(HttpMethod.Get, "/catalog/default/user/mae") { Headers = { { "Sec-Purpose", "prefetch" } } })
        {
            using var fetched = await portal.Http.SendAsync(ahead, Cancelled);
            fetched.StatusCode.ShouldBe(HttpStatusCode.OK);
        }

        await portal.Page("/catalog/default/user/mae", Cancelled);
        await portal.Page("/catalog/default/user/mae/history", Cancelled);

        (await portal.Service<IVisits>().Of(mae, Cancelled)).ShouldHaveSingleItem().Times.ShouldBe(1);
    }

    private static List<string> Cards(IHtmlDocument page) => [.. page.QuerySelectorAll("main section.card > header h2").Select(title => title.TextContent)];

    private static string Api(string name, string definition) =>
        $"""
        apiVersion: backstage.io/v1alpha1
        kind: API
        metadata: [name]
        """.Replace("[name]", $"{{name: {name}}}", StringComparison.Ordinal)
        + $"\nspec:\n  type: openapi\n  lifecycle: production\n  owner: group:default/a\n  definition: |\n{definition}\n";

    private static string Location(string name, string target) =>
        $$"""
        apiVersion: backstage.io/v1alpha1
        kind: Location
        metadata: {name: {{name}}}
        spec: {targets: [{{target}}]}

        """;
}
