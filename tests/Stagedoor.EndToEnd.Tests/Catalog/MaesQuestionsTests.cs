using Microsoft.Playwright;
using Stagedoor.EndToEnd.Tests.Pages;
using Stagedoor.EndToEnd.Tests.Portals;
using Stagedoor.Testing.Browser;
using Stagedoor.Testing.Processes;

namespace Stagedoor.EndToEnd.Tests.Catalog;

/// <summary>A new developer begins at the start page and has what she wants to know of a service within two clicks.</summary>
public sealed class MaesQuestionsTests(SharedPortals portals, BrowserFixture browser)
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(null, ".facts", "Squad Lantern")]
    [InlineData(null, ".readme", "somebody's transfer that did not happen")]
    [InlineData(null, "section:has(h2:has-text('Recent changes'))", "created")]
    [InlineData(".tabs a:has-text('Impact')", "main", "Squad Fjord")]
    [InlineData(".card a:has-text('Dead letters') >> nth=0", "section:has(h2:has-text('Definition'))", "openapi: 3.0")]
    public async Task An_answer_is_two_clicks_from_the_start_page(string? then, string place, string answer)
    {
        var portal = await portals.Polaris();
        await portal.Until("/catalog/default/component/dead-letter", answer => answer.IsSuccessStatusCode, Cancelled);
        await using var visitor = await browser.Open(View.Desktop);
        await visitor.Go(portal.At("/"));

        await visitor.Page.GetByRole(AriaRole.Main).GetByRole(AriaRole.Link, new() { Name = "dead-letter" }).First.ClickAsync();
        if (then is not null)
        {
            await visitor.Page.Locator(then).First.ClickAsync();
        }

        await visitor.Page.Locator(place).GetByText(answer).Locator("visible=true").First.WaitForAsync();
        visitor.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task Typing_its_name_into_the_search_box_and_pressing_Enter_leads_to_it()
    {
        var portal = await portals.Polaris();
        await portal.Until("/catalog/default/component/dead-letter", answer => answer.IsSuccessStatusCode, Cancelled);
        await using var visitor = await browser.Open(View.Desktop);
        await visitor.Go(portal.At("/"));

        await visitor.Page.Keyboard.PressAsync("/");
        await visitor.Page.Locator("#palette input").FillAsync("dead-letter");
        await visitor.Page.Locator("#palette [role=option]", new() { HasText = "dead-letter" }).First.WaitForAsync();
        await visitor.Page.Keyboard.PressAsync("Enter");

        await visitor.Page.WaitForURLAsync("**/catalog/default/component/dead-letter");
        (await visitor.Page.Locator("header.page h1").InnerTextAsync()).ShouldBe("dead-letter");
    }
}
