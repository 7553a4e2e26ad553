using System.Net;
using System.Text;
using System.Text.Json;
using AngleSharp.Html.Dom;
using Stagedoor.Catalog.Tests.Engine;
using static Stagedoor.Catalog.Tests.Engine.CatalogPortal;

namespace Stagedoor.Catalog.Tests.Pages.List;

public sealed class ListPageTests
{
    private const string Fields = """
          fields:
            - path: metadata.labels.example.com/tier
              title: Tier
              kinds: [Component]
              filter: true
              column: true
          lists:
            - kind: Domain
              columns: [changed, metadata.labels.colour]
        """;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Counts_of_a_facet_react_to_the_other_filters_and_the_text_and_several_values_may_be_chosen()
    {
        await using var portal = await Harbour();
        var visitor = new Visitor(portal.Http);

        var page = await visitor.Page("/catalog?type=library&type=service&owner=group:default/x&q=a");

        Names(page).ShouldBe(["=anchor", "sail"]);
        Facet(page, "Type").ShouldBe(["library 1", "service 1", "website 1"]);
        Facet(page, "Owner").ShouldBe(["x 2", "y 1"]);
        Facet(page, "Tier").ShouldBe(["1 1", "2 1"]);
        Chosen(page).ShouldBe(["Type: library", "Type: service", "Owner: x", "“a”"]);
        var without = page.QuerySelectorAll(".list-chosen a.chip")[0].GetAttribute("href")!;
        Names(await visitor.Page(without)).ShouldBe(["=anchor"]);
        Names(await visitor.Page(page.QuerySelector(".list-chosen > a:not(.chip)")!.GetAttribute("href")!)).Count.ShouldBe(5);
    }

    [Fact]
    public async Task What_is_chosen_and_matches_nothing_stays_in_sight()
    {
        await using var portal = await Harbour();

        var page = await new Visitor(portal.Http).Page("/catalog?type=submarine&lifecycle=production");

        Facet(page, "Type")[0].ShouldBe("submarine 0");
        page.QuerySelector("nav[aria-label=Type] a[aria-current]")!.GetAttribute("href").ShouldBe("/catalog?lifecycle=production");
        page.QuerySelector(".empty h2")!.TextContent.ShouldBe("Nothing matches");
    }

    [Fact]
    public async Task A_component_is_in_the_domain_of_its_system()
    {
        await using var portal = await Harbour();
        var visitor = new Visitor(portal.Http);

        var page = await visitor.Page("/catalog?domain=sea");

        Names(page).ShouldBe(["mast", "sail"]);
        Facet(page, "Domain").ShouldBe(["The sea 2", "land 1"]);
        page.QuerySelectorAll("tbody tr")[0].TextContent.ShouldContain("The sea");
        page.QuerySelector("tbody a[href='/catalog/default/domain/sea']").ShouldNotBeNull();
        Names(await visitor.Page("/catalog?kind=system&domain=sea")).ShouldBe(["fleet"]);
        Names(await visitor.Page("/catalog?kind=all&domain=domain:default/sea")).ShouldBe(["fleet", "mast", "sail"]);
        Names(await visitor.Page("/catalog?domain=nowhere")).ShouldBeEmpty();
    }

    [Fact]
    public async Task Columns_come_from_the_address_the_configuration_and_the_fields()
    {
        await using var portal = await Harbour();
        var visitor = new Visitor(portal.Http);

        Heads(await visitor.Page("/catalog")).ShouldBe(["Name", "Tier", "Domain", "Owner", "Lifecycle", "Changed", "Actions"]);
        Heads(await visitor.Page("/catalog?kind=domain")).ShouldBe(["Name", "Changed", "colour", "Actions"]);
        var page = await visitor.Page("/catalog?columns=tags,nonsense,owner&label=example.com/tier&sort=metadata.labels.example.com/tier&dir=desc");
        Heads(page).ShouldBe(["Name", "Tags", "Owner", "Tier", "Actions"]);
        Names(page)[..2].ShouldBe(["sail", "=anchor"]);
        page.QuerySelector("tbody tr")!.TextContent.ShouldContain("2");
        (await visitor.Page("/catalog")).QuerySelectorAll("tbody time").Length.ShouldBe(5);
    }

    [Fact]
    public async Task A_list_is_in_the_order_of_its_titles()
    {
        await using var portal = await Start(Store.Sqlite, files: ("a.yaml", Many(Component("c", more: "  title: Aardvark"), Component("a", more: "  title: zebra"), Component("b"))));
        await portal.Comes("component:default/b");
        var visitor = new Visitor(portal.Http);

        Names(await visitor.Page("/catalog")).ShouldBe(["Aardvark", "b", "zebra"]);
        Names(await visitor.Page("/catalog?sort=name&dir=desc&limit=20&offset=2")).ShouldBe(["Aardvark"]);
    }

