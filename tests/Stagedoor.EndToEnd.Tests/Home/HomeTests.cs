using Microsoft.Playwright;
using Stagedoor.EndToEnd.Tests.Pages;
using Stagedoor.Testing.Browser;
using Stagedoor.Testing.Processes;

namespace Stagedoor.EndToEnd.Tests.Home;

/// <summary>What the portal remembers for somebody, in a browser: stars, appearance, announcements.</summary>
public sealed class HomeTests(BrowserFixture browser)
{
    private const string DeadLetter = "/catalog/default/component/dead-letter";

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_star_on_a_page_stands_on_the_start_page_and_can_be_taken_away_there(bool scripts)
    {
        Needs.Chromium();
        await using var portal = await Start();
        await using var visitor = await browser.Open(View.Desktop with { Scripts = scripts });
        await visitor.Go(portal.At("/"));
        await visitor.Page.GetByText("Nothing starred yet").WaitForAsync();

        await visitor.Go(portal.At(DeadLetter));
        await Press(visitor, "main button.mark[value='component:default/dead-letter'][data-mark=star]", scripts);
        await visitor.Go(portal.At("/"));
        var star = visitor.Page.Locator(".home button.mark[value='component:default/dead-letter']");
        await star.WaitForAsync();
        (await star.GetAttributeAsync("aria-pressed")).ShouldBe("true");
        (await visitor.Page.Locator($".home .found a[href='{DeadLetter}']").CountAsync()).ShouldBeGreaterThan(0);
        await Press(visitor, ".home button.mark[value='component:default/dead-letter']", scripts);
        await visitor.Go(portal.At("/"));

        await visitor.Page.GetByText("Nothing starred yet").WaitForAsync();
        visitor.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task What_one_has_looked_at_stands_on_the_start_page_until_one_wants_it_forgotten()
    {
        Needs.Chromium();
        await using var portal = await Start();
        await using var visitor = await browser.Open(View.Desktop with { Scripts = false });

        await visitor.Go(portal.At(DeadLetter));
        await visitor.Go(portal.At("/?visited=most"));
        await visitor.Page.Locator($".home .lines a[href='{DeadLetter}']").First.WaitForAsync();
        await visitor.Go(portal.At("/settings"));
        await visitor.Page.GetByText("Forget what I looked at").ClickAsync();
        await visitor.Page.GetByText("What you looked at is forgotten").WaitForAsync();
        await visitor.Go(portal.At("/"));

        await visitor.Page.GetByText("You have been nowhere yet").WaitForAsync();
    }

    [Fact]
    public async Task Zone_density_and_theme_take_effect_and_follow_the_person_into_another_browser()
    {
        Needs.Chromium();
        await using var portal = await Start();
        await using var visitor = await browser.Open(View.Desktop);
        await visitor.Go(portal.At(DeadLetter));
        var before = await Row(visitor, portal);

        await visitor.Go(portal.At("/settings"));
        await visitor.Page.GetByLabel("Time zone").SelectOptionAsync("Asia/Tokyo");
        await visitor.Page.GetByLabel("Density").SelectOptionAsync("compact");
        await visitor.Page.Locator("main").GetByLabel("Theme").SelectOptionAsync("dark");
        await visitor.Page.GetByText("Save", new PageGetByTextOptions { Exact = true }).ClickAsync();
        await visitor.Page.Locator(".toast").First.WaitForAsync();
        await using var another = await browser.Open(View.Desktop);
        await another.Go(portal.At("/settings"));

        (await another.Page.EvaluateAsync<string>("[document.documentElement.dataset.theme, document.documentElement.dataset.density, document.documentElement.dataset.zone].join(' ')"))
            .ShouldBe("dark compact Asia/Tokyo");
        (await Row(another, portal)).ShouldBeLessThan(before);
        await another.Go(portal.At("/"));
        var time = another.Page.Locator(".home time").First;
        (await time.GetAttributeAsync("title")).ShouldNotBeNull().ShouldContain("UTC+09:00 Asia/Tokyo");
        await time.HoverAsync();
        (await time.GetAttributeAsync("title")).ShouldNotBeNull().ShouldStartWith("20", customMessage: "a chosen zone wins over the browser's");
        await another.ShouldBeAccessible();
        another.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_theme_chosen_in_the_menu_is_there_in_another_browser_too()
    {
        Needs.Chromium();
        await using var portal = await Start();
        await using var visitor = await browser.Open(View.Desktop);
        await visitor.Go(portal.At("/"));
        await visitor.Page.Locator(".me").ClickAsync();
        await visitor.Page.RunAndWaitForResponseAsync(
            () => visitor.Page.Locator("#person-menu button[value=dark]").ClickAsync(), answer => answer.Url.EndsWith("/theme", StringComparison.Ordinal) && answer.Status == 204);

        await using var another = await browser.Open(View.Desktop);
        await another.Go(portal.At("/"));

        (await another.Page.EvaluateAsync<string>("document.documentElement.dataset.theme")).ShouldBe("dark");
        visitor.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task An_announcement_is_written_seen_put_away_and_ended()
    {
        Needs.Chromium();
        await using var portal = await Start();
        await using var kim = await browser.Open(View.Desktop with { Scripts = false });
        await Be(kim, portal, "kim");
        await kim.Go(portal.At("/settings/announcements/new"));
        await kim.Page.GetByLabel("Title").FillAsync("We move to a new registry");
        await kim.Page.GetByLabel("Text").FillAsync("On **Friday**. <script>alert(1)</script>");
        await kim.Page.Locator("main").GetByText("Announce", new LocatorGetByTextOptions { Exact = true }).ClickAsync();
        await kim.Page.GetByText("It is on everybody").WaitForAsync();
        await using var mae = await browser.Open(View.Phone);

        await mae.Go(portal.At("/"));
        var card = mae.Page.Locator(".announcement", new PageLocatorOptions { HasText = "We move to a new registry" });
        await card.GetByText("Friday").WaitForAsync();
        (await card.Locator("script").CountAsync()).ShouldBe(0);
        await mae.ShouldBeAccessible();
        await card.Locator("button").ClickAsync();
        await card.WaitForAsync(new LocatorWaitForOptions { State = WaitForSelectorState.Detached });
        mae.Complaints.ShouldBeEmpty();
        await kim.Go(portal.At("/"));
        (await kim.Page.Locator(".announcement", new PageLocatorOptions { HasText = "We move" }).CountAsync()).ShouldBe(1);
        await kim.Go(portal.At("/settings/announcements"));
        await kim.Page.Locator("main button[value^='end:']").ClickAsync();
        await kim.Page.GetByText("It is no longer shown").WaitForAsync();
        await kim.Go(portal.At("/"));

        (await kim.Page.Locator(".announcement", new PageLocatorOptions { HasText = "We move" }).CountAsync()).ShouldBe(0);
    }

    internal static async Task<PortalProcess> Start()
    {
        var portal = await PortalProcess.Start(new PortalProcessOptions { Sample = "polaris", Configuration = "home:\n  announcements: []\n" }, Cancelled);
        await Eventually.Reach(
            "the sample is in the catalog",
            TimeSpan.FromSeconds(60),
            async () =>
            {
                using var answer = await portal.Http.GetAsync(portal.At("/api/catalog/entities/by-name/component/default/dead-letter"), Cancelled);
                return answer.IsSuccessStatusCode;
            },
            found => found,
            Cancelled);
        return portal;
    }

    internal static async Task Be(Visitor visitor, PortalProcess portal, string person)
    {
        await visitor.Go(portal.At($"/settings/person?q={person}"));
        await visitor.Page.Locator($"main button[value='user:default/{person}']").ClickAsync();
        await visitor.Page.GetByText("You are").First.WaitForAsync();
    }

    private static async Task Press(Visitor visitor, string button, bool scripts)
    {
        var found = visitor.Page.Locator(button).First;
        if (scripts)
        {
            await visitor.Page.RunAndWaitForResponseAsync(() => found.ClickAsync(), answer => answer.Url.EndsWith("/marks", StringComparison.Ordinal) && answer.Status == 204);
        }
        else
        {
            await found.ClickAsync();
            await visitor.Page.WaitForLoadStateAsync();
        }
    }

    /// <summary>How high a row of the catalog's table is.</summary>
    private static async Task<double> Row(Visitor visitor, PortalProcess portal)
    {
        await visitor.Go(portal.At("/catalog"));
        return await visitor.Page.EvaluateAsync<double>("document.querySelector('main tbody tr').getBoundingClientRect().height");
    }
}
