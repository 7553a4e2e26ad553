using Stagedoor.Docs.Sites;

namespace Stagedoor.Docs.Tests.Sites;

public sealed class NavigationTests
{
    [Fact]
    public async Task It_is_as_the_mkdocs_file_says_with_sections_titles_links_and_pages_that_name_themselves()
    {
        await using var folder = SiteFolder.With(
            ("mkdocs.yml",
            """
            site_name: Ledger
            site_description: What is booked, and why.
            nav:
              - index.md
              - First steps: guide/setup.md
              - Guide:
                  - guide/usage.md
                  - Deeper:
                      - Rules: guide/rules.md
              - Elsewhere: https://example.com/
            """),
            ("docs/index.md", "# Welcome to *Ledger* {#top}\n"),
            ("docs/guide/setup.md", "# Something else\n"),
            ("docs/guide/usage.md", "---\ntitle: How it is used\n---\n# Usage\n"),
            ("docs/guide/rules.md", "Text first.\n\n# Later\n"),
            ("docs/lost.md", "# Nobody names me\n"));

        var site = await folder.Build();

        site.Settings.Name.ShouldBe("Ledger");
        site.Settings.Description.ShouldBe("What is booked, and why.");
        Told(site.Navigation).ShouldBe(
        [
            "Welcome to Ledger ()", "First steps (guide/setup)", "Guide", "> How it is used (guide/usage)", "> Deeper", "> > Rules (guide/rules)", "Elsewhere → https://example.com/",
        ]);
        site.Find("lost").ShouldNotBeNull().IsListed.ShouldBeFalse();
        site.Find("LOST").ShouldNotBeNull();
        site.Problems.ShouldBeEmpty();
    }

    [Fact]
    public async Task Without_one_the_index_comes_first_then_pages_then_folders()
    {
        await using var folder = SiteFolder.With(
            ("mkdocs.yml", "site_name: X\n"), ("docs/zebra.md", ""), ("docs/index.md", ""), ("docs/how-to/a_thing.md", ""), ("docs/how-to/README.md", "# All of them"), ("docs/alpha.md", "Title\n=====\n"),
            ("docs/.hidden/x.md", ""), ("docs/node_modules/y.md", ""), ("docs/pictures/only.png", ""));

        var site = await folder.Build();

        Told(site.Navigation).ShouldBe(["Home ()", "Title (alpha)", "Zebra (zebra)", "How to", "> All of them (how-to)", "> A thing (how-to/a_thing)"]);
        site.Files.Keys.ShouldContain("pictures/only.png");
    }

    [Fact]
    public async Task A_folder_is_arranged_by_its_pages_file()
    {
        await using var folder = SiteFolder.With(
            ("mkdocs.yml", "site_name: X\n"), ("docs/.pages", "nav:\n  - z.md\n  - ...\n  - Named: a.md\n  - gone.md\n  - Site: https://example.com\n"), ("docs/a.md", ""), ("docs/b.md", ""), ("docs/z.md", ""),
            ("docs/sub/.pages", "title: Underneath\norder: desc\n"), ("docs/sub/1.md", ""), ("docs/sub/2.md", ""), ("docs/secret/.pages", "hide: true\n"), ("docs/secret/s.md", ""));

        var site = await folder.Build();

        Told(site.Navigation).ShouldBe(["Z (z)", "B (b)", "Underneath", "> 2 (sub/2)", "> 1 (sub/1)", "Named (a)", "Site → https://example.com"]);
        site.Problems.ShouldBe([new SiteProblem("docs/.pages", 5, "'gone.md' is not in this folder.")]);
        site.Find("secret/s").ShouldNotBeNull().IsListed.ShouldBeFalse();
    }

    [Fact]
    public async Task Other_sites_of_the_repository_are_included_below_their_names()
    {
        await using var folder = SiteFolder.With(
            ("mkdocs.yml", "site_name: All\nnav:\n  - Home: index.md\n  - Payments: '!include ./payments/mkdocs.yml'\n  - Plain: !include ./plain/mkdocs.yml\n  - Rest: '*include ./services/*/mkdocs.yml'\n"),
            ("docs/index.md", ""),
            ("payments/mkdocs.yml", "site_name: payments\nnav:\n  - Start: index.md\n  - Again: '!include ../mkdocs.yml'\n"), ("payments/docs/index.md", "# P"), ("payments/docs/img/x.png", "x"),
            ("plain/mkdocs.yml", "site_name: Plain Words\n"), ("plain/docs/one.md", ""),
            ("services/b/mkdocs.yml", "site_name: bee\n"), ("services/b/docs/index.md", "# Bee"), ("services/a/mkdocs.yml", "site_name: ay\n"), ("services/a/docs/index.md", "# Ay"));

        var site = await folder.Build();

        Told(site.Navigation).ShouldBe(["Home ()", "Payments", "> Start (payments)", "Plain", "> One (plain-words/one)", "Rest", "> ay", "> > Ay (ay)", "> bee", "> > Bee (bee)"]);
        site.Files.Keys.ShouldContain("payments/img/x.png");
        site.Problems.ShouldHaveSingleItem().Text.ShouldContain("leads out of the folder");
    }

    [Fact]
    public async Task Sites_that_include_each_other_in_a_circle_end()
    {
        await using var folder = SiteFolder.With(
            ("mkdocs.yml", "site_name: a\nnav:\n  - index.md\n  - B: '!include ./b/mkdocs.yml'\n"), ("docs/index.md", ""),
            ("b/mkdocs.yml", "site_name: b\nINHERIT: ../base.yml\nnav:\n  - index.md\n  - B: '!include ./mkdocs.yml'\n"), ("b/docs/index.md", ""), ("base.yml", "INHERIT: b/mkdocs.yml\nsite_description: Shared\n"));

        var site = await folder.Build();

        Told(site.Navigation).ShouldBe(["Home ()", "B", "> b (b)"]);
        site.Problems.Select(problem => problem.Text).ShouldContain(text => text.Contains("circle", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_the_navigation_names_and_nobody_has_is_told_with_its_line()
    {
        await using var folder = SiteFolder.With(("mkdocs.yml", "site_name: X\nnav:\n  - Home: index.md\n  - Gone: gone.md\n  - Out: ../../../etc/passwd.md\n"), ("docs/index.md", ""));

        var site = await folder.Build();

        Told(site.Navigation).ShouldBe(["Home ()"]);
        site.Problems.Select(problem => (problem.File, problem.Line)).ShouldBe([("mkdocs.yml", 4), ("mkdocs.yml", 5)]);
    }

    [Fact]
    public async Task An_index_belongs_to_its_section_where_the_theme_says_so()
    {
        await using var folder = SiteFolder.With(
            ("mkdocs.yml", "site_name: X\ntheme:\n  name: material\n  features: [navigation.indexes]\nnav:\n  - Guide:\n      - guide/index.md\n      - guide/one.md\n"), ("docs/guide/index.md", "# G"), ("docs/guide/one.md", ""));

        var site = await folder.Build();

        var guide = site.Navigation.ShouldHaveSingleItem();
        (guide.Title, guide.Page?.Address, guide.Children.Count).ShouldBe(("Guide", "guide", 1));
    }

    internal static IEnumerable<string> Told(IEnumerable<NavItem> items, string indent = "") =>
        items.SelectMany(item => Told(item.Children, indent + "> ").Prepend(
            indent + item.Title + (item.Page is { } page ? $" ({page.Address})" : item.Link is { } link ? $" → {link}" : "")));
}