    [Fact]
    public async Task A_star_is_kept_and_found_again()
    {
        await using var portal = await Harbour();
        var visitor = new Visitor(portal.Http);
        (await visitor.Page("/catalog?filter=starred")).QuerySelector(".empty h2")!.TextContent.ShouldBe("No components have your star");

        using var answer = await portal.Http.PostAsync("/marks", new FormUrlEncodedContent([KeyValuePair.Create("star", "component:default/sail")]), Cancelled);
        var page = await visitor.Page("/catalog?filter=starred");

        answer.StatusCode.ShouldBe(HttpStatusCode.NoContent);
        Names(page).ShouldBe(["sail"]);
        page.QuerySelector("tbody button.mark")!.GetAttribute("aria-pressed").ShouldBe("true");
        Facet(page, "Personal")[1].ShouldBe("Starred 1");
        Facet(page, "Type").ShouldBe(["library 1"]);
    }

    [Fact]
    public async Task Owned_explains_itself_to_somebody_who_is_no_person_of_the_organisation()
    {
        await using var portal = await Harbour();

        var page = await new Visitor(portal.Http).Page("/catalog?filter=owned");

        page.QuerySelector(".empty h2")!.TextContent.ShouldBe("No components are yours");
        page.QuerySelector(".empty .dim")!.TextContent.ShouldContain("not signed in");
        page.QuerySelector(".empty a")!.GetAttribute("href").ShouldBe("/catalog");
    }

    [Theory]
    [InlineData("?kind=nonsense", "There is no such kind")]
    [InlineData("?offset=500", "The list is not that long")]
    [InlineData("?view=11111111-1111-1111-1111-111111111111&q=nothing+like+it", "Nothing matches")]
    public async Task What_cannot_be_shown_says_why(string query, string title)
    {
        await using var portal = await Harbour();

        (await new Visitor(portal.Http).Page("/catalog" + query)).QuerySelector(".empty h2")!.TextContent.ShouldBe(title);
    }

    [Fact]
    public async Task Whatever_stands_in_an_entity_the_list_shows_it_as_text_and_stays_small()
    {
        const string Evil = "<script>alert(1)</script><img src=x onerror=alert(2)>";
        var tags = string.Join(", ", Enumerable.Range(0, 500).Select(i => $"tag-{i}"));
        var bad = $"""
            apiVersion: backstage.io/v1alpha1
            kind: Component
            metadata:
              name: bad
              title: "{Evil} مرحبا 🚢{new string('x', 300)}"
              description: "{Evil}"
              tags: [{tags}]
            spec:
              type: "{Evil}"
              lifecycle: "{Evil}"
              owner: nobody
              system: nowhere
              definition: "{new string('y', 60_000)}"

            """;
        await using var portal = await Start(Store.Sqlite, Fields, files: ("a.yaml", bad));
        await portal.Comes("component:default/bad");
        var visitor = new Visitor(portal.Http);

        foreach (var address in new[] { "/catalog", "/catalog?columns=type,system,tags,description,spec.definition,metadata", "/catalog/facets/type", "/catalog/facets/tag" })
        {
            var page = await visitor.Page(address);
            page.QuerySelector("main script:not([src])").ShouldBeNull(address);
            page.QuerySelector("main img").ShouldBeNull(address);
            page.Source.Text.Length.ShouldBeLessThan(200_000, address);
        }

        var row = (await visitor.Page("/catalog")).QuerySelector("tbody tr")!;
        row.TextContent.ShouldContain("missing");
        row.QuerySelector("a.name")!.TextContent.Length.ShouldBeLessThan(130);
    }

    [Fact]
    public async Task A_long_facet_has_a_page_of_its_own_that_finds_values()
    {
        await using var portal = await Start(Store.Sqlite, files: ("a.yaml", Many(Enumerable.Range(0, 30).Select(i => Component($"c-{i}", owner: $"group:default/team-{i}")))));
        await portal.Comes("component:default/c-29");
        var visitor = new Visitor(portal.Http);

        var list = await visitor.Page("/catalog?lifecycle=production");
        var more = list.QuerySelector("nav[aria-label=Owner] a.more")!;
        var found = await visitor.Page(more.GetAttribute("href") + "&find=team-2");

        more.TextContent.ShouldBe("20 more…");
        found.QuerySelectorAll(".facet-values a").Length.ShouldBe(11);
        Names(await visitor.Page(found.QuerySelector(".facet-values a[title='group:default/team-27']")!.GetAttribute("href")!)).ShouldBe(["c-27"]);
        (await visitor.Look("/catalog/facets/nonsense")).Status.ShouldBe(HttpStatusCode.NotFound);
        (await visitor.Page("/catalog/facets/owner?find=zzz")).QuerySelector(".empty").ShouldNotBeNull();
    }

