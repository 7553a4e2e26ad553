using AngleSharp.Dom;
using Stagedoor.Plugins;

namespace Stagedoor.UI.Tests.Shell;

public sealed class ShellTests
{
    private static readonly IReadOnlyList<NavGroup> Groups =
    [
        new(null, [new NavItem("Home", "/", "home") { Shortcut = 'h' }, new NavItem("Catalog", "/catalog", "grid")]),
        new("Portal", [new NavItem("Settings", "/settings"), new NavItem("Jobs", "/settings/jobs") { Count = 1117, Hot = true }]),
    ];

    [Theory]
    [InlineData("/", "Home")]
    [InlineData("/catalog", "Catalog")]
    [InlineData("/catalog/default/component/x?tab=docs", "Catalog")]
    [InlineData("/settings", "Settings")]
    [InlineData("/settings/jobs/sync", "Jobs")]
    public async Task The_most_exact_link_above_the_page_is_marked(string at, string current)
    {
        var marked = (await new Screen { At = at }.Show<Sidebar>(("Groups", Groups))).QuerySelectorAll("[aria-current=page]");

        marked.ShouldHaveSingleItem().QuerySelector("span")!.TextContent.ShouldBe(current);
    }

    [Theory]
    [InlineData("/catalogue")]
    [InlineData("/elsewhere")]
    public async Task A_page_of_nobody_marks_nothing(string at) =>
        (await new Screen { At = at }.Show<Sidebar>(("Groups", Groups))).QuerySelectorAll("[aria-current]").ShouldBeEmpty();

    [Fact]
    public async Task The_sidebar_opens_on_a_phone_without_a_script()
    {
        (await new Screen().Show<Sidebar>(("Groups", Groups))).QuerySelector("nav")!.HasAttribute("popover").ShouldBeTrue();
        (await new Screen().Show<TopBar>()).QuerySelector("button[popovertarget=sidebar]").ShouldNotBeNull();
    }

    [Fact]
    public async Task Links_carry_their_shortcut_and_their_count()
    {
        var page = await new Screen().Show<Sidebar>(("Groups", Groups));

        page.QuerySelector("a[data-shortcut=h]")!.GetAttribute("href").ShouldBe("/");
        page.QuerySelector(".count.hot")!.TextContent.ShouldBe("1,117");
    }

    [Fact]
    public async Task Search_is_a_form_that_leads_to_a_page()
    {
        var form = (await new Screen().Show<TopBar>(("Query", "\"x\""))).QuerySelector("form[role=search]").ShouldNotBeNull();

        form.GetAttribute("action").ShouldBe("/find");
        form.QuerySelector("input[name=q]")!.GetAttribute("value").ShouldBe("\"x\"");
    }

    [Fact]
    public async Task The_theme_can_be_chosen_without_a_script()
    {
        var page = await new Screen { At = "/catalog?kind=api" }.Show<TopBar>(("Person", new PersonBadge("Mae Albrecht")), ("Theme", "dark"));

        var form = page.QuerySelector("form.theme").ShouldNotBeNull();
        form.GetAttribute("method").ShouldBe("post");
        form.GetAttribute("action").ShouldBe("/theme");
        form.QuerySelector("[aria-pressed=true]")!.GetAttribute("value").ShouldBe("dark");
    }

    [Fact]
    public async Task The_frame_leads_to_the_content_first_and_says_its_toasts()
    {
        var page = await new Screen { At = "/jobs" }.Show<AppFrame>(
            ("ChildContent", Screen.Text("content")), ("Collapsed", true), ("Toasts", (Toast[])[new("Saved."), new("It failed.", Severity.Critical)]));

        page.QuerySelector("a")!.GetAttribute("href").ShouldBe("/jobs#main");
        page.QuerySelector("main#main")!.TextContent.ShouldBe("content");
        page.QuerySelector(".app")!.GetAttribute("data-sidebar").ShouldBe("collapsed");
        page.QuerySelectorAll("[role=status] .toast").Select(toast => toast.ClassName).ShouldBe(["toast ok", "toast bad"]);
        page.QuerySelector("dialog#palette")!.GetAttribute("data-source").ShouldBe("/api/portal/palette");
        page.QuerySelector("dialog#shortcuts").ShouldNotBeNull();
    }

    [Theory]
    [InlineData(401)]
    [InlineData(403)]
    [InlineData(404)]
    [InlineData(500)]
    [InlineData(503)]
    public async Task A_status_page_says_what_happened_why_and_what_helps(int code)
    {
        var page = await new Screen { At = "/lost" }.Show<StatusPage>(("Code", code), ("RequestId", "abc"));

        page.QuerySelector("h1")!.TextContent.ShouldNotBeEmpty();
        page.QuerySelectorAll("p.lede, p.dim").ShouldAllBe(line => line.TextContent.EndsWith('.'));
        page.QuerySelectorAll(".actions a[href]").Length.ShouldBe(1);
        page.QuerySelector(".request code")!.TextContent.ShouldBe("abc");
    }

    [Fact]
    public async Task The_head_names_the_stylesheet_the_theme_and_the_script_in_this_order()
    {
        var html = await new Screen().Html<KitHead>(("ThemeHref", "/theme.css"));

        html.IndexOf("/_ui/stagedoor.css", StringComparison.Ordinal).ShouldBeInRange(0, html.IndexOf("/theme.css", StringComparison.Ordinal));
        html.ShouldContain("<script type=\"module\" src=\"/_ui/stagedoor.js\">");
    }
}
