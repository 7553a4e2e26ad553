using Microsoft.Playwright;
using Stagedoor.EndToEnd.Tests.Pages;
using Stagedoor.EndToEnd.Tests.Portals;
using Stagedoor.Testing.Browser;
using Stagedoor.Testing.Processes;

namespace Stagedoor.EndToEnd.Tests.Catalog;

/// <summary>What people do on an entity's page, in a browser.</summary>
public sealed class EntityPageTests(SharedPortals portals, BrowserFixture browser)
{
    private const string DeadLetter = "/catalog/default/component/dead-letter";

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Owner_dependents_readme_API_and_last_change_are_on_the_page_or_one_click_away()
    {
        var portal = await portals.Polaris();
        await There(portal, DeadLetter);
        await using var visitor = await browser.Open(View.Desktop);

        await visitor.Go(portal.At(DeadLetter));
        await visitor.Page.Locator(".readme h1").WaitForAsync();

        (await visitor.Page.Locator(".facts").InnerTextAsync()).ShouldContain("Squad Lantern");
        (await Card(visitor, "Needed by").InnerTextAsync()).ShouldContain("payment-service");
        (await visitor.Page.Locator(".readme").InnerTextAsync()).ShouldContain("somebody's transfer that did not happen");
        (await Card(visitor, "Recent changes").InnerTextAsync()).ShouldContain("created");
        (await Card(visitor, "Languages").InnerTextAsync()).ShouldContain("C#");
        await Card(visitor, "Provides APIs").GetByRole(AriaRole.Link, new() { Name = "Dead letters" }).ClickAsync();
        (await Card(visitor, "Definition").InnerTextAsync()).ShouldContain("openapi: 3.0");
        visitor.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task The_menu_opens_by_the_keyboard_and_closes_by_escape()
    {
        var portal = await portals.Polaris();
        await There(portal, DeadLetter);
        await using var visitor = await browser.Open(View.Desktop);
        await visitor.Go(portal.At(DeadLetter));

        await visitor.Page.Locator("button[popovertarget=actions-menu]").FocusAsync();
        await visitor.Page.Keyboard.PressAsync("Enter");
        await visitor.Page.Locator("#actions-menu:popover-open").WaitForAsync();
        await visitor.ShouldBeAccessible();
        var items = await visitor.Page.Locator("#actions-menu .item:visible").AllInnerTextsAsync();
        await visitor.Page.Keyboard.PressAsync("Escape");

        items.Select(item => item.Trim()).ShouldBe(["Refresh", "Inspect", "View its file", "Copy reference", "Unregister"]);
        (await visitor.Page.Locator("#actions-menu:popover-open").CountAsync()).ShouldBe(0);
    }

    [Fact]
    public async Task A_link_to_a_section_of_before_and_to_one_that_is_gone_still_lead_somewhere()
    {
        var portal = await portals.Polaris();
        await There(portal, DeadLetter);
        await using var visitor = await browser.Open(View.Desktop);

        await visitor.Go(portal.At($"{DeadLetter}?tab=history"));
        var moved = new Uri(visitor.Page.Url).PathAndQuery;
        await visitor.Go(portal.At($"{DeadLetter}/ci-cd"));

        moved.ShouldBe($"{DeadLetter}/history");
        (await visitor.Page.Locator("main .banner").InnerTextAsync()).ShouldContain("There is no section ci-cd here");
        (await visitor.Page.Locator(".tabs [aria-current]").InnerTextAsync()).ShouldBe("Overview");
    }

    [Fact]
    public async Task Inspecting_leads_through_its_parts()
    {
        var portal = await portals.Polaris();
        await There(portal, DeadLetter);
        await using var visitor = await browser.Open(View.Desktop);
        await visitor.Go(portal.At($"{DeadLetter}/inspect"));

        foreach (var (part, shows) in new[] { ("YAML", "kind: Component"), ("JSON", "\"kind\": \"Component\""), ("Ancestry", "What led to it"), ("Relations", "Needed by"), ("Sources", "Declared by"), ("Processing", "accepted") })
        {
            await visitor.Page.Locator(".subtabs").GetByText(part, new() { Exact = true }).ClickAsync();
            await visitor.Page.Locator($".subtabs [aria-current]:has-text('{part}')").WaitForAsync();
            (await visitor.Page.Locator("main").InnerTextAsync()).ShouldContain(shows);
        }

        visitor.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task History_shows_what_changed_and_a_removed_entity_comes_back_by_a_person()
    {
        using var folder = new EntityFolder();
        folder.Write("ferry.yaml", EntityFolder.Component("ferry", "squad-kestrel"));
        folder.Write("pier.yaml", EntityFolder.Component("pier", "squad-kestrel"));
        await using var portal = await PortalProcess.Start(new PortalProcessOptions { Configuration = folder.Configuration }, Cancelled);
        const string Ferry = "/catalog/default/component/ferry";
        await There(portal, Ferry);
        await using var visitor = await browser.Open(View.Desktop);

        folder.Write("ferry.yaml", EntityFolder.Component("ferry", "squad-lantern"));
        await Eventually.Be(async () => (await portal.Http.GetStringAsync(portal.At(Ferry), Cancelled)).Contains("squad-lantern", StringComparison.Ordinal), "the new owner is there");
        await visitor.Go(portal.At(Ferry));
        var lately = await Card(visitor, "Recent changes").InnerTextAsync();
        await visitor.Page.GetByText("All history").ClickAsync();
        await visitor.Page.GetByText("Compare", new() { Exact = true }).First.ClickAsync();
        var before = await visitor.Page.Locator("pre .bad").InnerTextAsync();
        folder.Delete("ferry.yaml");
        await Eventually.Be(async () => (await portal.Http.GetAsync(portal.At(Ferry), Cancelled)).StatusCode == System.Net.HttpStatusCode.NotFound, "it is gone");
        await visitor.Go(portal.At(Ferry));
        var gone = await visitor.Page.Locator(".panel").InnerTextAsync();
        await visitor.Page.Locator("header.page").GetByText("Restore").ClickAsync();
        await visitor.ShouldBeAccessible();
        await visitor.Page.Locator("dialog[open] footer").GetByText("Restore").ClickAsync();
        await visitor.Page.Locator(".facts").WaitForAsync();

        lately.ShouldContain("owner from squad-kestrel to squad-lantern");
        before.ShouldContain("- squad-kestrel");
        gone.ShouldContain("It was deleted");
        (await visitor.Page.Locator("h1").First.InnerTextAsync()).ShouldBe("ferry");
        (await visitor.Page.Locator(".toast").First.InnerTextAsync()).ShouldContain("It is back.");
        visitor.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task Unregistering_says_what_goes_along_and_each_can_be_restored()
    {
        using var folder = new EntityFolder();
        var repository = folder.Repository(("catalog-info.yaml", EntityFolder.Component("ferry", "squad-kestrel")), ("pier/catalog-info.yaml", EntityFolder.Component("pier", "squad-kestrel")));
        await using var portal = await PortalProcess.Start(new PortalProcessOptions { Configuration = folder.Configuration + $"sources:\n  roots: [{folder.Path}]\n" }, Cancelled);
        using var registered = await portal.Http.PostAsync(
            portal.At("/api/catalog/locations"), new StringContent($$"""{"type":"git","target":"{{repository}}"}""", System.Text.Encoding.UTF8, "application/json"), Cancelled);
        registered.EnsureSuccessStatusCode();
        const string Ferry = "/catalog/default/component/ferry";
        await There(portal, Ferry);
        await There(portal, "/catalog/default/component/pier");
        await using var visitor = await browser.Open(View.Desktop);

        await visitor.Go(portal.At(Ferry));
        await visitor.Page.Locator("button[popovertarget=actions-menu]").ClickAsync();
        await visitor.Page.Locator("#actions-menu").GetByText("Unregister").ClickAsync();
        await visitor.Page.Locator("dialog#unregister[open]").WaitForAsync();
        await visitor.ShouldBeAccessible();
        var asked = await visitor.Page.Locator("dialog#unregister").InnerTextAsync();
        await visitor.Page.Locator("dialog#unregister button.danger").ClickAsync();
        await visitor.Page.GetByText("It was deleted").WaitForAsync();
        var pier = await portal.Http.GetAsync(portal.At("/catalog/default/component/pier"), Cancelled);
        await visitor.Page.Locator("header.page").GetByText("Restore").ClickAsync();
        await visitor.Page.Locator("dialog[open] footer").GetByText("Restore").ClickAsync();
        await visitor.Page.Locator(".facts").WaitForAsync();

        asked.ShouldContain("component:default/pier");
        asked.ShouldContain("Unregister, and delete 3");
        pier.StatusCode.ShouldBe(System.Net.HttpStatusCode.NotFound);
        visitor.Complaints.ShouldBeEmpty();
    }

    private static ILocator Card(Visitor visitor, string title) => visitor.Page.Locator("section.card").Filter(new() { Has = visitor.Page.Locator($"h2:has-text('{title}')") });

    private static Task There(PortalProcess portal, string page) =>
        Eventually.Be(async () => (await portal.Http.GetAsync(portal.At(page), Cancelled)).IsSuccessStatusCode, $"{page} is there");
}
