using Microsoft.Playwright;
using Stagedoor.EndToEnd.Tests.Pages;
using Stagedoor.Testing.Browser;
using Stagedoor.Testing.Databases;
using Stagedoor.Testing.Processes;

namespace Stagedoor.EndToEnd.Tests.Catalog;

/// <summary>What the list keeps for people: stars, views, columns. It has a portal of its own, since it changes it.</summary>
public sealed class ListKeepingTests(BrowserFixture browser)
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_star_is_there_after_a_reload_and_without_scripts_too()
    {
        Needs.Chromium();
        await using var portal = await PortalProcess.Start(new PortalProcessOptions { Sample = "polaris" }, Cancelled);
        await using var visitor = await browser.Open(View.Desktop);
        await visitor.Open(portal.At("/catalog?q=dead-letter"));

        var star = visitor.Page.GetByLabel("Star dead-letter", new() { Exact = true });
        await star.ClickAsync();
        await Eventually.Be(async () => await star.GetAttributeAsync("aria-pressed") == "true", "the star is on");
        await Eventually.Be(
            async () =>
            {
                await visitor.Go(portal.At("/catalog?filter=starred"));
                return (await visitor.Names()) is ["dead-letter"];
            },
            "the starred one is in the list of those");

        await using var plain = await browser.Open(View.Desktop with { Scripts = false });
        await plain.Go(portal.At("/catalog?filter=starred"));
        (await plain.Names()).ShouldBe(["dead-letter"]);
        await plain.Page.GetByLabel("Star dead-letter", new() { Exact = true }).ClickAsync();
        await plain.Page.GetByText("No components have your star").WaitForAsync();
        await plain.Go(portal.At("/catalog?q=replay-service"));
        await plain.Page.GetByLabel("Star replay-service", new() { Exact = true }).ClickAsync();
        await plain.Page.Locator("[aria-pressed=true][data-mark=star]").WaitForAsync();
        await plain.Go(portal.At("/catalog?filter=starred"));
        (await plain.Names()).ShouldBe(["replay-service"]);
        visitor.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_view_saved_and_shared_with_the_squad_is_there_for_its_members_and_for_nobody_else()
    {
        Needs.Chromium();
        await using var portal = await PortalProcess.Start(new PortalProcessOptions { Sample = "polaris" }, Cancelled);
        await using var mae = await browser.Open(View.Desktop);
        await mae.Open(portal.At("/catalog?filter=owned&type=library"));

        await mae.Page.GetByRole(AriaRole.Button, new() { Name = "Save view" }).ClickAsync();
        await mae.Page.Locator("#save-view[open]").WaitForAsync();
        await mae.ShouldBeAccessible();
        await mae.Page.Locator("#save-view input[name=name]").FillAsync("Our libraries");
        await mae.Page.GetByLabel("Who sees it").SelectOptionAsync("group:default/squad-lantern");
        await mae.Page.Locator("#save-view footer").GetByText("Save", new() { Exact = true }).ClickAsync();
        await mae.Page.Locator("nav[aria-label=Views] a[aria-current]").WaitForAsync();
        var address = new Uri(mae.Page.Url);
        var libraries = await mae.Names();

        // Lena is of the same squad, Ruth of another.
        await using var mate = await browser.Open(View.Desktop);
        await mate.Be(portal, "user:default/lena");
        await mate.Go(portal.At("/catalog"));
        await mate.Page.Locator("nav[aria-label=Views] a", new() { HasText = "Our libraries" }).ClickAsync();
        await mate.Page.Locator("nav[aria-label=Views] a[aria-current]").WaitForAsync();
        (await mate.Names()).ShouldBe(libraries);
        libraries.ShouldContain("messaging-go");

        await using var other = await browser.Open(View.Desktop);
        await other.Be(portal, "user:default/ruth");
        await other.Go(address);
        (await other.Page.Locator("main").InnerTextAsync()).ShouldContain("That view is not here");
        (await other.Page.Locator("nav[aria-label=Views]").InnerTextAsync()).ShouldNotContain("Our libraries");
        (await other.Names()).ShouldNotContain("messaging-go");

        // Mae takes it back, without scripts.
        await using var plain = await browser.Open(View.Desktop with { Scripts = false });
        await plain.Go(portal.At("/catalog/views"));
        await plain.Page.GetByLabel("Delete Our libraries").ClickAsync();
        await plain.Page.Locator("#delete[open]").GetByText("Delete", new() { Exact = true }).ClickAsync();
        await plain.Page.GetByText("No views yet").WaitForAsync();
        mae.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task Columns_that_one_keeps_are_there_the_next_time()
    {
        Needs.Chromium();
        await using var portal = await PortalProcess.Start(new PortalProcessOptions { Sample = "polaris" }, Cancelled);
        await using var visitor = await browser.Open(View.Desktop with { Scripts = false });
        await visitor.Open(portal.At("/catalog?kind=system"));

        await visitor.Go(portal.At("/catalog?kind=system&confirm=columns"));
        await visitor.Page.GetByLabel("Tags").CheckAsync();
        await visitor.Page.GetByText("Keep for me").ClickAsync();
        await visitor.Page.Locator(".toast").First.WaitForAsync();
        await visitor.Go(portal.At("/catalog?kind=system"));

        (await visitor.Heads()).ShouldContain("Tags");
    }

    [Fact]
    public async Task While_the_database_is_away_the_list_can_be_read_and_says_what_is_missing()
    {
        Needs.Chromium();
        await using var database = await TemporaryPostgres.Create(Cancelled);
        await using var relay = new Relay(database.Port);
        relay.Restore();
        await using var portal = await PortalProcess.Start(new PortalProcessOptions { Sample = "polaris", Postgres = database.Through(relay) }, Cancelled);
        await using var visitor = await browser.Open(View.Desktop);
        await visitor.Open(portal.At("/catalog?type=library&q=messaging"));
        var names = await visitor.Names();

        await relay.Cut();
        await visitor.Page.GotoAsync(portal.At("/catalog?type=library&q=messaging&sort=owner").ToString());

        (await visitor.Names()).ShouldBe(names, ignoreOrder: true);
        (await visitor.Page.Locator(".panel h2").First.InnerTextAsync()).ShouldBe("The database cannot be reached");
        relay.Restore();
        await Eventually.Be(
            async () =>
            {
                await visitor.Page.GotoAsync(portal.At("/catalog").ToString());
                return await visitor.Page.Locator(".panel").CountAsync() == 0;
            },
            "all of the page is back");
    }
}

/// <summary>Becoming somebody else in the sample organisation.</summary>
internal static class Becoming
{
    public static async Task Be(this Visitor visitor, PortalProcess portal, string person)
    {
        await visitor.Go(portal.At($"/settings/person?q={person[(person.LastIndexOf('/') + 1)..]}"));
        await visitor.Page.Locator($"button[name=be][value='{person}']").ClickAsync();
        await visitor.Page.Locator(".toast").First.WaitForAsync();
    }
}
