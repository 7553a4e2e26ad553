using System.Text;
using Stagedoor.Docs.Sites;

namespace Stagedoor.Docs.Tests.Sites;

public sealed class SiteBuildingTests
{
    [Fact]
    public async Task A_folder_of_Markdown_is_a_site_and_so_is_a_lone_readme()
    {
        await using var folder = SiteFolder.With(("README.md", "# Me"), ("docs/one.md", "# One"), ("alone/README.md", "# Alone"), ("notes/a.md", ""), ("notes/deep/b.md", ""));

        var withDocs = await folder.Build();
        var alone = await folder.Build("alone");
        var notes = await folder.Build("notes");

        withDocs.Settings.Name.ShouldBe("The entity");
        NavigationTests.Told(withDocs.Navigation).ShouldBe(["Me ()", "One (one)"]);
        NavigationTests.Told(alone.Navigation).ShouldBe(["Alone ()"]);
        NavigationTests.Told(notes.Navigation).ShouldBe(["A (a)", "Deep", "> B (deep/b)"]);
    }

    [Fact]
    public async Task A_folder_with_nothing_to_read_says_so()
    {
        await using var folder = SiteFolder.With(("src/code.cs", ""));

        var site = await folder.Build();
        var missing = await folder.Build("nowhere");

        site.Pages.ShouldBeEmpty();
        site.Problems.ShouldHaveSingleItem().Text.ShouldBe("There is no Markdown in this folder.");
        missing.Pages.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("site_name: X\n nav: [", 2)]
    [InlineData("- a\n- b\n", 1)]
    [InlineData("site_name: X\nsite_name: Y\n", 2)]
    public async Task Settings_that_are_no_YAML_are_told_with_their_line_and_the_pages_stay(string yaml, int line)
    {
        await using var folder = SiteFolder.With(("mkdocs.yml", yaml), ("docs/index.md", "# Still here"));

        var site = await folder.Build();

        var problem = site.Problems.ShouldHaveSingleItem();
        (problem.File, problem.Line).ShouldBe(("mkdocs.yml", line));
        NavigationTests.Told(site.Navigation).ShouldBe(["Still here ()"]);
    }

    [Fact]
    public async Task Tags_of_python_and_keys_that_mean_nothing_are_left_alone()
    {
        await using var folder = SiteFolder.With(
            ("mkdocs.yml",
            """
            site_name: !ENV [NAME, Named]
            strange: {a: [1, 2]}
            hooks: [evil.py]
            plugins:
              - techdocs-core
              - unheard-of: {x: !!python/object/apply:os.system ["touch /tmp/x"]}
            markdown_extensions:
              - pymdownx.emoji:
                  emoji_index: !!python/name:material.extensions.emoji.twemoji
              - pymdownx.arithmatex: {generic: true}
            """),
            ("docs/index.md", ""));

        var site = await folder.Build();

        site.Problems.ShouldBeEmpty();
        site.Settings.Extensions.Math.ShouldNotBeNull();
        site.Settings.Extensions.Emoji.ShouldBe(Stagedoor.Docs.Markdown.EmojiIndex.Twemoji);
        site.Settings.Name.ShouldBe("The entity");
    }

