using AngleSharp.Dom;
using Stagedoor.Catalog;
using Stagedoor.Plugins;
using Stagedoor.Sources;
using Stagedoor.Testing.Portals;
using Stagedoor.Testing.Waiting;

namespace Stagedoor.Home.Tests;

/// <summary>The start page over the catalog of the sample organisation.</summary>
public sealed class HomeCatalogTests
{
    private static readonly EntityRef Mae = EntityRef.User("mae");
    private static readonly EntityRef DeadLetter = EntityRef.Parse("component:default/dead-letter");

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_counts_what_is_owned_by_kind_and_leads_to_the_list()
    {
        await using var portal = await Start();

        var mine = new EntityFilter.Has("relations.ownedBy", [Mae.ToString(), .. portal.Service<IDirectory>().GroupsOf(Mae).Select(group => group.ToString())]);

        // The catalog is still being read.
        await Eventually.Be(
            async () =>
            {
                var count = await portal.Service<ICatalog>().Count(new EntityFilter.AllOf(EntityFilter.OfKind("component"), mine), Caller.Portal, Cancelled);
                var tile = (await portal.Page("/", Cancelled)).QuerySelector(".tiles a[href='/catalog?kind=component&filter=owned'] b");
                return tile?.TextContent.Trim() == $"{count}";
            },
            "the page says what the catalog counts");

        var page = await portal.Page("/", Cancelled);
        page.QuerySelectorAll(".home .found.two a").Length.ShouldBeInRange(1, 8);
    }

    [Fact]
    public async Task An_empty_catalog_starts_with_one_way_to_the_first_location()
    {
        await using var portal = await TestPortal.Start(new TestPortalOptions { Plugins = [new SourcesPlugin(), new CatalogPlugin(), new HomePlugin()], Sample = "none" }, Cancelled);

        var page = await portal.Page("/", Cancelled);

        page.QuerySelectorAll("main .empty h2").Select(title => title.TextContent).ShouldBe(["The catalog is empty so far"]);
        page.QuerySelector("main .empty .actions a")!.GetAttribute("href").ShouldBe("/catalog/register");
        page.QuerySelector(".home .card h2")!.TextContent.ShouldBe("Getting started");
    }

    [Fact]
    public async Task A_catalog_whose_only_location_is_broken_leads_to_what_is_wrong()
    {
        var file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, "metadata: {name: [", Cancelled);
        await using var portal = await TestPortal.Start(
            new TestPortalOptions
            {
                Plugins = [new SourcesPlugin(), new CatalogPlugin(), new HomePlugin()],
                Sample = "none",
                Configuration = $"catalog: {{locations: [{{type: file, target: {file}}}]}}",
            },
            Cancelled);
        await Eventually.Be(async () => await portal.Service<ICatalog>().Count(EntityFilter.OfKind("location"), Caller.Portal, Cancelled) > 0, "the location is there");

        foreach (var path in new[] { "/", "/catalog" })
        {
            var page = await portal.Page(path, Cancelled);
            page.QuerySelector("main .empty h2")!.TextContent.ShouldBe("Nothing has come of the registered locations yet", path);
            page.QuerySelector("main .empty .actions a")!.GetAttribute("href").ShouldBe("/settings/catalog?tab=problems", path);
        }

