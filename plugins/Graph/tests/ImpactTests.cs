using System.Net;
using System.Text.Json;
using static Stagedoor.Graph.Tests.GraphPortal;

namespace Stagedoor.Graph.Tests;

public sealed class ImpactTests
{
    [Fact]
    public async Task It_follows_dependences_consumed_interfaces_and_parts_and_tells_through_what()
    {
        await using var portal = await Start(Company);

        var impact = await portal.Impact("component:default/store");
        var system = await portal.Impact("system:default/core");

        Told(impact).ShouldBe([
            "api:default/books 1 apiProvidedBy component:default/store",
            "component:default/store-part 1 partOf component:default/store",
            "component:default/reader 2 consumesApi api:default/books",
            "component:default/night 3 dependsOn component:default/reader",
            "component:default/day 4 dependsOn component:default/night",
        ]);
        Told(system)[0].ShouldBe("component:default/store 1 partOf system:default/core");
        impact.GetProperty("truncated").GetBoolean().ShouldBeFalse();
    }

    [Fact]
    public async Task The_tab_is_by_owner_and_names_owners_that_are_missing()
    {
        await using var portal = await Start(Company);

        var tab = await portal.Page("/catalog/default/component/store/impact");
        var filtered = await portal.Page("/catalog/default/component/store/impact?kind=api");
        var message = tab.QuerySelector("#impact-text")!.TextContent;
        var markdown = tab.QuerySelector("#impact-markdown")!.TextContent;

        tab.QuerySelectorAll("section.card[aria-label]").Select(card => card.GetAttribute("aria-label")).ShouldBe(["Readers", "squad", "gone"], ignoreOrder: true);
        tab.Body!.TextContent.ShouldContain("5 entities of 3 owners, 2 of them directly.");
        tab.QuerySelectorAll(".tabs a").ShouldContain(link => link.TextContent.StartsWith("Impact") && link.TextContent.Contains('5'));
        tab.QuerySelector("section[aria-label=gone] .pill")!.TextContent.ShouldContain("missing");
        tab.Body!.TextContent.ShouldContain("For example reader: it consumes books, which is provided by store.");
        tab.QuerySelector("tr:has(a[href='/catalog/default/component/night'])")!.TextContent.ShouldContain("3 steps");
        tab.QuerySelectorAll(".impact-copy sd-copy[data-text]").Select(copy => copy.TextContent.Trim()).ShouldBe(["Copy as text", "Copy as Markdown", "Copy owners"]);
        tab.QuerySelector("#impact-owners")!.TextContent.ShouldBe("Readers (group:default/readers)\nsquad (group:default/squad)\ngone (group:default/gone)\n");
        filtered.QuerySelectorAll("section.card[aria-label] tbody tr").Length.ShouldBe(1);
        message.ShouldContain("What depends on store: 5 entities of 3 owners.");
        message.ShouldContain("Readers (2): reader, night");
        message.ShouldContain("/catalog/default/component/store/impact");
        markdown.ShouldContain("- **Readers** (2): [reader](http");
    }

    [Fact]
    public async Task Where_nothing_depends_on_it_the_tab_says_what_that_means()
    {
        await using var portal = await Start(Company);

        (await portal.Page("/catalog/default/resource/idle/impact")).Body!.TextContent.ShouldContain("Nothing depends on it");
        (await portal.Page("/catalog/default/group/squad")).QuerySelectorAll(".tabs a").ShouldNotContain(link => link.TextContent.StartsWith("Impact"));
    }