    [Fact]
    public async Task Aliases_that_stand_for_billions_and_brackets_without_end_do_no_harm()
    {
        var laughs = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
        for (var i = 1; i < 18; i++)
        {
            laughs.Append(System.Globalization.CultureInfo.InvariantCulture, $"a{i}: &a{i} [{string.Join(", ", Enumerable.Repeat($"*a{i - 1}", 10))}]\n");
        }

        await using var folder = SiteFolder.With(
            ("laughs/mkdocs.yml", laughs + "nav: *a17\nmarkdown_extensions: *a17\nplugins: *a17\n"), ("laughs/docs/index.md", ""), ("deep/mkdocs.yml", "nav: " + new string('[', 100_000)), ("deep/docs/index.md", ""),
            ("front/index.md", "---\n" + laughs + "title: *a17\n---\ntext\n"), ("frontdeep/index.md", "---\nx: " + new string('[', 60_000) + "\n---\ntext\n"));

        folder.Write("self/mkdocs.yml", "x: &a [*a]\n? *a\n: y\n");
        folder.Write("self/docs/index.md", "");
        folder.Write("keys/mkdocs.yml", laughs + "? *a17\n: y\n");
        folder.Write("keys/docs/index.md", "");
        folder.Write("loop/mkdocs.yml", "x: &a [*a]\nnav: *a\n");
        folder.Write("loop/docs/index.md", "");

        (await folder.Build("self")).Problems.ShouldHaveSingleItem().Text.ShouldBe("A key must be a plain word here.");
        (await folder.Build("keys")).Problems.ShouldHaveSingleItem().Text.ShouldBe("A key must be a plain word here.");
        (await folder.Build("loop")).Pages.ShouldHaveSingleItem();
        (await folder.Build("laughs")).Problems.Count.ShouldBeLessThanOrEqualTo(200);
        (await folder.Build("deep")).Problems.ShouldHaveSingleItem().Text.ShouldContain("nested");
        (await folder.Build("front")).Pages.ShouldHaveSingleItem();
        (await folder.Build("frontdeep")).Pages.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Links_out_of_the_folder_are_neither_followed_nor_shown()
    {
        await using var secret = SiteFolder.With(("secret.md", "# The password"), ("inner/deep.md", "# Also"));
        await using var folder = SiteFolder.With(("mkdocs.yml", "site_name: X\n"), ("docs/index.md", "# Fine"));
        File.CreateSymbolicLink(Path.Combine(folder.Path, "docs", "stolen.md"), Path.Combine(secret.Path, "secret.md"));
        Directory.CreateSymbolicLink(Path.Combine(folder.Path, "docs", "inner"), Path.Combine(secret.Path, "inner"));
        Directory.CreateSymbolicLink(Path.Combine(folder.Path, "linked"), secret.Path);

        var site = await folder.Build();
        var linked = await folder.Build("linked");

        site.Pages.Select(page => page.Path).ShouldBe(["index.md"]);
        linked.Pages.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_folder_of_pages_above_its_settings_is_refused()
    {
        await using var folder = SiteFolder.With(("inner/mkdocs.yml", "site_name: X\ndocs_dir: ../../etc\n"), ("inner/docs/index.md", "# Mine"));

        var site = await folder.Build("inner");

        site.Problems.ShouldHaveSingleItem().Text.ShouldContain("leads out of the folder");
        site.Pages.ShouldHaveSingleItem().Title.ShouldBe("Mine");
    }

    [Fact]
    public async Task Former_addresses_lead_to_pages_and_elsewhere()
    {
        await using var folder = SiteFolder.With(
            ("mkdocs.yml", "site_name: X\nplugins:\n  - redirects:\n      redirect_maps:\n        old.md: new/page.md\n        gone/index.md: https://example.com\n"), ("docs/index.md", ""), ("docs/new/page.md", ""));

        var site = await folder.Build();

        site.Redirects.ShouldBe(new Dictionary<string, string> { ["old"] = "new/page.md", ["gone"] = "https://example.com" }, ignoreOrder: true);
    }

    [Fact]
    public async Task Former_addresses_that_lead_to_each_other_lead_nowhere_and_chains_lead_to_their_end()
    {
        await using var folder = SiteFolder.With(
            ("mkdocs.yml", "site_name: X\nplugins:\n  - redirects: {redirect_maps: {a.md: b.md, b.md: a.md, self.md: self.md, one.md: two.md, two.md: index.md}}\n"),
            ("docs/index.md", "[a](a.md) [s](self.md) [o](one.md)"));

        var site = await folder.Build();
        var page = await folder.Read("");

        site.Redirects.ShouldBe(new Dictionary<string, string> { ["one"] = "index.md", ["two"] = "index.md" }, ignoreOrder: true);
        site.Problems.Count.ShouldBe(3);
        page.Links.Select(link => link.Trouble is null).ShouldBe([false, false, true]);
    }

    [Fact]
    public async Task However_settings_name_and_include_each_other_there_is_an_end()
    {
        var many = string.Concat(Enumerable.Repeat("  - part\n", 5000));
        await using var folder = SiteFolder.With(
            ("mkdocs.yml", $"site_name: X\nnav:\n{many}{string.Concat(Enumerable.Range(0, 2000).Select(_ => "  - '!include ./b/mkdocs.yml'\n"))}{string.Concat(Enumerable.Range(0, 2000).Select(i => $"  - '!include ./none{i}/mkdocs.yml'\n"))}  - '*include ./{string.Concat(Enumerable.Repeat("**/", 25))}x/mkdocs.yml'\n"),
            ("b/mkdocs.yml", $"site_name: b\nnav:\n{string.Concat(Enumerable.Repeat("  - index.md\n", 2000))}"), ("b/docs/index.md", ""),
            (string.Join('/', Enumerable.Repeat("deep", 30)) + "/mkdocs.yml", "site_name: deep"));
        foreach (var i in Enumerable.Range(0, 500))
        {
            folder.Write($"docs/part/{i}.md", "");
        }

        var site = await folder.Build();

        site.Pages.Count.ShouldBe(501);
        NavigationTests.Told(site.Navigation).Count().ShouldBeLessThan(60_000);
    }

    [Theory]
    [InlineData("a/*/c", "a/b/c", true)]
    [InlineData("a/*/c", "a/b/d/c", false)]
    [InlineData("a/**/c", "a/b/d/c", true)]
    [InlineData("a/**/c", "a/c", true)]
    [InlineData("**/x.yml", "x.yml", true)]
    [InlineData("a/**", "a", true)]
    [InlineData("a/**/b/**/c", "a/b/x/b/c", true)]
    [InlineData("a/**/b/**/c", "a/x/c", false)]
    public void A_pattern_takes_names_and_folders(string pattern, string path, bool fits) => SitePattern.IsMatch(pattern, path).ShouldBe(fits);

    [Fact]
    public async Task A_lone_readme_does_not_publish_what_lies_around_it()
    {
        await using var folder = SiteFolder.With(("README.md", "# Me\n![p](p.png)"), ("p.png", "x"), ("src/appsettings.json", "{}"), ("src/notes.md", "# Notes"), (".env", "SECRET=1"));

        (await folder.Build()).Files.Keys.ShouldBe(["README.md", "p.png", "src/notes.md"], ignoreOrder: true);
    }

    [Fact]
    public async Task Decisions_that_lie_elsewhere_are_a_section_of_their_own()
    {
        await using var folder = SiteFolder.With(("mkdocs.yml", "site_name: X\n"), ("docs/index.md", ""), ("adr/0001-use-it.md", "# 1. Use it"));

        var site = await folder.Build(decisions: "adr");
        folder.Write("docs/adr/x.md", "# Within");
        var within = await folder.Build(decisions: "docs/adr");

        NavigationTests.Told(site.Navigation).ShouldBe(["Home ()", "Decisions", "> 1. Use it (decisions/0001-use-it)"]);
        NavigationTests.Told(within.Navigation).ShouldBe(["Home ()", "Adr", "> Within (adr/x)"]);
    }

    [Fact]
    public async Task A_page_knows_its_title_whatever_its_letters_are_written_in()
    {
        await using var folder = new SiteFolder();
        folder.Write("a.md", [0xEF, 0xBB, 0xBF, .. "# Größe"u8]);
        folder.Write("b.md", [.. "# Gr"u8, 0xF6, 0xDF, .. "e"u8]);
        folder.Write("c.md", [0xFF, 0xFE, .. Encoding.Unicode.GetBytes("# Größe")]);
        folder.Write("d.md", "version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 5\n");

        var site = await folder.Build();

        site.Pages.Select(page => page.Title).ShouldBe(["Größe", "Größe", "Größe", "D"]);
    }
}
