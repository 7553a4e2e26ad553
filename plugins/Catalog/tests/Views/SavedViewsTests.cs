using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Stagedoor.Catalog.Tests.Engine;
using Stagedoor.Catalog.Tests.Pages;
using Stagedoor.Plugins;
using Stagedoor.Sources;
using Stagedoor.Testing.Portals;
using Stagedoor.Testing.Waiting;
using Stagedoor.Testing.Databases;

namespace Stagedoor.Catalog.Tests.Views;

/// <summary>Views in the sample organisation: mae and others are of squad-lantern, kim looks after the portal.</summary>
public sealed class SavedViewsTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(Store.Sqlite)]
    [InlineData(Store.Postgres)]
    public async Task A_view_shared_with_a_squad_is_seen_by_its_members_and_by_nobody_else(Store store)
    {
        await using var postgres = store == Store.Postgres ? await TemporaryPostgres.Create(Cancelled) : null;
        await using var portal = await Polaris(postgres);
        var (mae, mate, stranger) = People(portal);

        var id = await Save(mae, new { name = "Ours in production", query = "lifecycle=production&filter=owned&offset=50&nonsense=1", sharedWith = "squad-lantern" });

        var view = await mae.GetFromJsonAsync<JsonElement>($"/api/catalog/views/{id}", Cancelled);
        view.GetProperty("query").GetString().ShouldBe("filter=owned&lifecycle=production");
        view.GetProperty("sharedWith").GetString().ShouldBe("group:default/squad-lantern");
        (await Names(mate)).ShouldBe(["Ours in production"]);
        (await Names(stranger)).ShouldBeEmpty();
        (await stranger.GetAsync($"/api/catalog/views/{id}", Cancelled)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await stranger.GetAsync($"/catalog/views/{id}", Cancelled)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await mate.GetAsync($"/catalog/views/{id}", Cancelled)).Headers.Location!.ToString().ShouldEndWith($"/catalog?filter=owned&lifecycle=production&view={id}");
        (await mate.PatchAsJsonAsync($"/api/catalog/views/{id}", new { name = "Mine now" }, Cancelled)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await mate.DeleteAsync($"/api/catalog/views/{id}", Cancelled)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);

        (await mae.PatchAsJsonAsync($"/api/catalog/views/{id}", new { sharedWith = "" }, Cancelled)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await Names(mate)).ShouldBeEmpty();
        (await Names(mae)).ShouldBe(["Ours in production"]);
        (await mae.PatchAsJsonAsync($"/api/catalog/views/{id}", new { sharedWith = "everybody", name = "For all" }, Cancelled)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await Names(stranger)).ShouldBe(["For all"]);

        using var kim = portal.As("kim");
        (await kim.DeleteAsync($"/api/catalog/views/{id}", Cancelled)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await Names(mae)).ShouldBeEmpty();
        (await portal.Service<IAudit>().List(new AuditFilter { ActionPrefix = "catalog.view" }, Cancelled)).ShouldHaveSingleItem().By.ShouldBe("user:default/kim");
    }

    [Fact]
    public async Task What_a_view_cannot_be_is_refused_with_the_reason()
    {
        await using var portal = await Polaris(null);
        var (mae, _, _) = People(portal);
        await Save(mae, new { name = "One", query = "" });

        foreach (var (draft, reason) in new (object, string)[]
        {
            (new { name = " ", query = "" }, "needs a name"),
            (new { name = new string('n', 81), query = "" }, "80 characters"),
            (new { name = "a\nb", query = "" }, "one line"),
            (new { name = "ONE", query = "" }, "already"),
            (new { name = "Long", query = "q=" + new string('q', 4001) }, "4000"),
            (new { name = "Theirs", query = "", sharedWith = "squad-harbour" }, "do not belong"),
            (new { name = "Nowhere", query = "", sharedWith = "a/b/c" }, "no group"),
        })
        {
            using var answer = await mae.PostAsJsonAsync("/api/catalog/views", draft, Cancelled);
            answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest, reason);
            (await answer.Content.ReadAsStringAsync(Cancelled)).ShouldContain(reason);
        }

        for (var i = 1; i < 100; i++)
        {
            await Save(mae, new { name = $"View {i}", query = "" });
        }

        using var full = await mae.PostAsJsonAsync("/api/catalog/views", new { name = "One more", query = "" }, Cancelled);
        (await full.Content.ReadAsStringAsync(Cancelled)).ShouldContain("100 views");
    }

    [Fact]
    public async Task Without_scripts_a_view_is_saved_from_the_list_renamed_and_deleted()
    {
        await using var portal = await Polaris(null);
        using var mae = portal.As("mae");
        var visitor = new Visitor(mae);
        using var saved = await mae.PostAsync("/api/catalog/views/save", Form(("name", "Libraries"), ("query", "type=library"), ("sharedWith", "")), Cancelled);
        var opened = saved.Headers.Location!.ToString();

        var list = await visitor.Page(opened);
        list.QuerySelector("nav[aria-label=Views] a[aria-current]")!.TextContent.Trim().ShouldBe("Libraries");
        list.QuerySelector("#save-view-form input[name=query]")!.GetAttribute("value").ShouldBe("type=library");
        var change = (await visitor.Page("/catalog/views")).QuerySelector("tbody a.btn")!.GetAttribute("href")!;
        (await visitor.Submit(change, "view", ("do", "change"), ("name", "All libraries"), ("sharedWith", "everybody"))).Location!.ShouldEndWith("/catalog/views");
        (await visitor.Page("/catalog/views")).QuerySelector("tbody")!.TextContent.ShouldContain("All libraries");
        (await visitor.Submit(change, "view", ("do", "change"), ("name", ""), ("sharedWith", ""))).Location!.ShouldEndWith(change);
        (await visitor.Submit(change, "view", ("do", "delete"))).Location!.ShouldEndWith("/catalog/views");
        (await visitor.Page("/catalog/views")).QuerySelector(".empty h2")!.TextContent.ShouldBe("No views yet");
        (await visitor.Page(opened)).QuerySelector(".panel h2")!.TextContent.ShouldBe("That view is not here");
    }

    [Fact]
    public async Task A_view_that_one_may_no_longer_change_is_not_replaced_and_nothing_else_is_saved()
    {
        await using var portal = await Polaris(null);
        var (mae, mate, _) = People(portal);
        var id = await Save(mae, new { name = "Ours", query = "type=library", sharedWith = "everybody" });

        using var answer = await mate.PostAsync("/api/catalog/views/save", Form(("name", "Ours"), ("query", "type=service"), ("id", id.ToString())), Cancelled);

        answer.Headers.Location!.ToString().ShouldContain("confirm=save-view");
        (await Names(mate)).ShouldBe(["Ours"]);
        (await mae.GetFromJsonAsync<JsonElement>($"/api/catalog/views/{id}", Cancelled)).GetProperty("query").GetString().ShouldBe("type=library");
    }

    [Theory]
    [InlineData(Store.Sqlite)]
    [InlineData(Store.Postgres)]
    public async Task Ones_own_views_come_first_whatever_others_share_and_all_are_found_page_by_page(Store store)
    {
        await using var postgres = store == Store.Postgres ? await TemporaryPostgres.Create(Cancelled) : null;
        await using var portal = await Polaris(postgres);
        var (mae, mate, _) = People(portal);
        for (var i = 0; i < 100; i++)
        {
            await Save(mate, new { name = $"A {i:00}", query = "", sharedWith = "everybody" });
        }

        await Save(mae, new { name = "Zebra", query = "" });
        await Save(mae, new { name = "Yak", query = "" });

        (await Names(mae))[..3].ShouldBe(["Yak", "Zebra", "A 99"]);
        var visitor = new Visitor(mae);
        (await visitor.Page("/catalog")).QuerySelectorAll("nav[aria-label=Views] a:not(.more)").Select(view => view.TextContent.Trim()).Take(2).ShouldBe(["Yak", "Zebra"]);
        (await visitor.Page("/catalog/views")).QuerySelectorAll("tbody tr").Length.ShouldBe(100);
        (await visitor.Page("/catalog/views?offset=100")).QuerySelectorAll("tbody a.name").Select(view => view.TextContent.Trim()).ShouldBe(["A 01", "A 00"]);
        var saving = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => mae.PostAsJsonAsync("/api/catalog/views", new { name = "Twice", query = "" }, Cancelled)));
        saving.Count(answer => answer.StatusCode == HttpStatusCode.Created).ShouldBe(1);
        saving.Where(answer => answer.StatusCode != HttpStatusCode.Created).ShouldAllBe(answer => answer.StatusCode == HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task Columns_that_a_person_keeps_are_theirs_until_they_take_them_back()
    {
        await using var portal = await Polaris(null);
        using var mae = portal.As("mae");
        using var kim = portal.As("kim");

        using var kept = await mae.PostAsync("/api/catalog/list-columns", Form(("kind", "api"), ("q", "a"), ("columns", "owner"), ("columns", "tags"), ("label", "team"), ("do", "keep")), Cancelled);

        kept.Headers.Location!.ToString().ShouldBe("/catalog?kind=api&q=a");
        (await Heads(mae)).ShouldBe(["Name", "Owner", "Tags", "team", "Actions"]);
        (await Heads(kim)).ShouldBe(["Name", "Type", "System", "Owner", "Lifecycle", "Changed", "Actions"]);
        using var forgot = await mae.PostAsync("/api/catalog/list-columns", Form(("kind", "api"), ("do", "forget")), Cancelled);
        (await Heads(mae)).ShouldBe(await Heads(kim));

        // A table without rows is none, and the catalog is read after the start.
        static async Task<List<string>> Heads(HttpClient person) => await Eventually.Reach(
            "the list has rows", TimeSpan.FromSeconds(30),
            async () => (await TestPortal.Page(person, "/catalog?kind=api&q=a", Cancelled)).QuerySelectorAll("thead th").Select(head => head.TextContent.Trim()).ToList(), heads => heads.Count > 0, Cancelled);
    }

    [Fact]
    public async Task Another_site_can_neither_save_a_view_nor_keep_columns()
    {
        await using var portal = await Polaris(null);
        using var mae = portal.As("mae");

        foreach (var address in new[] { "/api/catalog/views/save", "/api/catalog/list-columns" })
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = Form(("name", "x"), ("query", "")) };
            request.Headers.Add("Sec-Fetch-Site", "cross-site");
            using var answer = await mae.SendAsync(request, Cancelled);
            answer.StatusCode.ShouldBe(HttpStatusCode.Forbidden, address);
        }
    }

    [Fact]
    public async Task What_is_kept_about_a_person_includes_their_views_and_deleting_everything_deletes_these()
    {
        await using var portal = await Polaris(null);
        var (mae, mate, _) = People(portal);
        await Save(mae, new { name = "Mine", query = "kind=api", sharedWith = "everybody" });
        await Save(mate, new { name = "Theirs", query = "kind=api" });

        (await mae.GetStringAsync("/settings", Cancelled)).ShouldContain("Saved views");
        var told = await mae.GetFromJsonAsync<JsonElement>("/api/portal/me/data", Cancelled);
        told.GetProperty("ofPlugins").GetProperty("Saved views").EnumerateArray().ShouldHaveSingleItem().GetProperty("name").GetString().ShouldBe("Mine");
        using var forgotten = await mae.PostAsync("/settings/forget", Form(("what", "everything")), Cancelled);

        (await Names(mae)).ShouldBeEmpty();
        (await Names(mate)).ShouldBe(["Theirs"]);
    }

    private static async Task<TestPortal> Polaris(TemporaryPostgres? postgres) => await TestPortal.Start(
        new TestPortalOptions
        {
            Plugins = [new SourcesPlugin(), new CatalogPlugin()], Sample = "polaris", Configuration = postgres is null ? null : $"database:\n  postgres: {postgres.ConnectionString}",
        },
        Cancelled);

    /// <summary>Mae, somebody of her squad, and somebody of another.</summary>
    private static (HttpClient Mae, HttpClient Mate, HttpClient Stranger) People(TestPortal portal)
    {
        var directory = portal.Service<IDirectory>();
        var lantern = EntityRef.Group("squad-lantern");
        var mate = directory.People.First(person => person.Ref.Name != "mae" && person.MemberOf.Contains(lantern));
        var stranger = directory.People.First(person => !directory.GroupsOf(person.Ref).Contains(lantern) && !directory.GroupsOf(person.Ref).Contains(EntityRef.Group("portal-administrators")));
        return (portal.As("mae"), portal.As(mate.Ref.Name), portal.As(stranger.Ref.Name));
    }

    private static async Task<Guid> Save(HttpClient person, object draft)
    {
        using var answer = await person.PostAsJsonAsync("/api/catalog/views", draft, Cancelled);
        answer.StatusCode.ShouldBe(HttpStatusCode.Created, await answer.Content.ReadAsStringAsync(Cancelled));
        return (await answer.Content.ReadFromJsonAsync<JsonElement>(Cancelled)).GetProperty("id").GetGuid();
    }

    private static async Task<List<string?>> Names(HttpClient person) =>
        [.. (await person.GetFromJsonAsync<JsonElement>("/api/catalog/views", Cancelled)).EnumerateArray().Select(view => view.GetProperty("name").GetString())];

    private static FormUrlEncodedContent Form(params IEnumerable<(string Name, string Value)> fields) => new(fields.Select(field => KeyValuePair.Create(field.Name, field.Value)));
}
