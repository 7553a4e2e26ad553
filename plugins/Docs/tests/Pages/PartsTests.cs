using Stagedoor.Docs.Pages.Icons;
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

public sealed class IconLibraryTests
{
    [Fact]
    public void An_icon_is_drawn_and_one_that_is_not_there_leaves_its_name()
    {
        var html = new IconLibrary().Fill("<p>a<span class=\"twemoji\" data-icon=\"material-account\"></span>b<span class=\"twemoji\" data-icon=\"material-no-such\"></span> data-icon=\"x</p>");

        html.ShouldEndWith("b<span class=\"twemoji\" data-icon=\"material-no-such\">:material-no-such:</span> data-icon=\"x</p>");
        html.ShouldStartWith(DocsPlugin.HasLibraries ? "<p>a<span class=\"twemoji\" data-icon=\"material-account\"><svg viewBox=\"0 0 24 24\"" : "<p>a<span class=\"twemoji\" data-icon=\"material-account\">:material-account:</span>");
    }

    [Theory]
    [InlineData("material-rocket-launch")]
    [InlineData("fontawesome-brands-github")]
    [InlineData("fontawesome-solid-paper-plane")]
    [InlineData("fontawesome-regular-clock")]
    [InlineData("octicons-heart-fill-24")]
    [InlineData("simple-kubernetes")]
    public void The_sets_that_sites_use_are_there_if_npm_was(string name) => new IconLibrary().Has(name).ShouldBe(DocsPlugin.HasLibraries);
}
