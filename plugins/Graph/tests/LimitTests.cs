using static Stagedoor.Graph.Tests.GraphPortal;

namespace Stagedoor.Graph.Tests;

/// <summary>Too much, and what one may not see.</summary>
public sealed class LimitTests
{
    [Fact]
    public async Task A_graph_that_does_not_fit_says_so_and_is_grouped()
    {
        await using var portal = await Start(
            Entity("Group", "squad") + string.Concat(Enumerable.Range(0, 90).Select(i => Entity("Component", $"c{i}", "owner: squad"))),
            "graph:\n  maxNodes: 60\n  maxEdges: 50\n  groupAbove: 20");

        var around = await portal.View("root=group:default/squad&group=none");
        var all = await portal.View("kind=component");
        var page = await portal.Page("/catalog-graph?kind=component");
        var hub = await portal.Page("/catalog-graph?root=group:default/squad&group=none");

        around.Nodes.Count.ShouldBe(60);
        around.Edges.Count.ShouldBe(50);
        around.Json.GetProperty("truncated").GetBoolean().ShouldBeTrue();
        all.Json.GetProperty("matching").GetInt32().ShouldBe(90);
        all.Json.GetProperty("groupedBy").GetString().ShouldBe("owner");
        page.Body!.TextContent.ShouldContain("90 entities match; a graph holds the first 60.");
        page.QuerySelector(".lede")!.TextContent.ShouldBe("60 of 90 entities shown and 0 relations.");
        page.QuerySelector("#graph-notes a[href='/catalog?kind=component']").ShouldNotBeNull();
        hub.QuerySelector(".lede")!.TextContent.ShouldBe("The nearest 60 entities shown of more and 50 of 59 relations, up to 1 step away.");
        hub.QuerySelectorAll("#graph-notes a").Select(link => link.GetAttribute("href")).ShouldContain("/catalog-graph?root=group%3Adefault%2Fsquad&kinds=component&group=none");
        hub.Body!.TextContent.ShouldContain("There is more: a graph holds 60 entities");
        hub.Body!.TextContent.ShouldContain("9 relations are left out");
    }

    [Fact]
    public async Task What_does_not_fit_is_offered_in_parts_that_do()
    {
        await using var portal = await Start(
            Entity("Group", "squad") + string.Concat(Enumerable.Range(0, 60).Select(i => Entity("Component", $"c{i}", "owner: squad") + Entity("Resource", $"r{i}", "owner: squad"))), "graph:\n  maxNodes: 60");

        var all = await portal.Page("/catalog-graph?kind=all");
        var part = await portal.Page("/catalog-graph?kind=resource");

        all.QuerySelectorAll("#graph-notes a").Select(link => link.GetAttribute("href")).Take(3)
            .ShouldBe(["/catalog?kind=all", "/catalog-graph?kind=component", "/catalog-graph?kind=resource"]);
        part.QuerySelector(".lede")!.TextContent.ShouldBe("60 entities and 0 relations.");
        part.QuerySelector("#graph-notes")!.TextContent.ShouldContain("None of these 60 entities has to do with another of them");
        part.QuerySelectorAll("#graph-notes a").Select(link => link.GetAttribute("href")).ShouldBe(["/catalog-graph?kind=resource&depth=1", "/catalog?kind=resource"]);
        part.QuerySelectorAll("#graph-lists tbody tr").Length.ShouldBe(25, "the entities, as there is no relation");
    }

    [Fact]
    public async Task Of_a_tree_the_top_stands_by_itself_and_its_last_level_holds_what_is_below()
    {
        await using var portal = await Start(
            Entity("Group", "hq") + Entity("Group", "night", "parent: day") + Entity("Group", "day", "parent: night")
            + string.Concat(Enumerable.Range(0, 10).Select(i => Entity("Group", $"part{i}", "parent: hq")))
            + string.Concat(Enumerable.Range(0, 120).Select(i => Entity("Group", $"squad{i}", $"parent: part{i % 9}"))));

        var view = await portal.View("kind=group");
        var flat = await portal.View("kind=group&group=none");

        view.Json.GetProperty("groupedBy").GetString().ShouldBe("tree");
        view.Groups.Values.Distinct().Order(StringComparer.Ordinal).ShouldBe(Enumerable.Range(0, 9).Select(i => $"part{i}"));
        view.Groups["squad10"].ShouldBe("part1");
        view.Groups["part1"].ShouldBe("part1");
        view.Nodes.Except(view.Groups.Keys).ShouldBe(["day", "hq", "night", "part9"], ignoreOrder: true);
        view.Edges.ShouldBe(flat.Edges);
        view.Edges.ShouldContain("part1 parent of squad10");
    }

    [Fact]
    public async Task Systems_are_grouped_by_domain_and_people_by_their_group()
    {
        await using var portal = await Start(
            Entity("Group", "squad") + Entity("Domain", "sales", "owner: squad") + string.Concat(Enumerable.Range(0, 30).Select(i => Entity("System", $"s{i}", "owner: squad\ndomain: sales") + Entity("User", $"u{i}", "memberOf: [squad]"))),
            "graph:\n  groupAbove: 20");

        (await portal.View("kind=system")).Groups["s7"].ShouldBe("sales");
        (await portal.View("kind=user")).Groups["u7"].ShouldBe("squad");
    }

    [Fact]
    public async Task What_one_may_not_see_is_in_no_picture_no_card_and_no_impact()
    {
        await using var portal = await Start(
            Entity("Group", "squad") + Entity("Component", "open", "owner: squad") + Entity("Component", "dark", "owner: squad\ndependsOn: ['component:open']", "tags: [secret]")
            + Entity("Component", "beyond", "owner: squad\ndependsOn: ['component:dark']"),
            hidden: "secret");

        var around = await portal.View("root=component:default/open&depth=all&relations=dependsOn");
        var hidden = await portal.View("root=component:default/dark&depth=all");
        var card = await portal.Page("/catalog/default/component/open");

        around.Nodes.ShouldBe(["open"]);
        hidden.Nodes.ShouldBe(["dark"]);
        hidden.Node("dark").TryGetProperty("title", out var title).ShouldBeTrue();
        title.GetString().ShouldBe("dark");
        (await portal.View("kind=component")).Nodes.ShouldBe(["beyond", "open"]);
        (await portal.Impact("component:default/open")).GetProperty("affected").GetArrayLength().ShouldBe(0);
        card.QuerySelectorAll("a.talk b").Select(box => box.TextContent).ShouldBe(["squad"]);
    }
}
