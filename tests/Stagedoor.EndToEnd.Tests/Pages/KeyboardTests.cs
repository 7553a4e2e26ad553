using Microsoft.Playwright;
using Stagedoor.EndToEnd.Tests.Portals;
using Stagedoor.Testing.Browser;

namespace Stagedoor.EndToEnd.Tests.Pages;

/// <summary>The portal without a mouse.</summary>
public sealed class KeyboardTests(SharedPortals portals, BrowserFixture browser)
{
    [Fact]
    public async Task The_first_stop_of_the_tab_key_leads_past_the_navigation()
    {
        var portal = await portals.Guest();
        await using var visitor = await browser.Open(View.Desktop);
        await visitor.Go(portal.At("/settings/jobs"));

        await visitor.Page.Keyboard.PressAsync("Tab");
        var first = await visitor.Page.EvaluateAsync<string>("document.activeElement.getAttribute('href') ?? ''");
        await visitor.Page.Keyboard.PressAsync("Enter");

        first.ShouldEndWith("#main");
        (await visitor.Page.EvaluateAsync<string>("document.activeElement.id")).ShouldBe("main");
    }

    [Theory]
    [InlineData("Control+k")]
    [InlineData("/")]
    public async Task The_palette_opens_finds_and_goes(string key)
    {
        var portal = await portals.Guest();
        await using var visitor = await browser.Open(View.Desktop);
        await visitor.Go(portal.At("/"));

        await visitor.Page.Keyboard.PressAsync(key);
        await visitor.Page.Locator("#palette[open] input").WaitForAsync();
        await visitor.Page.Keyboard.TypeAsync("jobs");
        await visitor.Page.Locator("#palette-list [role=option]").First.WaitForAsync();
        await visitor.ShouldBeAccessible();
        await visitor.Page.Keyboard.PressAsync("Enter");
        await Arrive(visitor, portal.At("/settings/jobs"), "Jobs");

        visitor.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task Escape_closes_the_palette_and_gives_the_focus_back()
    {
        var portal = await portals.Guest();
        await using var visitor = await browser.Open(View.Desktop);
        await visitor.Go(portal.At("/"));

        await visitor.Page.Keyboard.PressAsync("Control+k");
        await visitor.Page.Locator("#palette[open]").WaitForAsync();
        await visitor.Page.Keyboard.PressAsync("Escape");

        await visitor.Page.Locator("#palette[open]").WaitForAsync(new LocatorWaitForOptions { State = WaitForSelectorState.Detached });

        // The browser moves the focus with the next frame it draws.
        await Eventually.Be(
            async () => !await visitor.Page.EvaluateAsync<bool>("document.querySelector('#palette').contains(document.activeElement)"), "the focus has left the palette");
    }

    [Fact]
    public async Task A_question_mark_lists_the_shortcuts()
    {
        var portal = await portals.Guest();
        await using var visitor = await browser.Open(View.Desktop);
        await visitor.Go(portal.At("/settings/jobs"));

        await visitor.Page.Keyboard.PressAsync("?");

        await visitor.Page.Locator("#shortcuts[open]").WaitForAsync();
        await visitor.ShouldBeAccessible();
    }

    [Fact]
    public async Task G_and_h_go_home()
    {
        var portal = await portals.Guest();
        await using var visitor = await browser.Open(View.Desktop);
        await visitor.Go(portal.At("/settings/jobs"));

        await visitor.Page.Keyboard.PressAsync("g");
        await visitor.Page.Keyboard.PressAsync("h");

        await Arrive(visitor, portal.Address, "Hello");
    }

    [Fact]
    public async Task What_is_typed_into_a_field_is_no_shortcut()
    {
        var portal = await portals.Guest();
        await using var visitor = await browser.Open(View.Desktop);
        await visitor.Go(portal.At("/ui"));
        var field = visitor.Page.Locator("main input[type=text]:visible").First;

        await field.ClickAsync();
        await visitor.Page.Keyboard.TypeAsync("gh?/");

        (await field.InputValueAsync()).ShouldContain("gh?/");
        (await visitor.Page.Locator("dialog[open]").CountAsync()).ShouldBe(0);
    }

    // Waits for what the page says: a prefetched page may be there before a wait for its navigation has begun.
    private static async Task Arrive(Visitor visitor, Uri address, string heading)
    {
        await visitor.Page.Locator("h1", new PageLocatorOptions { HasText = heading }).WaitForAsync();
        visitor.Page.Url.ShouldBe(address.ToString());
    }
}