        File.Delete(file);
    }

    [Fact]
    public async Task What_was_starred_last_comes_first_and_what_is_gone_can_still_be_put_away()
    {
        await using var portal = await Start();
        var marks = portal.Service<IEntityMarks>();
        await marks.Set(Mae, EntityMark.Star, EntityRef.Parse("component:default/gone"), on: true, Cancelled);
        await marks.Set(Mae, EntityMark.Star, DeadLetter, on: true, Cancelled);

        var lines = (await portal.Page("/", Cancelled)).QuerySelectorAll(".home .card").First(card => card.QuerySelector("h2")?.TextContent.StartsWith("Starred", StringComparison.Ordinal) == true).QuerySelectorAll("li").ToList();

        lines.Select(line => line.QuerySelector("a")!.GetAttribute("href")).ShouldBe(["/catalog/default/component/dead-letter", "/catalog/default/component/gone"]);
        lines[1].TextContent.ShouldContain("not in the catalog any more");
        lines[1].QuerySelector("button[name=unstar]")!.GetAttribute("value").ShouldBe("component:default/gone");
    }

    [Fact]
    public async Task Ten_stars_are_shown_and_the_rest_is_a_link_away()
    {
        await using var portal = await Start();
        foreach (var i in Enumerable.Range(0, 25))
        {
            await portal.Service<IEntityMarks>().Set(Mae, EntityMark.Star, EntityRef.Parse($"component:default/c-{i}"), on: true, Cancelled);
        }

        var page = await portal.Page("/", Cancelled);

        page.QuerySelectorAll(".home button[name=unstar]").Length.ShouldBe(10);
        page.QuerySelector(".home a[href='/catalog?kind=all&filter=starred']")!.TextContent.ShouldContain("25");
    }

    [Fact]
    public async Task Visits_are_shown_by_time_or_by_number_as_the_address_says_and_not_what_is_gone()
    {
        await using var portal = await Start();
        var visits = portal.Service<IVisits>();
        visits.Note(Mae, DeadLetter);
        visits.Note(Mae, DeadLetter);
        visits.Note(Mae, EntityRef.Parse("component:default/gone"));
        await Task.Delay(20, Cancelled);
        visits.Note(Mae, EntityRef.Parse("group:default/squad-lantern"));

        (await Visited("/")).ShouldBe(["/catalog/default/group/squad-lantern", "/catalog/default/component/dead-letter"]);
        (await Visited("/?visited=most")).ShouldBe(["/catalog/default/component/dead-letter", "/catalog/default/group/squad-lantern"]);

        async Task<List<string?>> Visited(string address) =>
        [
            .. (await portal.Page(address, Cancelled)).QuerySelectorAll(".home .card").First(card => card.QuerySelector("h2")?.TextContent == "Visited")
                .QuerySelectorAll("li a").Select(link => link.GetAttribute("href")),
        ];
    }

    [Fact]
    public async Task A_squad_says_how_many_are_in_it_and_what_it_owns_and_shows_a_few_of_its_people()
    {
        await using var portal = await Start();

        var squad = (await portal.Page("/", Cancelled)).QuerySelector(".squad").ShouldNotBeNull();

        squad.QuerySelector("h3 a")!.GetAttribute("href").ShouldBe("/catalog/default/group/squad-lantern");
        squad.QuerySelectorAll(".avatars .avatar").Length.ShouldBe(6);
        squad.QuerySelector(".row .dim")!.TextContent.ShouldContain("people");
        squad.QuerySelector("a[href^='/catalog?kind=all&owner=']").ShouldNotBeNull();
    }

    [Fact]
    public async Task Only_what_exists_can_be_starred_and_finding_it_takes_a_word()
    {
        await using var portal = await Start();

        (await Star("component:default/dead-letter")).ShouldBe(204);
        (await Star("component:default/never-there")).ShouldBe(404);
        (await portal.Page("/find?q=dead-let", Cancelled)).QuerySelectorAll("main .found a").ShouldContain(link =>
            link.GetAttribute("href") == "/catalog/default/component/dead-letter" && link.TextContent.Contains("squad-lantern") && link.QuerySelector("svg") != null);

        async Task<int> Star(string entity)
        {
            using var content = new FormUrlEncodedContent(new Dictionary<string, string> { ["star"] = entity });
            using var answer = await portal.Http.PostAsync("/marks", content, Cancelled);
            return (int)answer.StatusCode;
        }
    }

    private static async Task<TestPortal> Start()
    {
        var portal = await TestPortal.Start(new TestPortalOptions { Plugins = [new HomePlugin(), new SourcesPlugin(), new CatalogPlugin()] }, Cancelled);
        await Eventually.Reach(
            "the sample is in the catalog", TimeSpan.FromSeconds(90), async () => await portal.Service<ICatalog>().Find([DeadLetter, Mae, EntityRef.Group("squad-lantern")], Caller.Portal, Cancelled), found => found.All(one => one is not null), Cancelled);
        return portal;
    }
}
