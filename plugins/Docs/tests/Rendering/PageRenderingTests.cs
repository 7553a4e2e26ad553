using Stagedoor.Docs.Checking;
using Stagedoor.Docs.Finding;
using Stagedoor.Docs.Rendering;
using Stagedoor.Docs.Sites.Files;
using Stagedoor.Docs.Tests.Sites;

namespace Stagedoor.Docs.Tests.Rendering;

public sealed class PageRenderingTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("[x](other.md)", "/docs/default/component/x/guide/other")]
    [InlineData("[x](other.md#deep)", "/docs/default/component/x/guide/other#deep")]
    [InlineData("[x](../index.md)", "/docs/default/component/x")]
    [InlineData("[x](../)", "/docs/default/component/x")]
    [InlineData("[x](other/)", "/docs/default/component/x/guide/other")]
    [InlineData("[x](other/index.html)", "/docs/default/component/x/guide/other")]
    [InlineData("[x](/guide/other.md)", "/docs/default/component/x/guide/other")]
    [InlineData("[x](/docs/default/component/y)", "/docs/default/component/y")]
    [InlineData("[x](file%20name.pdf)", "/files/guide/file%20name.pdf")]
    [InlineData("[x](former.md)", "/docs/default/component/x/guide/other")]
    [InlineData("[x](https://example.com/?a=b#c)", "https://example.com/?a=b#c")]
    [InlineData("[x](entity:component/foo)", "/catalog/default/component/foo")]
    [InlineData("[x](entity:system:bank/foo#top)", "/catalog/bank/system/foo#top")]
    [InlineData("[x](docs:component/foo/guide/page.md#a)", "/docs/default/component/foo/guide/page#a")]
    [InlineData("[x](docs:component:bank/foo)", "/docs/bank/component/foo")]
    [InlineData("[x](../../src/code.cs)", "https://code.example/src/code.cs")]
    [InlineData("[x](#here)", "#here")]
    public async Task A_link_leads_to_where_its_target_is_read(string markdown, string address)
    {
        await using var folder = Site(markdown);

        var page = await folder.Read("guide/page");

        page.Html.ShouldContain($"href=\"{address.Replace("&", "&amp;", StringComparison.Ordinal)}\"");
        page.Links.ShouldAllBe(link => link.Trouble == null);
    }

    [Theory]
    [InlineData("[x](gone.md)", "There is no 'gone.md' in this site.")]
    [InlineData("[x](/catalogue)", "'/catalogue' begins")]
    [InlineData("![x](gone.png)", "There is no 'gone.png' in this site.")]
    [InlineData("[x](entity:)", "names no entity")]
    [InlineData("[x](docs:component)", "names no documentation")]
    public async Task A_link_that_leads_nowhere_is_told_and_its_text_stays(string markdown, string trouble)
    {
        await using var folder = Site(markdown);

        var page = await folder.Read("guide/page");

        page.Links.ShouldHaveSingleItem().Trouble.ShouldNotBeNull().ShouldContain(trouble);
        page.Html.ShouldContain("x");
        page.Html.ShouldNotContain("href=\"g");
    }

    [Fact]
    public async Task The_version_that_is_read_stays_in_every_address_of_the_site()
    {
        await using var folder = Site("[a](other.md#b) ![c](../pictures/c.png) [d](entity:component/foo)");

        var page = await folder.Read("guide/page", reference: "release/1 2");

        page.Html.ShouldContain("href=\"/docs/default/component/x/guide/other?ref=release%2F1%202#b\"");
        page.Html.ShouldContain("src=\"/files/pictures/c.png?ref=release%2F1%202\"");
        page.Html.ShouldContain("href=\"/catalog/default/component/foo\"");
    }

    [Fact]
    public async Task Files_are_included_whole_by_lines_and_by_sections_and_never_from_outside()
    {
        await using var secret = SiteFolder.With(("secret.txt", "the password"));
        await using var folder = Site(
            $"""
            --8<-- "includes/all.txt"
            --8<-- "includes/all.txt:2:2"
            --8<-- "includes/part.txt:middle"
            --8<-- "../{Path.GetFileName(secret.Path)}/secret.txt"
            --8<-- "{secret.Path}/secret.txt"
            --8<-- "round.md"
            --8<-- ".git/config"
            --8<-- "includes/.env"
            """);
        folder.Write(".git/config", "the password");
        folder.Write("includes/.env", "the password");
        folder.Write("includes/all.txt", "line one\nline two\n");
        folder.Write("includes/part.txt", "before\n# --8<-- [start:middle]\nthe middle\n# --8<-- [end:middle]\nafter\n");
        folder.Write("docs/round.md", "round\n\n--8<-- \"round.md\"\n");

        var page = await folder.Read("guide/page");

        page.Html.ShouldContain("line one\nline two\nline two\nthe middle");
        page.Html.ShouldNotContain("before");
        page.Html.ShouldNotContain("password");
        page.Notes.Count(note => note.Contains("is not there", StringComparison.Ordinal)).ShouldBe(4);
    }

    [Fact]
    public async Task A_diagram_is_drawn_by_the_configured_server_and_its_address_gives_the_source_back()
    {
        await using var folder = Site("```plantuml\n@startuml\nA -> B\n@enduml\n```\n");

        var page = await folder.Read("guide/page");

        var address = System.Text.RegularExpressions.Regex.Match(page.Html, "/api/docs/diagrams/plantuml/(?<source>[^\"]+)", System.Text.RegularExpressions.RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1)).Groups["source"].Value;
        address.ShouldNotBeEmpty();
        Diagrams(kroki: "https://kroki.example/").ServerOf("plantuml", address).ShouldBe(new Uri($"https://kroki.example/plantuml/svg/{address}"));
        var plantUml = Diagrams(plantUml: "https://uml.example").ServerOf("plantuml", address).ShouldNotBeNull().ToString();
        System.Text.Encoding.UTF8.GetString(Convert.FromHexString(plantUml[(plantUml.IndexOf("~h", StringComparison.Ordinal) + 2)..])).ShouldContain("A -> B");
        Diagrams(kroki: "https://kroki.example").ServerOf("../admin", address).ShouldBeNull();
        Diagrams().Of("plantuml", "x").ShouldBeNull();
        var large = string.Concat(Enumerable.Repeat("Someone -> Other\n", 300));
        Diagrams(kroki: "https://kroki.example").Of("plantuml", large).ShouldNotBeNull("It is packed for that server");
        Diagrams(plantUml: "https://uml.example").Of("plantuml", large).ShouldBeNull("It is not packed for that one");
    }

    [Fact]
    public async Task What_is_broken_is_found_across_pages()
    {
        await using var folder = SiteFolder.With(
            ("mkdocs.yml", "site_name: X\nnav:\n  - index.md\n  - gone.md\n"),
            ("docs/index.md", "# Top\n[a](other.md#nothing) [b](other.md#some-thing) [c](#top) [d](#bottom) ![e](e.png) [f](../src/Program.cs) [g](../src/gone.cs)\n"), ("docs/other.md", "# Other\n## Some thing\n"));
        var files = new LocalFiles(folder.Path);
        var digest = await SiteDigest.Make(new PageRendering(SiteFolder.Renderer, SiteFolder.Icons), await folder.Build(), files, path => path == "src/Program.cs" ? path : null, Cancelled);

        var findings = SiteCheck.Of(digest);

        findings.Select(finding => (finding.Kind, finding.Written)).ShouldBe(
            [(FindingKind.Arrangement, null), (FindingKind.Anchor, "other.md#nothing"), (FindingKind.Anchor, "#bottom"), (FindingKind.Image, "e.png"), (FindingKind.Link, "../src/gone.cs")]);
    }

    [Fact]
    public async Task A_site_is_searched_by_beginnings_of_words_and_titles_come_first()
    {
        await using var folder = SiteFolder.With(
            ("docs/index.md", "# Welcome\nNothing about it.\n\n## Replay\nHow events come again.\n"), ("docs/replay.md", "# Replaying events\nOne service at a time.\n"), ("docs/other.md", "# Other\nHere events are replayed in passing.\n"));
        var digest = await SiteDigest.Make(new PageRendering(SiteFolder.Renderer, SiteFolder.Icons), await folder.Build(), new LocalFiles(folder.Path), _ => null, Cancelled);
        var index = new SiteIndex(digest);

        index.Find("repl EVENT", 10).Select(hit => (hit.Page.Address, hit.Heading)).ShouldBe([("replay", null), ("", "Replay"), ("other", null)]);
        index.Find("passing replayed", 10).ShouldHaveSingleItem().Extract.ShouldContain("replayed in passing");
        SiteIndex.Marked("Replayed, not unplayed: REPLAY <b>", "repl event").ShouldBe([("Repl", true), ("ayed, not unplayed: ", false), ("REPL", true), ("AY <b>", false)]);
        SiteIndex.Marked("nothing", "").ShouldBe([("nothing", false)]);
        index.Find("nowhere", 10).ShouldBeEmpty();
        index.Find("  ,. ", 10).ShouldBeEmpty();
    }

    private static DiagramAddresses Diagrams(string? kroki = null, string? plantUml = null) =>
        new(Microsoft.Extensions.Options.Options.Create(new DocsOptions { Kroki = kroki, PlantUml = plantUml }));

    private static SiteFolder Site(string page) => SiteFolder.With(
        ("mkdocs.yml", "site_name: X\nplugins:\n  - redirects: {redirect_maps: {guide/former.md: guide/other.md}}\n"),
        ("docs/index.md", "# Home"), ("docs/guide/page.md", page), ("docs/guide/other.md", "# Other\n## Deep\n"), ("docs/guide/file name.pdf", "%PDF"), ("docs/pictures/c.png", "x"), ("docs/round.md", ""));
}
