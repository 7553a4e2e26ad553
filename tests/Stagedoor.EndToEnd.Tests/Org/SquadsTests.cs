using Microsoft.Playwright;
using Stagedoor.EndToEnd.Tests.Pages;
using Stagedoor.EndToEnd.Tests.Portals;
using Stagedoor.Testing.Browser;
using Stagedoor.Testing.Processes;

namespace Stagedoor.EndToEnd.Tests.Org;

/// <summary>Who belongs where, and what they own, as the sample's person mae looks for it.</summary>
public sealed class SquadsTests(SharedPortals portals, BrowserFixture browser)
{
    private const string Lantern = "/catalog/default/group/squad-lantern";

    [Fact]
    public async Task The_sidebar_leads_to_ones_squad_and_there_to_its_people_and_what_it_owns()
    {
        await using var visitor = await browser.Open(View.Desktop);
        await visitor.Go((await Polaris()).At("/"));

        await visitor.Page.Locator("nav.side .links a", new() { HasText = "Squad Lantern" }).ClickAsync();
        await Arrive(visitor, "Squad Lantern");

        (await visitor.Page.Locator("nav.side .links a[aria-current]").InnerTextAsync()).Trim().ShouldBe("Squad Lantern");
        (await visitor.Page.Locator("#members li").CountAsync()).ShouldBe(10);
        await visitor.Page.Locator("#members a", new() { HasText = "Kim Holm" }).ClickAsync();
        await Arrive(visitor, "Kim Holm");
        (await visitor.Page.Locator(".org-list").First.InnerTextAsync()).ShouldContain("Squad Lantern");
        visitor.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task An_ownership_tile_leads_to_the_list_of_just_that()
    {
        await using var visitor = await browser.Open(View.Desktop);
        await visitor.Go((await Polaris()).At(Lantern));
        var tile = visitor.Page.Locator("#ownership .org-tiles li", new() { HasText = "Components" }).Locator("small a", new() { HasText = "service" });
        var count = await tile.Locator(".number").InnerTextAsync();

        await tile.ClickAsync();

        await visitor.Page.WaitForURLAsync("**/catalog?kind=component&type=service&owner=**");
        (await visitor.Page.Locator("main tbody tr").CountAsync()).ToString(System.Globalization.CultureInfo.InvariantCulture).ShouldBe(count);
    }

    [Fact]
    public async Task The_switch_counts_what_child_groups_own_and_stays_in_the_address()
    {
        await using var visitor = await browser.Open(View.Desktop with { Scripts = false });
        await visitor.Go((await Polaris()).At("/catalog/default/group/colony-foundations"));
        var atFirst = await visitor.Page.Locator("#ownership .org-tiles li").CountAsync();
        await visitor.Page.Locator("#ownership .org-switch a", new() { HasText = "Direct" }).ClickAsync();
        (await visitor.Page.Locator("#ownership .empty h2").InnerTextAsync()).ShouldBe("Owns nothing");

        await visitor.Page.Locator("#ownership .org-switch a", new() { HasText = "With child groups" }).ClickAsync();
        await visitor.Page.WaitForURLAsync("**ownership=aggregated**");
        atFirst.ShouldBeGreaterThan(3, "What owns nothing itself shows what the groups below it own");
        (await visitor.Page.Locator("#ownership .org-tiles li").CountAsync()).ShouldBe(atFirst);
        await visitor.Page.Locator("#members .org-switch a", new() { HasText = "With child groups" }).ClickAsync();
        await visitor.Page.WaitForURLAsync("**members=all**");

        visitor.Page.Url.ShouldContain("ownership=aggregated");
        (await visitor.Page.Locator("#members li").CountAsync()).ShouldBeGreaterThan(10);
        await visitor.Page.ReloadAsync();
        (await visitor.Page.Locator("#ownership .org-switch a[aria-current]").InnerTextAsync()).ShouldBe("With child groups");
    }

    [Fact]
    public async Task The_tree_is_walked_with_the_arrow_keys()
    {
        await using var visitor = await browser.Open(View.Desktop);
        await visitor.Go((await Polaris()).At("/squads"));
        await visitor.Page.WaitForFunctionAsync("customElements.get('org-tree') !== undefined");
        await visitor.Page.Locator("#group-default-polaris > .org-row .person > a").FocusAsync();

        await visitor.Page.Keyboard.PressAsync("ArrowRight");
        (await Focused(visitor)).ShouldBe("Accounts & Identity");
        await visitor.Page.Keyboard.PressAsync("ArrowRight");
        (await Focused(visitor)).ShouldBe("Squad Juniper");
        await visitor.Page.Keyboard.PressAsync("ArrowLeft");
        await visitor.Page.Keyboard.PressAsync("ArrowLeft");
        (await visitor.Page.Locator("#group-default-colony-accounts-and-identity > details").GetAttributeAsync("open")).ShouldBeNull();
        await visitor.Page.Keyboard.PressAsync("ArrowDown");
        (await Focused(visitor)).ShouldBe("Everyday Banking");
        await visitor.Page.Keyboard.PressAsync("End");
        (await Focused(visitor)).ShouldBe("Squad Sable");
        await visitor.Page.Keyboard.PressAsync("Home");
        (await Focused(visitor)).ShouldBe("Polaris");
        await visitor.Page.Keyboard.PressAsync("Enter");

        await Arrive(visitor, "Polaris");
        visitor.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task The_tree_opens_and_closes_with_the_tab_and_enter_keys_without_scripts()
    {
        await using var visitor = await browser.Open(View.Desktop with { Scripts = false });
        await visitor.Go((await Polaris()).At("/squads"));
        var branch = visitor.Page.Locator("#group-default-colony-payments > details");
        await branch.Locator("> summary").FocusAsync();

        await visitor.Page.Keyboard.PressAsync("Enter");

        (await branch.Locator("li").First.IsVisibleAsync()).ShouldBeFalse();
        await visitor.Page.Keyboard.PressAsync("Enter");
        (await branch.Locator("li").First.IsVisibleAsync()).ShouldBeTrue();
    }

    [Fact]
    public async Task The_picture_folds_a_branch_and_the_address_shows_it_to_others()
    {
        await using var visitor = await browser.Open(View.Desktop);
        await visitor.Go((await Polaris()).At("/squads/picture"));
        var all = await visitor.Page.Locator(".org-chart .box").CountAsync();

        await visitor.Page.GetByRole(AriaRole.Link, new() { Name = "Hide the groups below Foundations" }).ClickAsync();
        await visitor.Page.WaitForURLAsync("**fold=**");

        (await visitor.Page.Locator(".org-chart .box").CountAsync()).ShouldBe(all - 3);
        await using var other = await browser.Open(View.Phone);
        await other.Go(new Uri(visitor.Page.Url));
        (await other.Page.Locator(".org-chart .box").CountAsync()).ShouldBe(all - 3);
    }

    [Fact]
    public async Task People_are_found_and_their_squads_beside_them()
    {
        await using var visitor = await browser.Open(View.Phone with { Scripts = false });
        await visitor.Go((await Polaris()).At("/squads/people"));

        await visitor.Page.GetByLabel("Name, e-mail or what they do").FillAsync("site reliability");
        await visitor.Page.Locator("main form.filter button").ClickAsync();
        await visitor.Page.WaitForURLAsync("**q=site*");

        var rows = await visitor.Page.Locator("main tbody tr").AllInnerTextsAsync();
        rows.Count.ShouldBeGreaterThan(1);
        rows.ShouldAllBe(row => row.Contains("Site reliability engineer", StringComparison.Ordinal) && row.Contains("Squad", StringComparison.Ordinal));
    }

    private async Task<PortalProcess> Polaris()
    {
        var portal = await portals.Polaris();
        await using var visitor = await browser.Open(View.Desktop with { Scripts = false });

        // The sample is read while the portal runs already.
        await Eventually.Be(
            async () =>
            {
                await visitor.Go(portal.At(Lantern));
                return await visitor.Page.Locator("#ownership .org-tiles li").CountAsync() >= 6;
            },
            "the sample's squad owns what it owns");
        return portal;
    }

    private static Task<string> Focused(Visitor visitor) => visitor.Page.EvaluateAsync<string>("document.activeElement.textContent.trim()");

    private static async Task Arrive(Visitor visitor, string heading) =>
        await visitor.Page.Locator("main h1", new() { HasText = heading }).WaitForAsync();
}
