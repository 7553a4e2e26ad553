using System.Net;
using Stagedoor.EndToEnd.Tests.Portals;
using Stagedoor.Testing.Browser;

namespace Stagedoor.EndToEnd.Tests.Pages;

/// <summary>What every page promises, whoever looks at it and however.</summary>
public sealed class EveryPageTests(SharedPortals portals, BrowserFixture browser)
{
    public static TheoryData<string> Pages => Site.AllPages;

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task A_page_is_accessible_in_both_themes_and_on_a_phone_and_draws_no_complaint(string page)
    {
        var (portal, address) = await portals.Find(page);
        foreach (var view in Site.Views)
        {
            await using var visitor = await browser.Open(view);

            var answer = await visitor.Go(address);
            await visitor.Photograph(Site.NameOf(page));

            answer.Status.ShouldBe(page == Site.NotThere ? 404 : 200, portal.Describe(page));
            visitor.Complaints.ShouldBeEmpty($"{page} as {view}");
            await visitor.ShouldBeAccessible();
        }
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task A_page_says_the_same_without_scripts(string page)
    {
        var (_, address) = await portals.Find(page);
        await using var with = await browser.Open(View.Desktop);
        await using var without = await browser.Open(View.Desktop with { Scripts = false });

        await with.Go(address);
        await without.Go(address);

        (await without.Page.TitleAsync()).ShouldBe(await with.Page.TitleAsync());
        var heading = await without.Page.Locator("main h1").First.InnerTextAsync();
        heading.ShouldNotBeNullOrWhiteSpace();
        (await with.Page.Locator("main h1").First.InnerTextAsync()).ShouldBe(heading);
        (await without.Page.Locator("nav a[href]").CountAsync()).ShouldBeGreaterThan(0);
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task A_page_does_not_scroll_sideways_on_a_phone(string page)
    {
        var (_, address) = await portals.Find(page);
        await using var visitor = await browser.Open(View.Phone);

        await visitor.Go(address);

        (await visitor.Page.EvaluateAsync<int>("document.documentElement.scrollWidth")).ShouldBeLessThanOrEqualTo(View.Phone.Width);
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task Nothing_on_a_page_is_inline_that_the_policy_forbids(string page)
    {
        var (portal, address) = await portals.Find(page);

        var html = await (await portal.Http.GetAsync(address, TestContext.Current.CancellationToken)).Content.ReadAsStringAsync(TestContext.Current.CancellationToken);

        html.ShouldNotContain(" style=\"");
        html.ShouldNotContain("<style");
        html.ShouldNotContain(" onclick=");
    }

    [Fact]
    public async Task A_page_that_is_not_there_answers_404_and_offers_to_look_for_it()
    {
        var portal = await portals.Guest();
        await using var visitor = await browser.Open(View.Desktop);

        var answer = await visitor.Go(portal.At(Site.NotThere));

        answer.Status.ShouldBe((int)HttpStatusCode.NotFound);
        (await visitor.Page.Locator("main a[href^='/find']").CountAsync()).ShouldBeGreaterThan(0);
    }
}
