using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using static Stagedoor.Graph.Tests.GraphPortal;

namespace Stagedoor.Graph.Tests;

public sealed class GraphViewTests(GraphViewTests.Company company) : IClassFixture<GraphViewTests.Company>
{
    private GraphPortal Portal => company.Portal;

    [Fact]
    public async Task Around_an_entity_is_what_it_has_to_do_with_drawn_from_what_contains_owns_or_uses()
    {
        var view = await Portal.View("root=component:default/shop");

        view.Nodes.ShouldBe(["nowhere", "orders", "orders-app", "shop", "shop-db", "squad", "till"]);
        view.Edges.ShouldBe([
            "orders-app provides orders", "shop consumes orders", "shop depends on nowhere", "shop depends on orders-app", "shop depends on shop-db", "squad owns orders", "squad owns orders-app",
            "squad owns shop-db", "squad owns till", "till contains shop",
        ]);
        view.Node("shop").GetProperty("distance").GetInt32().ShouldBe(0);
        view.Node("shop-db").GetProperty("icon").GetString().ShouldBe("database");
        view.Node("shop").GetProperty("owner").GetString().ShouldBe("group:default/squad");
        view.Node("nowhere").GetProperty("missing").GetBoolean().ShouldBeTrue();
    }

    [Fact]
    public async Task What_others_imply_is_drawn_when_it_is_not_to_be_simplified()
    {
        var view = await Portal.View("root=component:default/shop&simplified=false&merge=false");

        view.Edges.ShouldContain("squad owns shop");
        view.Edges.ShouldContain("shop depends on orders-app");
        view.Edges.ShouldContain("shop depends on shop");
    }

    [Fact]
    public async Task Several_relations_are_one_arrow_when_merged_and_one_each_when_not()
    {
        const string Query = "root=component:default/self&simplified=false&relations=dependsOn,hasPart";

        (await Portal.View($"{Query}&merge=true")).Edges.ShouldBe(["self depends on + contains self-part"]);
        (await Portal.View($"{Query}&merge=false")).Edges.ShouldBe(["self contains self-part", "self depends on self-part"]);
    }

    [Theory]
    [InlineData("depth=0", "shop")]
    [InlineData("depth=1&kinds=resource", "nowhere,shop,shop-db")]
    [InlineData("depth=all&relations=consumesApi,providesApi", "orders,orders-app,shop")]
    [InlineData("depth=1&relations=apiConsumedBy", "orders,shop")]
    public async Task Depth_kinds_and_relations_narrow_it(string query, string nodes) =>
        string.Join(',', (await Portal.View($"root=component:default/shop&{query}")).Nodes).ShouldBe(nodes);

    [Fact]
    public async Task Keys_of_Backstage_mean_the_same()
    {
        using var theirs = await Portal.Ask(
            "/api/graph/view?rootEntityRefs%5B%5D=component%3Adefault%2Fshop&maxDepth=1&selectedKinds%5B%5D=component&selectedKinds%5B%5D=api&selectedRelations%5B%5D=consumesApi&selectedRelations%5B%5D=providesApi&unidirectional=false&mergeRelations=false&direction=TB&showFilters=true");
        using var ours = await Portal.Ask("/api/graph/view?root=component:default/shop&depth=1&kinds=component,api&relations=consumesApi,providesApi&simplified=false&merge=false&direction=TB");

        theirs.Headers.ETag.ShouldBe(ours.Headers.ETag);
        (await theirs.Content.ReadAsStringAsync(Cancelled)).ShouldBe(await ours.Content.ReadAsStringAsync(Cancelled));
        (await Portal.View("rootEntityRefs[]=component:default/shop&maxDepth=∞")).Nodes.ShouldContain("hq");
    }

