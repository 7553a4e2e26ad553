using Stagedoor.Docs.Pages.Reader;
using Stagedoor.Docs.Reading;
using Stagedoor.Docs.Sites;

namespace Stagedoor.Docs.Tests.Pages;

public sealed class NavTreeTests
{
    private static readonly SiteSettings Settings = new() { Name = "Large" };

    [Fact]
    public void Of_a_large_site_only_what_surrounds_the_page_is_written()
    {
        var pages = Enumerable.Range(0, 5000).Select(i => new SitePage($"p{i}.md", $"p{i}", $"Page {i}", new SiteFile("", 1, ""), Settings) { IsListed = true }).ToList();
        var items = pages.Select(page => new NavItem(page.Title, page, null, [])).ToList();
        NavItem[] sections = [new("First", null, null, items[..2500]), new("Second", null, null, items[2500..])];
        var site = new Site(Settings, "1", pages, sections, new Dictionary<string, SiteFile>());

        var tree = NavTree.Of(site, new DocsBase("/docs/x", "/files/x", null), pages[3000]);

        tree[0].ShouldBe(new NavNode("First", "/docs/x/p0", false, false, false, 2500, tree[0].Children));
        tree[1].IsOpen.ShouldBeTrue();
        tree[1].Children.Count.ShouldBeLessThan(100);
        tree[1].Children.Count(node => node.IsCurrent).ShouldBe(1);
        tree[1].Children.Sum(node => node.Title.Length == 0 ? node.More : 1).ShouldBe(2500);
    }

    [Theory]
    [InlineData("https://example.com/", "https://example.com/")]
    [InlineData("javascript:alert(1)", null)]
    [InlineData("data:text/html,x", null)]
    public void A_link_of_the_navigation_leads_only_where_one_of_a_page_may(string written, string? href)
    {
        var site = new Site(Settings, "1", [], [new("Elsewhere", null, written, [])], new Dictionary<string, SiteFile>());

        NavTree.Of(site, new DocsBase("/docs/x", "/files/x", null), null).ShouldHaveSingleItem().Href.ShouldBe(href);
    }

    [Theory]
    [InlineData("navigation.expand", true)]
    [InlineData("navigation.sections", true)]
    [InlineData("navigation.instant", false)]
    public void The_theme_may_open_sections(string feature, bool isOpen)
    {
        var page = new SitePage("a.md", "a", "A", new SiteFile("", 1, ""), Settings) { IsListed = true };
        var site = new Site(Settings with { Features = new HashSet<string> { feature } }, "1", [page], [new("Section", null, null, [new("A", page, null, [])])], new Dictionary<string, SiteFile>());

        NavTree.Of(site, new DocsBase("/docs/x", "/files/x", null), null).ShouldHaveSingleItem().IsOpen.ShouldBe(isOpen);
    }
}
