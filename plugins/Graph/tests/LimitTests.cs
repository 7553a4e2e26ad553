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
        hub.Body!.TextContent.ShouldContain("There is more: a graph holds 60 entities");
        hub.Body!.TextContent.ShouldContain("9 relations are left out");
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