    [Theory]
    [InlineData("owner", "shop=Squad One;orders=Squad One;squad=Squad One")]
    [InlineData("system", "shop=Till;till=Till")]
    [InlineData("domain", "shop=Sales;till=Sales")]
    [InlineData("kind", "shop=Components;orders=APIs;squad=Groups")]
    public async Task Groups_are_named_by_what_they_are(string by, string expected)
    {
        var groups = (await Portal.View($"root=component:default/shop&group={by}")).Groups;

        foreach (var pair in expected.Split(';').Select(pair => pair.Split('=')))
        {
            groups[pair[0]].ShouldBe(pair[1]);
        }
    }

    [Fact]
    public async Task A_filter_holds_all_that_match_and_what_they_have_to_do_with_each_other()
    {
        var view = await Portal.View("kind=component&owner=squad");

        view.Nodes.ShouldBe(["circle-a", "circle-b", "circle-c", "orders-app", "self", "self-part", "shop"]);
        view.Edges.ShouldContain("circle-a depends on circle-b");
        (await Portal.View("kind=component&domain=sales")).Nodes.ShouldBe(["shop"]);
        (await Portal.View("kind=component&system=till")).Nodes.ShouldBe(["shop"]);
        (await Portal.View("kind=component&type=nothing")).Nodes.ShouldBeEmpty();
    }

    [Fact]
    public async Task Cycles_and_relations_with_oneself_end()
    {
        var view = await Portal.View("root=component:default/circle-a&depth=all&relations=dependsOn");

        view.Nodes.ShouldBe(["circle-a", "circle-b", "circle-c"]);
        view.Edges.ShouldBe(["circle-a depends on circle-b", "circle-b depends on circle-c", "circle-c depends on circle-a"]);
    }

    [Fact]
    public async Task Texts_are_cut_and_never_markup()
    {
        var title = (await Portal.View("root=component:default/shop")).Node("shop").GetProperty("title").GetString()!;
        var page = await Portal.Page("/catalog-graph?root=component:default/shop");

        title.Length.ShouldBeLessThanOrEqualTo(120);
        title.ShouldStartWith("<script>alert(1)</script> متجر 🛒");
        title.ShouldEndWith("…");
        page.QuerySelectorAll("main script:not([src])").ShouldBeEmpty();
        page.QuerySelector("h1")!.TextContent.ShouldContain("<script>alert(1)</script>");
    }

    [Fact]
    public async Task A_picture_that_one_has_is_not_sent_again()
    {
        using var first = await Portal.Ask("/api/graph/view?root=component:default/shop");
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/graph/view?root=component:default/shop");
        request.Headers.IfNoneMatch.Add(new EntityTagHeaderValue(first.Headers.ETag!.Tag));
        using var second = await Portal.Portal.Http.SendAsync(request, Cancelled);

        second.StatusCode.ShouldBe(HttpStatusCode.NotModified);
        first.Headers.CacheControl!.Private.ShouldBeTrue();
    }

    [Theory]
    [InlineData("", "Name entities")]
    [InlineData("root=a:b:c", "'a:b:c' is no entity")]
    [InlineData("root=component:default/shop&depth=far", "'far' is no depth")]
    [InlineData("root=component:default/shop&group=mood", "'mood' is no way to group")]
    public async Task What_cannot_be_understood_is_refused_in_words(string query, string why)
    {
        using var answer = await Portal.Ask($"/api/graph/view?{query}");

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        JsonElement.Parse(await answer.Content.ReadAsStringAsync(Cancelled)).GetProperty("detail").GetString()!.ShouldContain(why);
    }

    [Fact]
    public async Task The_page_says_in_a_table_what_the_picture_shows()
    {
        var page = await Portal.Page("/catalog-graph?root=component:default/shop");
        var entities = await Portal.Page("/catalog-graph?root=component:default/shop&list=entities");

        var rows = page.QuerySelectorAll("#graph-lists tbody tr").Select(row => string.Join('|', row.QuerySelectorAll("td").Select(cell => (cell.QuerySelector("a") ?? cell).TextContent.Trim()))).ToList();
        rows.ShouldContain(row => row.EndsWith("|depends on|nowhere|"));
        rows.ShouldContain(row => row.StartsWith("Till|contains|"));
        rows.Count.ShouldBe(10);
        entities.QuerySelectorAll("#graph-lists tbody tr").Length.ShouldBe(7);
        entities.QuerySelectorAll("#graph-lists a[href='/catalog-graph?root=resource%3Adefault%2Fshop-db']").Length.ShouldBe(1);
        page.QuerySelector("form.graph-controls")!.GetAttribute("action").ShouldBe("/catalog-graph");
        page.QuerySelector("form.graph-controls input[name=root]")!.GetAttribute("value").ShouldBe("component:default/shop");
    }

