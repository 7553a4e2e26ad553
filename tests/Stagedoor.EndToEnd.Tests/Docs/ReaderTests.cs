using Microsoft.Playwright;
using Stagedoor.EndToEnd.Tests.Pages;
using Stagedoor.Testing.Browser;
using Stagedoor.Testing.Processes;
using static Microsoft.Playwright.Assertions;

namespace Stagedoor.EndToEnd.Tests.Docs;

/// <summary>What people do who read documentation, in a browser.</summary>
public sealed class ReaderTests(BrowserFixture browser) : IAsyncLifetime
{
    private const string Setup = DocsFolder.Site + "/guide/setup";
    private const string Drawn = DocsFolder.Site + "/guide/drawn";

    private readonly DocsFolder _folder = new();
    private PortalProcess _portal = null!;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        Needs.Chromium();
        _portal = await PortalProcess.Start(new PortalProcessOptions { Configuration = _folder.Configuration }, Cancelled);
        await Eventually.Reach(
            "the documentation is there", TimeSpan.FromSeconds(60),
            async () => await (await _portal.Http.GetAsync(_portal.At(Setup), Cancelled)).Content.ReadAsStringAsync(Cancelled), html => html.Contains("docs-text", StringComparison.Ordinal), Cancelled);
    }

    public async ValueTask DisposeAsync()
    {
        await _portal.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task Contents_follow_what_is_read_and_lead_there()
    {
        await using var visitor = await browser.Open(View.Desktop);
        await visitor.Go(_portal.At(Setup));
        var current = visitor.Page.Locator("#docs-toc [aria-current]");

        await Expect(current).ToHaveTextAsync("Get it");
        await visitor.Page.Locator("#docs-toc a", new() { HasTextString = "Run it" }).ClickAsync();
        await Expect(current).ToHaveTextAsync("Run it");
        await visitor.Page.EvaluateAsync("document.querySelector('#configure').scrollIntoView()");
        await Expect(current).ToHaveTextAsync("Configure");

        visitor.Page.Url.ShouldEndWith(Setup + "#run-it");
        await visitor.ShouldBeAccessible();
        visitor.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task Code_is_coloured_and_copied_with_its_lines_left_as_they_are()
    {
        await using var visitor = await browser.Open(View.Desktop);
        await visitor.Context.GrantPermissionsAsync(["clipboard-read", "clipboard-write"]);
        await visitor.Go(_portal.At(Setup));

        var yaml = visitor.Page.Locator("code.language-yaml");
        await Expect(yaml.Locator(".hljs-attr")).ToHaveCountAsync(2);
        (await yaml.Locator(".line").CountAsync()).ShouldBe(2);
        (await yaml.Locator(".line.hll").GetAttributeAsync("data-line")).ShouldBe("2");
        await visitor.Page.Locator(".highlight", new() { Has = yaml }).Locator(".docs-copy").ClickAsync();

        (await visitor.Page.EvaluateAsync<string>("navigator.clipboard.readText()")).ShouldBe("ledger:\n  currency: NOK");
        visitor.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task Tabs_are_chosen_by_the_keyboard_and_without_scripts()
    {
        await using var visitor = await browser.Open(View.Desktop);
        await using var without = await browser.Open(View.Desktop with { Scripts = false });
        await visitor.Go(_portal.At(Setup));
        await without.Go(_portal.At(Setup));

        await visitor.Page.Locator(".tabbed-set > input").First.FocusAsync();
        await visitor.Page.Keyboard.PressAsync("ArrowRight");
        await without.Page.Locator("label", new() { HasTextString = "SSH" }).ClickAsync();

        foreach (var page in new[] { visitor.Page, without.Page })
        {
            await Expect(page.GetByText("git@example.com:ledger.git")).ToBeVisibleAsync();
            await Expect(page.GetByText("https://example.com/ledger.git")).ToBeHiddenAsync();
        }
    }

    [Fact]
    public async Task Formulas_and_diagrams_are_drawn_without_a_complaint_of_the_policy_in_both_themes()
    {
        foreach (var view in new[] { View.Desktop, View.Desktop with { Dark = true } })
        {
            await using var visitor = await browser.Open(view);
            await visitor.Go(_portal.At(Drawn));

            await Expect(visitor.Page.Locator(".arithmatex math munder, .arithmatex math msub").First).ToBeVisibleAsync();
            var diagram = visitor.Page.Locator(".docs-diagram img");
            await Expect(diagram).ToHaveCountAsync(1, new() { Timeout = 30_000 });
            (await diagram.GetAttributeAsync("src")).ShouldStartWith("data:image/svg+xml");
            (await diagram.EvaluateAsync<int>("picture => picture.decode().then(() => picture.naturalWidth)")).ShouldBeGreaterThan(100);
            await Expect(visitor.Page.Locator("p.docs-wrong")).ToContainTextAsync("could not be drawn");
            await Expect(visitor.Page.Locator("pre.mermaid", new() { HasTextString = "wrong" })).ToBeVisibleAsync();
            await visitor.ShouldBeAccessible();
            visitor.Complaints.ShouldBeEmpty();
        }
    }

    [Fact]
    public async Task A_large_picture_opens_in_a_dialog_and_closes_by_escape()
    {
        await using var visitor = await browser.Open(View.Desktop);
        await visitor.Go(_portal.At(Drawn));

        var picture = visitor.Page.GetByRole(AriaRole.Button, new() { Name = "Enlarge: Flow" });
        await picture.ScrollIntoViewIfNeededAsync();
        await picture.FocusAsync();
        await visitor.Page.Keyboard.PressAsync("Enter");
        await Expect(visitor.Page.Locator("dialog.docs-light[open] img")).ToBeVisibleAsync();
        await visitor.Page.Keyboard.PressAsync("Escape");

        await Expect(visitor.Page.Locator("dialog.docs-light[open]")).ToHaveCountAsync(0);
        await Expect(picture).ToBeFocusedAsync();
    }

    [Fact]
    public async Task A_word_is_found_while_typing_and_by_the_form_without_scripts()
    {
        await using var visitor = await browser.Open(View.Desktop);
        await using var without = await browser.Open(View.Desktop with { Scripts = false });
        await visitor.Go(_portal.At(DocsFolder.Site));
        await without.Go(_portal.At(DocsFolder.Site));

        await visitor.Page.Locator(".docs-search [name=q]").FillAsync("walrus");
        await Expect(visitor.Page.Locator(".docs-found a")).ToHaveTextAsync("Setting up › Get it");
        await visitor.Page.Keyboard.PressAsync("ArrowDown");
        await Expect(visitor.Page.Locator(".docs-found a")).ToBeFocusedAsync();
        await visitor.Page.Keyboard.PressAsync("Enter");
        await Expect(visitor.Page).ToHaveURLAsync(_portal.At(Setup) + "#get-it");
        await without.Page.Locator(".docs-search [name=q]").FillAsync("walrus");
        await without.Page.Keyboard.PressAsync("Enter");

        await Expect(without.Page.Locator("main h1")).ToHaveTextAsync("Pages that mention “walrus”");
        await Expect(without.Page.Locator("ol.docs-hits a")).ToHaveTextAsync("Setting up › Get it");
    }

    [Fact]
    public async Task Another_version_is_chosen_in_the_menu_stays_chosen_and_is_said_to_be_another()
    {
        await using var visitor = await browser.Open(View.Desktop);
        await visitor.Go(_portal.At(DocsFolder.Site));
        await Expect(visitor.Page.Locator(".docs-text")).ToContainTextAsync("The second edition");

        await visitor.Page.Locator("#docs-version").SelectOptionAsync("v1");
        await Expect(visitor.Page.Locator(".docs-text")).ToContainTextAsync("The first edition");
        await Expect(visitor.Page.Locator(".docs-banners")).ToContainTextAsync("You are reading the version v1");
        await visitor.Page.Locator("#docs-nav summary", new() { HasTextString = "Guide" }).ClickAsync();
        await visitor.Page.Locator("#docs-nav a", new() { HasTextString = "Setting up" }).ClickAsync();
        await visitor.Page.WaitForURLAsync("**/guide/setup?ref=v1");
        await visitor.Page.GetByRole(AriaRole.Link, new() { Name = "Read the usual one" }).ClickAsync();

        await visitor.Page.WaitForURLAsync("**/guide/setup");
        (await visitor.Page.Locator(".docs-banners .banner").CountAsync()).ShouldBe(0);
    }

    [Fact]
    public async Task A_link_to_an_entity_tells_what_it_is_to_those_who_stay_there()
    {
        await using var visitor = await browser.Open(View.Desktop);
        await visitor.Go(_portal.At(DocsFolder.Site));

        await visitor.Page.Locator(".docs-text a[href^='/catalog/']").HoverAsync();

        await Expect(visitor.Page.GetByRole(AriaRole.Tooltip)).ToContainTextAsync("Keeps every movement of money.");
        visitor.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task The_size_of_the_text_is_remembered()
    {
        await using var visitor = await browser.Open(View.Desktop);
        await visitor.Go(_portal.At(DocsFolder.Site));

        await visitor.Page.GetByRole(AriaRole.Button, new() { Name = "Larger text" }).ClickAsync();
        await visitor.Go(_portal.At(Setup));

        (await visitor.Page.Locator(".docs-page").EvaluateAsync<string>("page => getComputedStyle(page).fontSize")).ShouldBe("19px");
        (await visitor.Page.GetByRole(AriaRole.Button, new() { Name = "Larger text" }).GetAttributeAsync("aria-pressed")).ShouldBe("true");
    }

    [Fact]
    public async Task On_a_phone_pages_and_contents_open_from_the_top()
    {
        await using var visitor = await browser.Open(View.Phone);
        await visitor.Go(_portal.At(Setup));

        await Expect(visitor.Page.Locator("#docs-nav")).ToBeHiddenAsync();
        await visitor.Page.GetByRole(AriaRole.Button, new() { Name = "On this page" }).ClickAsync();
        await visitor.Page.Locator("#docs-toc a", new() { HasTextString = "Run it" }).ClickAsync();
        await Expect(visitor.Page.Locator("#docs-toc")).ToBeHiddenAsync();
        await visitor.Page.GetByRole(AriaRole.Button, new() { Name = "Pages" }).ClickAsync();
        await visitor.ShouldBeAccessible();
        await visitor.Page.Locator("#docs-nav a", new() { HasTextString = "Drawn" }).ClickAsync();

        await visitor.Page.WaitForURLAsync("**" + Drawn);
        (await visitor.Page.EvaluateAsync<int>("document.documentElement.scrollWidth")).ShouldBeLessThanOrEqualTo(View.Phone.Width);
    }

    [Fact]
    public async Task On_paper_there_is_the_page_alone_with_all_its_tabs()
    {
        await using var visitor = await browser.Open(View.Desktop);
        await visitor.Go(_portal.At(Setup));

        await visitor.Page.EmulateMediaAsync(new() { Media = Media.Print });

        await Expect(visitor.Page.GetByText("git@example.com:ledger.git")).ToBeVisibleAsync();
        await Expect(visitor.Page.GetByText("https://example.com/ledger.git")).ToBeVisibleAsync();
        await Expect(visitor.Page.Locator("#docs-nav")).ToBeHiddenAsync();
        await Expect(visitor.Page.Locator("#docs-toc")).ToBeHiddenAsync();
    }
}
