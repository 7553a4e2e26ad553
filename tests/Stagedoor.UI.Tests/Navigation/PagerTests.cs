using AngleSharp.Dom;

namespace Stagedoor.UI.Tests.Navigation;

public sealed class PagerTests
{
    [Theory]
    [InlineData(0, 50, 1234, "1–50 of 1,234")]
    [InlineData(50, 50, 1234, "51–100 of 1,234")]
    [InlineData(1200, 50, 1234, "1,201–1,234 of 1,234")]
    [InlineData(0, 50, 7, "1–7 of 7")]
    [InlineData(0, 50, 0, "None")]
    [InlineData(5000, 50, 1234, "Nothing here: there are 1,234")]
    [InlineData(-5, 0, 3, "1–1 of 3")]
    public async Task It_says_where_one_is(long offset, long limit, long total, string expected) =>
        (await Show("/", offset, limit, total)).QuerySelector("span")!.TextContent.ShouldBe(expected);

    [Fact]
    public async Task The_first_page_leads_only_on()
    {
        var page = await Show("/catalog?kind=api", 0, 50, 120);

        page.QuerySelector("[rel=prev]")!.HasAttribute("href").ShouldBeFalse();
        page.QuerySelector("[rel=prev]")!.GetAttribute("aria-disabled").ShouldBe("true");
        page.QuerySelector("[rel=next]")!.GetAttribute("href").ShouldBe("/catalog?kind=api&offset=50");
    }

    [Fact]
    public async Task The_last_page_leads_only_back()
    {
        var page = await Show("/catalog?offset=100", 100, 50, 120);

        page.QuerySelector("[rel=prev]")!.GetAttribute("href").ShouldBe("/catalog?offset=50");
        page.QuerySelector("[rel=next]")!.HasAttribute("href").ShouldBeFalse();
    }

    [Fact]
    public async Task The_second_page_leads_back_to_an_address_without_an_offset() =>
        (await Show("/catalog?offset=50&sort=name", 50, 50, 120)).QuerySelector("[rel=prev]")!.GetAttribute("href").ShouldBe("/catalog?sort=name");

    [Fact]
    public async Task Beyond_the_end_the_way_back_leads_to_the_last_page() =>
        (await Show("/?offset=5000", 5000, 50, 120)).QuerySelector("[rel=prev]")!.GetAttribute("href").ShouldBe("/?offset=100");

    [Fact]
    public async Task One_page_needs_no_links() => (await Show("/", 0, 50, 50)).QuerySelectorAll("a").ShouldBeEmpty();

    private static Task<IElement> Show(string at, long offset, long limit, long total) =>
        new Screen { At = at }.Show<Pager>(("Offset", offset), ("Limit", limit), ("Total", total));
}
