using System.Web;
using Microsoft.Playwright;
using Stagedoor.EndToEnd.Tests.Pages;
using Stagedoor.EndToEnd.Tests.Portals;
using Stagedoor.Testing.Browser;
using Stagedoor.Testing.Processes;

namespace Stagedoor.EndToEnd.Tests.Catalog;

/// <summary>The list of the catalog, as mae of the sample organisation uses it.</summary>
public sealed class ListTests(SharedPortals portals, BrowserFixture browser)
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Filters_stand_in_the_address_which_shows_the_same_to_somebody_else(bool scripts)
    {
        var portal = await portals.Polaris();
        await using var visitor = await browser.Open(View.Desktop with { Scripts = scripts });
        await visitor.Open(portal.At("/catalog"));

        await visitor.Choose("Type", "library");
        await visitor.Choose("Type", "service");
        await visitor.Choose("Owner", "Squad Lantern");
        await visitor.Page.GetByRole(AriaRole.Columnheader, new() { Name = "Lifecycle" }).GetByRole(AriaRole.Link).ClickAsync();
        await visitor.Page.WaitForURLAsync("**sort=**");

        var address = new Uri(visitor.Page.Url);
        var query = HttpUtility.ParseQueryString(address.Query);
        query.GetValues("type").ShouldBe(["library", "service"]);
        query["owner"].ShouldBe("group:default/squad-lantern");
        await using var other = await browser.Open(View.Desktop);
        await other.Go(address);
        var names = await visitor.Names();
        names.ShouldContain("dead-letter");
        (await other.Names()).ShouldBe(names);
        (await other.Page.Locator(".list-chosen .chip").AllInnerTextsAsync()).Select(text => text.Trim()).ShouldBe(["Type: library", "Type: service", "Owner: Squad Lantern"]);

        await other.Page.GetByLabel("Take away Type: service").ClickAsync();
        await other.Page.GetByLabel("Take away Type: service").WaitForAsync(new() { State = WaitForSelectorState.Detached });
        (await other.Names()).ShouldNotContain("dead-letter");
        await other.Page.GetByText("Clear filters").ClickAsync();
        await other.Page.Locator(".list-chosen").WaitForAsync(new() { State = WaitForSelectorState.Detached });
        visitor.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task What_one_types_filters_the_list_and_the_address_follows()
    {
        var portal = await portals.Polaris();
        await using var visitor = await browser.Open(View.Desktop);
        await visitor.Open(portal.At("/catalog?type=service"));

        await visitor.Page.GetByLabel("Filter by name or title").PressSequentiallyAsync("dead-let");
        await visitor.Page.WaitForURLAsync("**q=dead-let");

        (await visitor.Names()).ShouldBe(["dead-letter"]);
        (await visitor.Page.Locator("nav[aria-label=Type] a").First.InnerTextAsync()).ShouldContain("service");
        (await visitor.Page.EvaluateAsync<string>("document.activeElement.name")).ShouldBe("q");
        await visitor.Page.ReloadAsync();
        (await visitor.Names()).ShouldBe(["dead-letter"]);

        // And the key of the palette is still the palette's.
        await visitor.Page.Keyboard.PressAsync("/");
        await visitor.Page.Locator("#palette[open]").WaitForAsync();
        visitor.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task An_owner_is_picked_with_the_keyboard_among_what_the_portal_offers()
    {
        var portal = await portals.Polaris();
        await using var visitor = await browser.Open(View.Desktop);
        await visitor.Open(portal.At("/catalog"));
        var field = visitor.Page.GetByLabel("Another owner", new() { Exact = true }).Last;

        await field.PressSequentiallyAsync("lant");
        await visitor.Page.GetByRole(AriaRole.Option).First.WaitForAsync();
        (await field.GetAttributeAsync("role")).ShouldBe("combobox");
        (await field.GetAttributeAsync("aria-expanded")).ShouldBe("true");
        await visitor.ShouldBeAccessible();
        await field.PressAsync("Escape");
        (await field.GetAttributeAsync("aria-expanded")).ShouldBe("false");
        await field.PressAsync("ArrowDown");
        await visitor.Page.GetByRole(AriaRole.Option).First.WaitForAsync();
        await field.PressAsync("ArrowDown");
        await field.PressAsync("Enter");
        await visitor.Page.WaitForURLAsync("**owner=group%3Adefault%2Fsquad-lantern");

        (await visitor.Names()).ShouldContain("dead-letter");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Columns_are_chosen_in_a_dialog_and_stand_in_the_address(bool scripts)
    {
        var portal = await portals.Polaris();
        await using var visitor = await browser.Open(View.Desktop with { Scripts = scripts });
        await visitor.Open(portal.At("/catalog?kind=domain&tier=1"));
        (await visitor.Heads()).ShouldBe(["Name", "Tier", "Colony", "Owner", "Changed", "Actions"]);

        await visitor.Page.GetByRole(scripts ? AriaRole.Button : AriaRole.Link, new() { Name = "Columns", Exact = true }).ClickAsync();
        await visitor.Page.Locator("#columns[open]").WaitForAsync();
        await visitor.Page.GetByLabel("Tags").CheckAsync();
        await visitor.Page.GetByLabel("Changed").UncheckAsync();
        await visitor.Page.Locator("#columns footer").GetByText("Show").ClickAsync();
        await visitor.Page.WaitForURLAsync("**columns=**");

        (await visitor.Heads()).ShouldBe(["Name", "Tier", "Colony", "Owner", "Tags", "Actions"]);
        HttpUtility.ParseQueryString(new Uri(visitor.Page.Url).Query)["tier"].ShouldBe("1");
        visitor.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task The_export_holds_what_the_list_shows_on_all_its_pages()
    {
        var portal = await portals.Polaris();
        await using var visitor = await browser.Open(View.Desktop);
        await visitor.Open(portal.At("/catalog?type=service&limit=20&sort=owner&dir=desc"));
        var shown = await visitor.Page.Locator("#list > header .n").InnerTextAsync();

        var download = await visitor.Page.RunAndWaitForDownloadAsync(() => visitor.Page.GetByRole(AriaRole.Link, new() { Name = "CSV" }).ClickAsync());

        download.SuggestedFilename.ShouldStartWith("catalog-components-");
        var lines = (await File.ReadAllLinesAsync(await download.PathAsync(), TestContext.Current.CancellationToken))[1..];
        lines.Length.ToString(System.Globalization.CultureInfo.InvariantCulture).ShouldBe(shown);
        lines.Select(line => line.Split(',')[0].Split('/')[1]).Take(20).ShouldBe(await visitor.Names());
    }

    [Fact]
    public async Task On_a_phone_a_row_tells_owner_and_lifecycle_and_has_its_star_without_scrolling()
    {
        var portal = await portals.Polaris();
        await using var visitor = await browser.Open(View.Phone);
        await visitor.Open(portal.At("/catalog?q=dead-letter"));

        (await visitor.Page.Locator("tbody .brief").First.InnerTextAsync()).ShouldContain("Squad Lantern");
        (await visitor.Page.Locator("tbody .brief .pill").First.IsVisibleAsync()).ShouldBeTrue();
        var star = (await visitor.Page.Locator("tbody button.mark").First.BoundingBoxAsync())!;
        (star.X + star.Width).ShouldBeLessThanOrEqualTo(View.Phone.Width);
        (await visitor.Page.EvaluateAsync<bool>("(t => t.scrollWidth <= t.clientWidth)(document.querySelector('.list-page .table'))")).ShouldBeTrue();
    }

    [Fact]
    public async Task On_a_phone_the_filters_come_from_the_side()
    {
        var portal = await portals.Polaris();
        await using var visitor = await browser.Open(View.Phone);
        await visitor.Open(portal.At("/catalog"));
        (await visitor.Page.Locator(".list-side").IsVisibleAsync()).ShouldBeFalse();

        await visitor.Page.GetByText("Filters", new() { Exact = true }).ClickAsync();
        await visitor.Page.Locator(".list-side:popover-open").WaitForAsync();
        await visitor.ShouldBeAccessible();
        await visitor.Choose("Lifecycle", "experimental");

        (await visitor.Page.GetByText("Filters (1)").IsVisibleAsync()).ShouldBeTrue();
    }

    [Fact]
    public async Task The_addresses_of_backstage_still_lead_to_the_same_list()
    {
        var portal = await portals.Polaris();
        await using var visitor = await browser.Open(View.Desktop);
        await visitor.Open(portal.At("/catalog?filters[kind]=component&filters[type]=service&filters[user]=owned&filters[owners]=group:default/squad-lantern"));

        (await visitor.Names()).ShouldContain("dead-letter");
        (await visitor.Page.Locator("#list h2").First.InnerTextAsync()).ShouldStartWith("Your components");
    }
}

/// <summary>What one does with the list.</summary>
internal static class AtTheList
{
    /// <summary>Goes to the list once all of the sample is in the catalog.</summary>
    public static async Task Open(this Visitor visitor, Uri address)
    {
        var (before, same) = ("", 0);
        await Eventually.Be(
            async () =>
            {
                await visitor.Go(new Uri(address, "/catalog?kind=all&limit=20"));
                var count = string.Concat(await visitor.Page.Locator("#list > header .n").AllInnerTextsAsync());
                same = count == before && count.Length > 2 ? same + 1 : 0;
                before = count;
                return same == 2;
            },
            "the whole sample is in the catalog");
        await visitor.Go(address);
    }

    public static async Task Choose(this Visitor visitor, string facet, string value)
    {
        var choice = visitor.Page.Locator($"nav[aria-label='{facet}'] a", new() { HasText = value }).First;
        await choice.ClickAsync();
        await visitor.Page.Locator($"nav[aria-label='{facet}'] a[aria-current]", new() { HasText = value }).WaitForAsync(new() { State = WaitForSelectorState.Attached });
    }

    public static async Task<IReadOnlyList<string>> Names(this Visitor visitor) => [.. (await visitor.Page.Locator("tbody a.name").AllInnerTextsAsync()).Select(text => text.Trim())];

    public static async Task<IReadOnlyList<string>> Heads(this Visitor visitor) => [.. (await visitor.Page.Locator("thead th").AllTextContentsAsync()).Select(text => text.Trim())];
}
