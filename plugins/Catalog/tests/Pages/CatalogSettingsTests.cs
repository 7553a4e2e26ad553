using System.Net;
using System.Net.Http.Json;
using Shouldly;
using Stagedoor.Catalog.Tests.Engine;
using Stagedoor.Plugins;
using Stagedoor.Sources;
using Stagedoor.Testing.Portals;
using Stagedoor.Testing.Waiting;
using Xunit;
using static Stagedoor.Catalog.Tests.Engine.CatalogPortal;

namespace Stagedoor.Catalog.Tests.Pages;

public sealed class CatalogSettingsTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_overview_tells_how_each_source_stands_and_what_waits()
    {
        await using var portal = await Start(Store.Sqlite, files: ("a.yaml", Many(Component("a"), Component("b"))));
        await portal.Comes("component:default/b");
        await portal.Source(source => source.GetProperty("readAt").ValueKind != System.Text.Json.JsonValueKind.Null);

        var page = await new Visitor(portal.Http).Page("/settings/catalog");

        var row = page.QuerySelector("main tbody tr")!;
        row.TextContent.ShouldContain(portal.Folder.Split('/')[^1]);
        row.QuerySelector(".pill")!.TextContent.ShouldBe("ok");
        page.QuerySelectorAll(".facts dt").Select(fact => fact.TextContent).ShouldContain("Lag");
    }

    [Fact]
    public async Task Problems_name_file_line_field_and_the_retry_works()
    {
        await using var portal = await Start(Store.Sqlite, files: [("bad.yaml", Component("bad name")), ("good.yaml", Component("good"))]);
        await portal.Comes("component:default/good");
        await portal.Source(source => source.GetProperty("filesWithProblems").GetInt64() == 1);
        var visitor = new Visitor(portal.Http);

        var page = await visitor.Page("/settings/catalog?tab=problems");

        (await visitor.Page("/settings/catalog")).QuerySelector("main tbody .pill")!.TextContent.ShouldBe("has problems");
        var row = page.QuerySelectorAll("main tbody tr").Single();
        row.TextContent.ShouldContain("bad.yaml");
        row.TextContent.ShouldContain("line 4:");
        row.QuerySelector("code")!.TextContent.ShouldBe("metadata.name");
        var retry = row.QuerySelector("button[name=do]")!.GetAttribute("value")!;
        (await visitor.Submit("/settings/catalog?tab=problems", "catalog", ("do", retry))).Status.ShouldBe(HttpStatusCode.Found);
    }

    [Fact]
    public async Task Conflicts_name_what_is_served_and_what_is_not()
    {
        await using var portal = await Start(Store.Sqlite, files: [("1.yaml", Component("a")), ("2.yaml", Component("a", owner: "group:default/z")), ("3.yaml", Component("b"))]);
        await portal.Comes("component:default/b");

        var page = await new Visitor(portal.Http).Page("/settings/catalog?tab=conflicts");

        var cells = page.QuerySelectorAll("main tbody td");
        cells[0].TextContent.ShouldContain("component:default/a");
        cells[1].TextContent.ShouldContain("1.yaml");
        cells[2].TextContent.ShouldContain("2.yaml");
    }

    [Fact]
    public async Task The_last_hour_is_counted_and_its_newest_changes_are_listed()
    {
        await using var portal = await Start(Store.Sqlite, files: ("a.yaml", Many(Component("a"), Component("b"))));
        await portal.Comes("component:default/b");

        var page = await new Visitor(portal.Http).Page("/settings/catalog?tab=changes");

        page.QuerySelectorAll(".big")[0].TextContent.Trim().ShouldBe("3");
        page.QuerySelector("main tbody")!.TextContent.ShouldContain("created");
        (await new Visitor(portal.Http).Page("/settings/catalog?tab=orphans")).QuerySelector(".empty h2")!.TextContent.ShouldBe("No orphans");
    }

    [Fact]
    public async Task Deletions_that_are_held_back_happen_only_after_their_number_was_typed()
    {
        var all = Enumerable.Range(0, 20).Select(index => Component($"c{index}")).ToList();
        await using var portal = await Start(Store.Sqlite, files: ("a.yaml", Many(all)));
        await portal.Comes("component:default/c19");
        portal.Write("a.yaml", Many(all.Take(2)));
        var source = await portal.Source(found => found.GetProperty("held").GetInt64() == 18);
        var detail = $"/settings/catalog/sources/{source.GetProperty("id").GetGuid()}";
        var visitor = new Visitor(portal.Http);

        var overview = await visitor.Page("/settings/catalog");
        var page = await visitor.Page(detail + "?confirm=held");
        await visitor.Submit(detail, "source", ("do", "confirm"), ("count", "17"));
        var afterWrongNumber = await visitor.Page(detail);
        await visitor.Submit(detail, "source", ("do", "confirm"), ("count", "18"));

        overview.QuerySelector(".panel h2")!.TextContent.ShouldBe("18 deletions are held back");
        page.QuerySelector("dialog#held")!.HasAttribute("open").ShouldBeTrue();
        page.QuerySelector("dialog#held input[name=count]")!.GetAttribute("form").ShouldBe("source");
        afterWrongNumber.QuerySelector(".toast")!.TextContent.ShouldContain("Nothing was deleted");
        await portal.Goes("component:default/c19");
        (await portal.Find("component:default/c1")).ShouldNotBeNull();
    }

    [Fact]
    public async Task A_dry_run_tells_what_would_change_and_changes_nothing()
    {
        await using var portal = await Start(Store.Sqlite, files: ("a.yaml", Many(Component("a"), Component("b"))));
        await portal.Comes("component:default/b");
        var visitor = new Visitor(portal.Http);
        var detail = await Detail(portal);
        await visitor.Submit(detail, "source", ("do", "pause"), ("why", "Moving house"));
        portal.Write("a.yaml", Many(Component("a", owner: "group:default/z"), Component("new")));

        var page = await visitor.Page(detail + "?try=yes");

        var text = page.QuerySelectorAll("dl.meta dt").Select(row => row.TextContent).ToList();
        text.ShouldBe(["New, 1", "Changed, 1", "Gone, 1"]);
        page.QuerySelector("main")!.TextContent.ShouldContain("Moving house");
        (await portal.Find("component:default/b")).ShouldNotBeNull();

        await visitor.Submit(detail, "source", ("do", "resume"));
        await portal.Comes("component:default/new");
    }

    [Fact]
    public async Task Pausing_needs_a_reason()
    {
        await using var portal = await Start(Store.Sqlite, files: ("a.yaml", Component("a")));
        await portal.Comes("component:default/a");
        var visitor = new Visitor(portal.Http);
        var detail = await Detail(portal);

        await visitor.Submit(detail, "source", ("do", "pause"), ("why", " "));

        var page = await visitor.Page(detail);
        page.QuerySelector(".toast")!.TextContent.ShouldContain("say why");
        page.QuerySelector(".facts .pill")!.TextContent.ShouldBe("ok");
    }

    [Fact]
    public async Task A_source_goes_back_to_a_moment_after_showing_what_that_changes()
    {
        await using var portal = await Start(Store.Sqlite, files: ("a.yaml", Many(Component("a"), Component("b"))));
        await portal.Comes("component:default/b");
        var visitor = new Visitor(portal.Http);
        var detail = await Detail(portal);
        var moment = DateTimeOffset.Parse((await portal.Get("history/component/default/b")).GetProperty("items")[0].GetProperty("at").GetString()!).AddMilliseconds(1).UtcDateTime.ToString("O");
        portal.Write("a.yaml", Component("a", owner: "group:default/z"));
        await portal.Goes("component:default/b");

        var preview = await visitor.Page($"{detail}?moment={Uri.EscapeDataString(moment)}");
        await visitor.Submit(detail, "source", ("do", $"restore:{moment}"));

        preview.QuerySelectorAll("dl.meta dt").Select(row => row.TextContent).ShouldBe(["Come back, 1", "As they were, 1", "Go away, 0"]);
        await portal.Comes("component:default/b");
        (await visitor.Page(detail)).QuerySelector(".facts")!.TextContent.ShouldContain("paused");
        (await visitor.Page($"{detail}?moment=1999-01-01T00:00")).QuerySelector(".error")!.TextContent.ShouldContain("does not reach back");
        (await visitor.Page($"{detail}?moment=yesterday")).QuerySelector(".error")!.TextContent.ShouldContain("no moment");
    }

    [Fact]
    public async Task A_source_that_is_not_there_answers_404()
    {
        await using var portal = await Start(Store.Sqlite);
        (await new Visitor(portal.Http).Look($"/settings/catalog/sources/{Guid.NewGuid()}")).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Whoever_does_not_administer_the_catalog_sees_and_does_none_of_this()
    {
        await using var portal = await TestPortal.Start(new TestPortalOptions { Plugins = [new SourcesPlugin(), new CatalogPlugin()] }, Cancelled);
        using var mae = portal.As("mae");
        var visitor = new Visitor(mae);

        (await visitor.Look("/settings/catalog")).Status.ShouldBe(HttpStatusCode.Forbidden);
        (await visitor.Look($"/settings/catalog/sources/{Guid.NewGuid()}")).Status.ShouldBe(HttpStatusCode.Forbidden);
        using var posted = await mae.PostAsync("/settings/catalog", new FormUrlEncodedContent([KeyValuePair.Create("do", "retry:x"), KeyValuePair.Create("_handler", "catalog")]), Cancelled);
        posted.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await visitor.Look("/catalog")).Status.ShouldBe(HttpStatusCode.OK);
        var sources = await mae.GetFromJsonAsync<System.Text.Json.JsonElement>("/api/catalog/sources", Cancelled);
        sources.GetArrayLength().ShouldBeGreaterThan(0);
        foreach (var source in sources.EnumerateArray())
        {
            source.GetProperty("type").GetString().ShouldNotBeNullOrEmpty();
            new[] { "target", "title", "error", "createdBy", "pausedWhy", "held", "entities" }.ShouldAllBe(name => !source.EnumerateObject().Any(field => field.Name == name));
        }
    }

    private static async Task<string> Detail(CatalogPortal portal)
    {
        var source = await portal.Source(found => found.GetProperty("readAt").ValueKind != System.Text.Json.JsonValueKind.Null);
        return $"/settings/catalog/sources/{source.GetProperty("id").GetGuid()}";
    }
}