    [Fact]
    public async Task An_export_is_the_list_on_all_its_pages()
    {
        await using var portal = await Harbour();

        using var csv = await portal.Http.GetAsync("/api/catalog/export?format=csv&type=service&type=library&columns=owner,domain,tags&sort=name&dir=desc", Cancelled);
        using var json = await portal.Http.GetAsync("/api/catalog/export?format=json&domain=sea&limit=20&columns=type,domain,changed", Cancelled);
        using var other = await portal.Http.GetAsync("/api/catalog/export?format=xlsx", Cancelled);
        using var guessed = await portal.Http.GetAsync("/catalog/export?format=csv", Cancelled);

        csv.Content.Headers.ContentType!.MediaType.ShouldBe("text/csv");
        csv.Content.Headers.ContentDisposition!.FileName!.ShouldMatch("^\"?catalog-components-\\d{4}-\\d\\d-\\d\\d\\.csv\"?$");
        var bytes = await csv.Content.ReadAsByteArrayAsync(Cancelled);
        bytes[..3].ShouldBe(Encoding.UTF8.Preamble.ToArray());
        Encoding.UTF8.GetString(bytes[3..]).Split("\r\n").ShouldBe([
            "Reference,Name,Owner,Domain,Tags",
            "component:default/sail,sail,group:default/x,domain:default/sea,",
            "component:default/boat-a,boat-a,group:default/y,,",
            "component:default/anchor,\"'=anchor\",group:default/x,,",
            "",
        ]);
        var root = JsonElement.Parse(await json.Content.ReadAsStringAsync(Cancelled));
        root.GetProperty("total").GetInt32().ShouldBe(2);
        var mast = root.GetProperty("items").EnumerateArray().First();
        mast.GetProperty("ref").GetString().ShouldBe("component:default/mast");
        mast.GetProperty("domain").EnumerateArray().Single().GetString().ShouldBe("domain:default/sea");
        DateTimeOffset.Parse(mast.GetProperty("changed").GetString()!, System.Globalization.CultureInfo.InvariantCulture).Year.ShouldBeGreaterThan(2000);
        other.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        guessed.Headers.Location!.ToString().ShouldEndWith("/api/catalog/export?format=csv");
    }

    [Fact]
    public async Task A_picker_gets_what_begins_with_the_text_first_and_never_more_than_twenty()
    {
        await using var portal = await Start(Store.Sqlite, files: ("a.yaml", Many([.. Enumerable.Range(0, 30).Select(i => Component($"x-boat-{i:00}")), Component("boat"), Component("raft", more: "  title: No boat")])));
        await portal.Comes("component:default/raft");

        var found = await Picked("kind=component&q=Boat");
        var pasted = await Picked("q=component:default/raft");

        found.Count.ShouldBe(20);
        found[0].ShouldBe("component:default/boat");
        pasted.ShouldBe(["component:default/raft"]);
        (await Picked("kind=group&q=boat")).ShouldBeEmpty();
        (await Picked($"q={new string('z', 5000)}")).ShouldBeEmpty();

        async Task<List<string?>> Picked(string query) => [.. (await portal.Get($"pick?{query}")).GetProperty("items").EnumerateArray().Select(item => item.GetProperty("ref").GetString())];
    }

    [Fact]
    public async Task A_picker_offers_groups_before_people_whose_names_begin_alike_and_what_is_called_so_before_both()
    {
        await using var portal = await Start(Store.Sqlite, files: ("a.yaml", Many([
            Named("User", "lana", "Lana Berg"), Named("User", "lantern", "The Lantern"), Named("Group", "plans", "Plans"), Named("Group", "squad-lantern", "Squad Lantern"), Named("Group", "lanes", "Lanes"),
        ])));
        await portal.Comes("group:default/lanes");

        (await Picked("lan")).ShouldBe(["group:default/lanes", "group:default/squad-lantern", "user:default/lana", "user:default/lantern", "group:default/plans"]);
        (await Picked("lantern")).ShouldBe(["user:default/lantern", "group:default/squad-lantern"]);
        (await Picked("squad lan")).ShouldBe(["group:default/squad-lantern"]);
        (await Picked("")).ShouldBe(["group:default/lanes", "group:default/plans", "group:default/squad-lantern", "user:default/lana", "user:default/lantern"]);

        async Task<List<string?>> Picked(string text) =>
            [.. (await portal.Get($"pick?kind=group&kind=user&q={Uri.EscapeDataString(text)}")).GetProperty("items").EnumerateArray().Select(item => item.GetProperty("ref").GetString())];
    }