    [Fact]
    public async Task A_table_takes_no_name_for_a_formula()
    {
        await using var portal = await Start(Company + Entity("Component", "sly", "owner: squad\ndependsOn: ['resource:idle']", "title: '=HYPERLINK(\"x\",\"y\")'"));

        using var answer = await portal.Ask("/api/graph/impact.csv?root=resource:default/idle");
        var text = await answer.Content.ReadAsStringAsync(Cancelled);

        answer.Content.Headers.ContentType!.MediaType.ShouldBe("text/csv");
        text.Split("\r\n")[1].ShouldBe("component:default/sly,\"'=HYPERLINK(\"\"x\"\",\"\"y\"\")\",Component,service,production,group:default/squad,1,dependsOn,resource:default/idle");
        using var unknown = await portal.Ask("/api/graph/impact?root=component:default/never");
        unknown.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        using var nonsense = await portal.Ask("/api/graph/impact?root=never");
        nonsense.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task A_long_chain_is_told_by_its_last_steps()
    {
        await using var portal = await Start(
            Entity("Group", "squad") + Entity("Component", "c0", "owner: squad") + string.Concat(Enumerable.Range(1, 2_000).Select(i => Entity("Component", $"c{i}", $"owner: squad\ndependsOn: ['component:c{i - 1}']"))));

        using var answer = await portal.Ask("/api/graph/impact.csv?root=component:default/c0");
        var lines = (await answer.Content.ReadAsStringAsync(Cancelled)).TrimEnd().Split("\r\n");
        var tab = await portal.Page("/catalog/default/component/c0/impact?owner=group:default/squad&offset=1900");

        lines.Length.ShouldBe(2_001);
        lines[^1].ShouldEndWith(",2000,dependsOn,component:default/c1999");
        var way = tab.QuerySelector("tbody tr:last-child td.text")!;
        way.QuerySelectorAll("a").Select(link => link.TextContent).ShouldBe(["c1999", "c1998", "c1997", "c1996", "c1995", "c1994"]);
        way.TextContent.ShouldContain("… 1,994 more steps");
    }

    [Fact]
    public async Task Twelve_thousand_dependents_are_counted_and_a_few_are_shown()
    {
        await using var portal = await Start(
            Entity("Group", "squad") + Entity("Resource", "hub", "owner: squad") + string.Concat(Enumerable.Range(0, 12_000).Select(i => Entity("Component", $"c{i}", "owner: squad\ndependsOn: ['resource:hub']"))));

        var tab = await portal.Page("/catalog/default/resource/hub/impact");
        var card = await portal.Page("/catalog/default/resource/hub");
        var owner = await portal.Page("/catalog/default/resource/hub/impact?owner=group:default/squad&offset=100");

        tab.Body!.TextContent.ShouldContain("12,000 entities of 1 owner");
        tab.QuerySelectorAll("tbody tr").Length.ShouldBe(10);
        card.QuerySelectorAll(".tabs a").Single(link => link.TextContent.StartsWith("Impact")).TextContent.Trim().ShouldBe("Impact");
        tab.QuerySelector("#impact-text")!.TextContent.Length.ShouldBeLessThan(1000);
        owner.QuerySelectorAll("tbody tr").Length.ShouldBe(100);
        card.QuerySelectorAll("a.talk").Select(box => box.TextContent).ShouldContain("12,000 servicesdepend on it");
        (await portal.View("root=resource:default/hub")).Nodes.Count.ShouldBe(5_000);
    }

    private static string Company =>
        Entity("Group", "squad") + Entity("Group", "readers", "profile:\n  displayName: Readers")
        + Entity("System", "core", "owner: squad")
        + Entity("API", "books", "owner: squad")
        + Entity("Resource", "idle", "owner: squad")
        + Entity("Component", "store", "owner: squad\nsystem: core\nprovidesApis: [books]")
        + Entity("Component", "store-part", "owner: squad\nsubcomponentOf: store")
        + Entity("Component", "reader", "owner: readers\nconsumesApis: [books]\ndependsOn: ['component:day']")
        + Entity("Component", "night", "owner: readers\ndependsOn: ['component:reader']")
        + Entity("Component", "day", "owner: gone\ndependsOn: ['component:night']");

    private static List<string> Told(JsonElement impact) =>
    [
        .. impact.GetProperty("affected").EnumerateArray().Select(one =>
            $"{one.GetProperty("ref").GetString()} {one.GetProperty("distance").GetInt32()} {one.GetProperty("relation").GetString()} {one.GetProperty("through").GetString()}"),
    ];
}
