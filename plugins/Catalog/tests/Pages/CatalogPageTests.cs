using System.Net;
using Shouldly;
using Stagedoor.Catalog.Tests.Engine;
using Stagedoor.Plugins;
using Stagedoor.Sources;
using Stagedoor.Testing.Portals;
using Xunit;
using static Stagedoor.Catalog.Tests.Engine.CatalogPortal;

namespace Stagedoor.Catalog.Tests.Pages;

public sealed class CatalogPageTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_list_shows_components_first_and_counts_each_facet()
    {
        await using var portal = await Start(Store.Sqlite, files: ("a.yaml", Many(Component("b", owner: "group:default/x"), Component("a"), System("s"))));
        await portal.Comes("system:default/s");

        var page = await new Visitor(portal.Http).Page("/catalog");

        page.QuerySelectorAll("tbody a.name").Select(link => link.TextContent.Trim()).ShouldBe(["a", "b"]);
        page.QuerySelector("tbody a.name")!.GetAttribute("href").ShouldBe("/catalog/default/component/a");
        page.QuerySelector("nav[aria-label=Kind] a[aria-current]")!.TextContent.Trim().ShouldBe("Components2");
        page.QuerySelectorAll("nav[aria-label=Owner] a").Select(link => link.TextContent.Trim()).ShouldBe(["a1", "x1"]);
        page.QuerySelector(".pager")!.TextContent.ShouldContain("1–2 of 2");
    }

    [Theory]
    [InlineData("?owner=group:default/x", "b")]
    [InlineData("?kind=system", "s")]
    [InlineData("?kind=all&sort=name&dir=desc&tag=red", "b")]
    [InlineData("?q=B", "b")]
    [InlineData("?type=SERVICE&sort=owner&dir=desc&offset=1", "a")]
    public async Task What_the_address_asks_for_is_shown(string query, string names)
    {
        await using var portal = await Start(Store.Sqlite, files: ("a.yaml", Many(Component("b", owner: "group:default/x", more: "  tags: [red]"), Component("a"), System("s"))));
        await portal.Comes("system:default/s");

        var page = await new Visitor(portal.Http).Page("/catalog" + query);

        page.QuerySelectorAll("tbody a.name").Select(link => link.TextContent.Trim()).ShouldBe([names]);
    }

    [Fact]
    public async Task A_filter_that_nothing_matches_offers_the_way_back_and_what_was_typed_stays_text()
    {
        await using var portal = await Start(Store.Sqlite, files: ("a.yaml", Component("a")));
        await portal.Comes("component:default/a");

        var page = await new Visitor(portal.Http).Page("/catalog?q=<script>alert(1)</script>&tag=%22%3E%3Cb%3E");

        page.QuerySelector(".empty h2")!.TextContent.ShouldBe("Nothing matches");
        page.QuerySelectorAll(".empty a").Select(link => link.GetAttribute("href")).ShouldContain("/catalog");
        page.QuerySelector("main script:not([src])").ShouldBeNull();
        page.QuerySelector("main .facet b").ShouldBeNull();
        page.QuerySelector("main input[name=q]")!.GetAttribute("value").ShouldBe("<script>alert(1)</script>");
    }

    [Fact]
    public async Task An_empty_catalog_says_where_entities_come_from()
    {
        await using var portal = await TestPortal.Start(new TestPortalOptions { Plugins = [new SourcesPlugin(), new CatalogPlugin()], Sample = "none" }, Cancelled);

        var page = await new Visitor(portal.Http).Page("/catalog");

        page.QuerySelector(".empty h2")!.TextContent.ShouldBe("The catalog is empty");
        page.QuerySelector(".empty a")!.GetAttribute("href").ShouldBe("/catalog/register");
        page.QuerySelector("nav[aria-label=Main] a[href='/catalog']").ShouldNotBeNull();
    }

    [Fact]
    public async Task A_kind_without_entities_leads_to_the_others()
    {
        await using var portal = await Start(Store.Sqlite, files: ("a.yaml", Component("a")));
        await portal.Comes("component:default/a");

        var page = await new Visitor(portal.Http).Page("/catalog?kind=user");

        page.QuerySelector(".empty h2")!.TextContent.ShouldBe("There are no users");
        page.QuerySelector(".empty a")!.GetAttribute("href").ShouldBe("/catalog?kind=all");
    }

    [Fact]
    public async Task The_palette_finds_entities_that_begin_with_what_was_typed_first()
    {
        await using var portal = await Start(Store.Sqlite, files: ("a.yaml", Many(Component("a-letter"), Component("letter"), Component("other"))));
        await portal.Comes("component:default/other");
        var search = portal.Portal.Service<Stagedoor.Catalog.Pages.List.CatalogSearch>();

        var found = await search.Suggest("letter", Caller.Portal, 5, Cancelled);

        found.Select(document => document.Title).ShouldBe(["letter", "a-letter"]);
        found[0].Href.ShouldBe("/catalog/default/component/letter");
        (await search.Suggest("letter", Caller.Anonymous, 5, Cancelled)).ShouldBeEmpty();
        (await search.Suggest(" ", Caller.Portal, 5, Cancelled)).ShouldBeEmpty();
    }

    [Fact]
    public async Task An_entity_is_shown_with_its_relations_and_those_that_lead_nowhere_are_marked()
    {
        await using var portal = await Start(
            Store.Sqlite,
            files: ("a.yaml", Many(Component("a", more: "  description: \"Does **much**\\n\\n<script>alert(1)</script>\"\n  links: [{url: \"https://x.example\", title: Board}]") + "  system: s\n", System("s"))));
        await portal.Comes("component:default/a", entity => entity.Relations.Count > 1);

        var page = await new Visitor(portal.Http).Page("/catalog/DEFAULT/Component/A");

        page.QuerySelector("h1")!.TextContent.ShouldBe("a");
        page.QuerySelector(".prose strong")!.TextContent.ShouldBe("much");
        page.QuerySelector("main script").ShouldBeNull();
        page.QuerySelector("a[href='https://x.example']")!.TextContent.ShouldBe("Board");
        page.QuerySelector("dd a[href='/catalog/default/system/s']").ShouldNotBeNull();
        var owner = page.QuerySelectorAll("dl.meta dd").Single(cell => cell.QuerySelector("a[href='/catalog/default/group/a']") is not null);
        owner.TextContent.ShouldContain("missing");
    }

    [Theory]
    [InlineData("inspect/relations", "Owned by")]
    [InlineData("inspect/yaml", "apiVersion: backstage.io/v1alpha1")]
    [InlineData("inspect/json", "\"apiVersion\": \"backstage.io/v1alpha1\"")]
    [InlineData("history", "created")]
    public async Task Each_tab_of_an_entity_is_an_address(string tab, string shows)
    {
        await using var portal = await Start(Store.Sqlite, files: ("a.yaml", Component("a")));
        await portal.Comes("component:default/a");

        var page = await new Visitor(portal.Http).Page($"/catalog/default/component/a/{tab}");

        page.QuerySelector("main")!.TextContent.ShouldContain(shows);
    }

    [Fact]
    public async Task History_tells_what_a_change_changed_and_what_was_before()
    {
        await using var portal = await Start(Store.Sqlite, files: ("a.yaml", Component("a")));
        await portal.Comes("component:default/a");
        portal.Write("a.yaml", Component("a", owner: "group:default/b"));
        await portal.Comes("component:default/a", entity => entity.Owner == EntityRef.Group("b"));
        var visitor = new Visitor(portal.Http);

        var history = await visitor.Page("/catalog/default/component/a/history");
        var rows = history.QuerySelectorAll("main tbody tr");
        var compare = rows[0].QuerySelector("a.btn")!.GetAttribute("href")!;
        var changed = await visitor.Page(compare);
        var first = await visitor.Page(rows[1].QuerySelector("a.btn")!.GetAttribute("href")!.Replace("change=", "version=", StringComparison.Ordinal));

        rows.Length.ShouldBe(2);
        rows[0].TextContent.ShouldContain("owner from group:default/a to group:default/b");
        changed.QuerySelector("pre .bad")!.TextContent.ShouldBe("- group:default/a");
        changed.QuerySelector("pre .ok")!.TextContent.ShouldBe("+ group:default/b");
        first.QuerySelector("pre")!.TextContent.ShouldContain("owner: group:default/a");
    }

    [Fact]
    public async Task An_entity_that_was_never_there_answers_404_with_what_to_do()
    {
        await using var portal = await Start(Store.Sqlite);

        var (status, page) = await new Visitor(portal.Http).Look("/catalog/default/component/nowhere");

        status.ShouldBe(HttpStatusCode.NotFound);
        page.QuerySelector("h1")!.TextContent.ShouldBe("nowhere is not in the catalog");
        page.QuerySelector("main a[href='/catalog?kind=all&q=nowhere']").ShouldNotBeNull();
        page.QuerySelector("form#missing").ShouldBeNull();
    }

    [Fact]
    public async Task A_deleted_entity_says_when_it_went_and_an_administrator_brings_it_back()
    {
        await using var portal = await Start(Store.Sqlite, files: [("a.yaml", Component("a")), ("b.yaml", Component("b"))]);
        var before = await portal.Comes("component:default/a");
        portal.Delete("a.yaml");
        await portal.Goes("component:default/a");
        var visitor = new Visitor(portal.Http);

        var (status, page) = await visitor.Look("/catalog/default/component/a");
        var (sent, location) = await visitor.Submit("/catalog/default/component/a", "missing", ("do", "restore"));

        status.ShouldBe(HttpStatusCode.NotFound);
        page.QuerySelector(".panel h2")!.TextContent.ShouldBe("It was deleted");
        sent.ShouldBe(HttpStatusCode.Found);
        location.ShouldNotBeNull().ShouldEndWith("/catalog/default/component/a");
        (await portal.Comes("component:default/a")).Uid.ShouldBe(before.Uid);
        (await visitor.Page("/catalog/default/component/a")).QuerySelector("h1")!.TextContent.ShouldBe("a");
    }

    [Fact]
    public async Task Why_an_entity_is_stale_stands_on_its_page()
    {
        await using var portal = await Start(Store.Sqlite, files: ("a.yaml", Component("a")));
        await portal.Comes("component:default/a");
        portal.Write("a.yaml", Component("a").Replace("type: service", "type: 7", StringComparison.Ordinal));
        await portal.Comes("component:default/a", entity => entity.At("status") is not null);

        var page = await new Visitor(portal.Http).Page("/catalog/default/component/a");

        page.QuerySelector(".panel.bad h2")!.TextContent.ShouldBe("What its source says now is not accepted");
        page.QuerySelector(".panel.bad")!.TextContent.ShouldContain("spec.type");
        page.QuerySelector(".panel.bad")!.TextContent.ShouldContain("last good version");
    }

    private static string System(string name) =>
        $$"""
        apiVersion: backstage.io/v1alpha1
        kind: System
        metadata: {name: {{name}}}
        spec: {owner: group:default/a}

        """;
}