    [Fact]
    public async Task Owners_are_called_by_their_titles_and_known_by_their_references()
    {
        await using var portal = await Start(Store.Sqlite, files: ("a.yaml", Many([
            Component("boat", owner: "group:default/squad-lantern"), Component("raft", owner: "user:default/lana"), Component("wreck", owner: "group:default/nobody"),
            Named("Group", "squad-lantern", "Squad Lantern"), Named("User", "lana", "Lana Berg"),
        ])));
        await portal.Comes("user:default/lana");
        await portal.Comes("component:default/wreck", entity => entity.Relations.Count > 0);

        var page = await new Visitor(portal.Http).Page("/catalog?columns=owner,lifecycle&owner=group:default/squad-lantern&owner=user:default/lana&owner=group:default/nobody");

        page.QuerySelectorAll("tbody td:nth-child(2) a").Select(link => (link.TextContent, link.GetAttribute("title"))).ShouldBe(
            [("Squad Lantern", "group:default/squad-lantern"), ("Lana Berg", "user:default/lana"), ("nobody", "group:default/nobody")]);
        page.QuerySelectorAll("tbody .brief").Select(line => line.FirstElementChild!.TextContent).ShouldBe(["Squad Lantern", "Lana Berg", "nobody"]);
        Facet(page, "Owner").Order().ShouldBe(["Lana Berg 1", "Squad Lantern 1", "nobody 1"], ignoreOrder: true);
        Chosen(page).ShouldBe(["Owner: Squad Lantern", "Owner: Lana Berg", "Owner: nobody"]);
        (await portal.Http.GetStringAsync("/api/catalog/export?columns=owner&q=boat", Cancelled)).ShouldContain("component:default/boat,boat,group:default/squad-lantern");
    }

    private static string Named(string kind, string name, string title) => $$"""
        apiVersion: backstage.io/v1alpha1
        kind: {{kind}}
        metadata: {name: {{name}}}
        spec: {profile: {displayName: {{title}}}{{(kind == "Group" ? ", type: team, children: []" : ", memberOf: []")}}}

        """;

    /// <summary>Five components, two systems with a domain and one without, two domains.</summary>
    private static async Task<CatalogPortal> Harbour()
    {
        const string Entities = """
            apiVersion: backstage.io/v1alpha1
            kind: Component
            metadata: {name: sail, labels: {example.com/tier: '2'}}
            spec: {type: library, lifecycle: production, owner: group:default/x, system: fleet}
            ---
            apiVersion: backstage.io/v1alpha1
            kind: Component
            metadata: {name: mast, tags: [red]}
            spec: {type: website, lifecycle: production, owner: group:default/y, system: fleet}
            ---
            apiVersion: backstage.io/v1alpha1
            kind: Component
            metadata: {name: anchor, title: '=anchor', labels: {example.com/tier: '1'}}
            spec: {type: service, lifecycle: production, owner: group:default/x}
            ---
            apiVersion: backstage.io/v1alpha1
            kind: Component
            metadata: {name: cart}
            spec: {type: website, lifecycle: production, owner: group:default/x, system: road}
            ---
            apiVersion: backstage.io/v1alpha1
            kind: Component
            metadata: {name: boat-a}
            spec: {type: service, lifecycle: production, owner: group:default/y}
            ---
            apiVersion: backstage.io/v1alpha1
            kind: System
            metadata: {name: fleet}
            spec: {owner: group:default/x, domain: sea}
            ---
            apiVersion: backstage.io/v1alpha1
            kind: System
            metadata: {name: road}
            spec: {owner: group:default/x, domain: land}
            ---
            apiVersion: backstage.io/v1alpha1
            kind: System
            metadata: {name: lost}
            spec: {owner: group:default/x, domain: nowhere}
            ---
            apiVersion: backstage.io/v1alpha1
            kind: Domain
            metadata: {name: sea, title: The sea}
            spec: {owner: group:default/x}
            ---
            apiVersion: backstage.io/v1alpha1
            kind: Domain
            metadata: {name: land}
            spec: {owner: group:default/x}
            """;
        var portal = await Start(Store.Sqlite, Fields, files: ("a.yaml", Entities));
        await portal.Comes("domain:default/land");
        await portal.Comes("component:default/sail", entity => entity.Relations.Count > 1);
        return portal;
    }

    private static List<string> Names(IHtmlDocument page) => [.. page.QuerySelectorAll("tbody a.name").Select(link => link.TextContent.Trim())];

    private static List<string> Heads(IHtmlDocument page) => [.. page.QuerySelectorAll("thead th").Select(head => head.TextContent.Trim())];

    private static List<string> Chosen(IHtmlDocument page) => [.. page.QuerySelectorAll(".list-chosen a.chip").Select(link => link.TextContent.Trim())];

    private static List<string> Facet(IHtmlDocument page, string title) =>
        [.. page.QuerySelectorAll($"nav[aria-label={title}] a:not(.more)").Select(link => $"{link.QuerySelector(".cut")!.TextContent.Trim()} {link.QuerySelector(".n")!.TextContent}")];
}