    [Fact]
    public async Task A_root_that_does_not_exist_is_said_and_what_names_it_is_shown()
    {
        var page = await Portal.Page("/catalog-graph?root=resource:default/nowhere");
        var nothing = await Portal.Page("/catalog-graph?root=component:default/never");

        page.Body!.TextContent.ShouldContain("There is no resource:default/nowhere in the catalog");
        page.QuerySelectorAll("#graph-lists tbody tr").Length.ShouldBe(1);
        nothing.Body!.TextContent.ShouldContain("Nothing is related");
    }

    [Fact]
    public async Task Without_a_beginning_the_page_offers_some()
    {
        var page = await Portal.Page("/catalog-graph?find=shop");

        page.QuerySelectorAll("a[href='/catalog-graph?root=component%3Adefault%2Fshop']").Length.ShouldBe(1);
        page.QuerySelectorAll("a[href='/catalog-graph?kind=component']").Length.ShouldBe(1);
    }

    [Fact]
    public async Task The_card_of_an_entity_shows_a_few_boxes_on_each_side()
    {
        var page = await Portal.Page("/catalog/default/component/shop");
        var card = page.QuerySelector("section[aria-label='What talks to what']")!;

        var boxes = card.QuerySelectorAll("a.talk").Select(box => $"{box.QuerySelector("b")!.TextContent}, {box.QuerySelector("small")!.TextContent}").ToList();
        boxes.ShouldContain("Till, system");
        boxes.ShouldContain("Squad One, owns it");
        boxes.ShouldContain("shop-db, database");
        boxes.ShouldContain("orders, openapi, consumed");
        card.QuerySelectorAll("header a").Select(link => link.GetAttribute("href")).ShouldBe(["/catalog/default/component/shop/impact", "/catalog-graph?root=component%3Adefault%2Fshop&depth=2"]);
    }

    public sealed class Company : IAsyncLifetime
    {
        private const string Owned = "owner: squad";

        internal GraphPortal Portal { get; private set; } = null!;

        public async ValueTask InitializeAsync() => Portal = await GraphPortal.Start(
            Entity("Group", "hq")
            + Entity("Group", "squad", "parent: hq\nprofile:\n  displayName: Squad One")
            + Entity("Domain", "sales", Owned, "title: Sales")
            + Entity("System", "till", $"{Owned}\ndomain: sales", "title: Till")
            + Entity("API", "orders", Owned)
            + Entity("Resource", "shop-db", Owned)
            + Entity("Component", "orders-app", $"{Owned}\nprovidesApis: [orders]")
            + Entity("Component", "shop", $"{Owned}\nsystem: till\nconsumesApis: [orders]\ndependsOn: ['component:orders-app', 'component:shop', 'resource:shop-db', 'resource:nowhere']", $"title: \"<script>alert(1)</script> متجر 🛒 {new string('x', 300)}\"")
            + Entity("Component", "self", $"{Owned}\ndependsOn: ['component:self-part']")
            + Entity("Component", "self-part", $"{Owned}\nsubcomponentOf: self")
            + Entity("Component", "circle-a", $"{Owned}\ndependsOn: ['component:circle-b']")
            + Entity("Component", "circle-b", $"{Owned}\ndependsOn: ['component:circle-c']")
            + Entity("Component", "circle-c", $"{Owned}\ndependsOn: ['component:circle-a']"));

        public ValueTask DisposeAsync() => Portal.DisposeAsync();
    }
}
