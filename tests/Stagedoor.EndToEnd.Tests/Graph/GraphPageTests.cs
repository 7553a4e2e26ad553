using Microsoft.Playwright;
using Stagedoor.EndToEnd.Tests.Pages;
using Stagedoor.EndToEnd.Tests.Portals;
using Stagedoor.Testing.Browser;

namespace Stagedoor.EndToEnd.Tests.Graph;

/// <summary>The drawn graph, as one works with it.</summary>
public sealed class GraphPageTests(SharedPortals portals, BrowserFixture browser)
{
    private const string DeadLetter = "/catalog-graph?root=component:default/dead-letter";

    [Fact]
    public async Task Changing_the_controls_changes_address_picture_and_table_without_leaving_the_page()
    {
        await using var visitor = await Open(DeadLetter);
        var page = visitor.Page;
        var before = await Drawn(page);
        await page.EvaluateAsync("window.stayed = true");

        await page.GetByLabel("Depth").SelectOptionAsync("2");
        await Eventually.Be(async () => await Drawn(page) > before, "more is drawn");
        await page.GetByLabel("Direction").SelectOptionAsync("TB");
        await Eventually.Be(() => Task.FromResult(page.Url.Contains("direction=TB", StringComparison.Ordinal)), "the direction is in the address");
        await page.GetByText("All kinds").ClickAsync();
        await page.GetByLabel("Resource", new PageGetByLabelOptions { Exact = true }).CheckAsync();
        await Eventually.Be(() => Task.FromResult(page.Url.Contains("kinds=resource", StringComparison.Ordinal)), "the kind is in the address");
        await Eventually.Be(async () => await page.Locator("#graph-lists tbody tr").CountAsync() == await Edges(page), "the table says what is drawn");
        var resources = await Drawn(page);
        await page.GoBackAsync();
        await Eventually.Be(async () => await Drawn(page) > resources, "going back draws what was there");

        (await page.EvaluateAsync<bool>("window.stayed")).ShouldBeTrue();
        (await page.GetByLabel("Depth").InputValueAsync()).ShouldBe("2");
        visitor.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task An_address_draws_the_same_for_whoever_opens_it()
    {
        await using var visitor = await Open("/catalog-graph?rootEntityRefs[]=component:default/dead-letter&maxDepth=2&selectedKinds[]=component&direction=TB&mergeRelations=true");

        (await visitor.Page.GetByLabel("Depth").InputValueAsync()).ShouldBe("2");
        (await visitor.Page.GetByLabel("Direction").InputValueAsync()).ShouldBe("TB");
        (await visitor.Page.EvaluateAsync<bool>("document.querySelector('graph-view').view.nodes.every(node => node.kind === 'Component')")).ShouldBeTrue();
        visitor.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task Searching_finds_centres_and_tells()
    {
        await using var visitor = await Open($"{DeadLetter}&depth=2");
        var page = visitor.Page;

        await page.GetByLabel("Find in the graph").FillAsync("payment-service");
        await page.Keyboard.PressAsync("Enter");

        await page.Locator(".graph-details h2").GetByText("payment-service").WaitForAsync();
        (await page.Locator(".graph-bar output").TextContentAsync()).ShouldBe("1 of 1");
        (await page.Locator(".graph-details a", new PageLocatorOptions { HasText = "Open its page" }).GetAttributeAsync("href")).ShouldBe("/catalog/default/component/payment-service");
        await visitor.ShouldBeAccessible();
    }

    [Fact]
    public async Task The_keyboard_walks_along_relations_and_enter_centres()
    {
        await using var visitor = await Open(DeadLetter);
        var page = visitor.Page;

        await page.Locator(".graph-stage").FocusAsync();
        await page.Keyboard.PressAsync("Home");
        await page.Locator(".graph-details h2").GetByText("dead-letter").WaitForAsync();
        await page.Keyboard.PressAsync("ArrowRight");
        await Eventually.Be(async () => await page.Locator(".graph-details h2").TextContentAsync() != "dead-letter", "the next entity is looked at");
        var next = (await page.Locator(".graph-details h2").TextContentAsync())!;
        await Eventually.Be(async () => (await page.Locator("graph-view [role=status]").TextContentAsync())!.StartsWith(next, StringComparison.Ordinal), "it is told");
        await page.Keyboard.PressAsync("Enter");

        await Eventually.Be(async () => (await page.Locator("h1").TextContentAsync())!.Contains(next, StringComparison.Ordinal), "the graph is around it");
        page.Url.ShouldNotContain("dead-letter&");
        visitor.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_click_on_an_entity_centres_it_and_hovering_tells_about_it()
    {
        await using var visitor = await Open(DeadLetter);
        var page = visitor.Page;
        var at = await page.EvaluateAsync<float[]>(
            """
            () => {
              const view = document.querySelector('graph-view');
              const [box, node] = [view.canvas.getBoundingClientRect(), view.placeOf('resource:default/dead-letter-store')];
              return [box.left + node.x, box.top + node.y];
            }
            """);

        await page.Mouse.MoveAsync(at[0], at[1]);
        await page.Locator(".graph-details h2").GetByText("dead-letter-store").WaitForAsync();
        await page.Mouse.ClickAsync(at[0], at[1]);

        await Eventually.Be(() => Task.FromResult(page.Url.Contains("dead-letter-store", StringComparison.Ordinal)), "the address follows");
        await page.Locator("h1").GetByText("dead-letter-store").WaitForAsync();
    }

    [Theory]
    [InlineData("SVG", "<svg")]
    [InlineData("PNG", "PNG")]
    public async Task The_picture_can_be_saved(string form, string begins)
    {
        await using var visitor = await Open($"{DeadLetter}&depth=2&group=owner");

        var saved = await visitor.Page.RunAndWaitForDownloadAsync(() => visitor.Page.GetByLabel($"Save as {form}").ClickAsync());
        await using var file = await saved.CreateReadStreamAsync();
        var head = new byte[64];
        var read = await file.ReadAtLeastAsync(head, 16, throwOnEndOfStream: false, TestContext.Current.CancellationToken);

        saved.SuggestedFilename.ShouldBe($"graph.{form.ToLowerInvariant()}");
        System.Text.Encoding.Latin1.GetString(head, 0, read).ShouldContain(begins);
        visitor.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task Groups_can_be_closed_and_opened()
    {
        await using var visitor = await Open($"{DeadLetter}&depth=2&group=owner");
        var page = visitor.Page;

        await page.GetByLabel("Collapse all groups").ClickAsync();
        await page.Locator("graph-view [role=status]").GetByText("All groups are closed.").WaitForAsync();
        await page.GetByLabel("Expand all groups").ClickAsync();
        await page.Locator("graph-view [role=status]").GetByText("All groups are open.").WaitForAsync();

        visitor.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task Without_scripts_the_controls_are_a_form_and_the_table_is_all_there()
    {
        var portal = await portals.Polaris();
        await using var visitor = await browser.Open(View.Desktop with { Scripts = false });
        await visitor.Go(portal.At(DeadLetter));
        var before = await visitor.Page.Locator("#graph-lists tbody tr").CountAsync();

        await visitor.Page.GetByLabel("Depth").SelectOptionAsync("2");
        await visitor.Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Apply" }).ClickAsync();

        (await visitor.Page.Locator("#graph-lists tbody tr").CountAsync()).ShouldBeGreaterThan(before);
        (await visitor.Page.Locator("graph-view").IsVisibleAsync()).ShouldBeFalse();
    }

    [Fact]
    public async Task The_impact_of_an_entity_is_one_click_away_and_can_be_copied()
    {
        var portal = await portals.Polaris();
        await using var visitor = await browser.Open(View.Desktop);
        await visitor.Context.GrantPermissionsAsync(["clipboard-read", "clipboard-write"]);
        var page = visitor.Page;
        await visitor.Go(portal.At("/catalog/default/component/dead-letter"));

        await page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "Impact", Exact = true }).First.ClickAsync();
        await page.GetByText("Everything that depends on it").WaitForAsync();
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Copy as text" }).ClickAsync();
        var copied = await page.EvaluateAsync<string>("navigator.clipboard.readText()");

        copied.ShouldStartWith("What depends on dead-letter: ");
        copied.ShouldContain("Squad Fjord (");
        copied.ShouldBe(await page.Locator("#impact-text").InputValueAsync());
        visitor.Complaints.ShouldBeEmpty();
    }

    private async Task<Visitor> Open(string address)
    {
        var portal = await portals.Polaris();

        // The last repository that these pictures draw from.
        await portal.Until("/catalog/default/component/payment-service", answer => answer.IsSuccessStatusCode, TestContext.Current.CancellationToken);
        var visitor = await browser.Open(View.Desktop);
        await visitor.Go(portal.At(address));
        await visitor.Page.Locator("graph-view[data-drawn]").WaitForAsync();
        return visitor;
    }

    private static Task<int> Drawn(IPage page) => page.EvaluateAsync<int>("Number(document.querySelector('graph-view').dataset.drawn)");

    private static Task<int> Edges(IPage page) => page.EvaluateAsync<int>("document.querySelector('graph-view').view.edges.length");
}
