using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Stagedoor.Docs.Finding;
using Stagedoor.Plugins;
using Stagedoor.Testing.Waiting;

namespace Stagedoor.Docs.Tests.Reading;

/// <summary>What a repository may hold that nobody wished for: it is shown, refused or told of, and nobody gets out or in.</summary>
public sealed class BadDaysTests
{
    private const string Files = "/api/docs/files/default/component/ledger/";

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Links_submodules_and_pointers_of_a_repository_lead_nowhere()
    {
        await using var portal = await GitDocsPortal.Start();
        await portal.Read(GitDocsPortal.Ledger);
        var work = portal.Work;
        File.CreateSymbolicLink(Path.Combine(work.Path, "docs", "passwd.md"), "/etc/passwd");
        File.CreateSymbolicLink(Path.Combine(work.Path, "docs", "passwd.txt"), "../../../../../../etc/passwd");
        Directory.CreateSymbolicLink(Path.Combine(work.Path, "docs", "etc"), "/etc");
        work.Write("docs/large.md", "version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 12345\n");
        work.Git("update-index", "--add", "--cacheinfo", $"160000,{work.Git("rev-parse", "HEAD")},docs/other");
        portal.Push("docs/index.md", "# Ledger\n[a](passwd.md) [b](etc/hostname) [c](../../../../../../etc/passwd) [d](other/x.md)\n\n--8<-- \"docs/passwd.txt\"\n--8<-- \"/etc/passwd\"\n--8<-- \"../../../../../../etc/passwd\"\n");
        await portal.Hook();

        var page = await Eventually.Reach("the push is read", TimeSpan.FromSeconds(60), () => portal.Read(GitDocsPortal.Ledger), read => !read.Html.Contains("The first words", StringComparison.Ordinal), Cancelled);

        page.Html.ShouldNotContain("root:");
        page.Html.Split("href=").Length.ShouldBe(2, "Only the heading has a link, to itself");
        page.Links.Where(link => link.Written != "#ledger").ShouldAllBe(link => link.Trouble != null);
        page.Notes.Count(note => note.Contains("is not there", StringComparison.Ordinal)).ShouldBe(3);
        var site = (await portal.Open(GitDocsPortal.Ledger)).Site.ShouldNotBeNull();
        site.Pages.Select(other => other.Path).ShouldBe(["index.md", "large.md"]);
        (await portal.Read(GitDocsPortal.Ledger, "large")).Notes.ShouldHaveSingleItem().ShouldContain("Git LFS");
        foreach (var path in new[] { "passwd.txt", "etc/passwd", "..%2fcatalog-info.yaml", "%2e%2e%2fcatalog-info.yaml", "/etc/passwd", "other", ".git/config" })
        {
            using var answer = await portal.Http.GetAsync(Files + path, Cancelled);
            ((int)answer.StatusCode).ShouldBeInRange(400, 404, path);
        }
    }

    [Fact]
    public async Task Whoever_may_not_see_an_entity_reads_nothing_of_it()
    {
        await using var portal = await GitDocsPortal.Start(more: new Hiding());
        portal.WriteHere("other.yaml", GitDocsPortal.Entity("other", "backstage.io/techdocs-entity: component:default/ledger"));
        await portal.Knows(new EntityRef("component", "default", "other"));
        await portal.Read(GitDocsPortal.Ledger);

        foreach (var path in new[]
        {
            "/docs/default/component/ledger", "/catalog/default/component/ledger/docs", Files + "index.md", "/api/techdocs/metadata/techdocs/default/component/ledger",
            "/api/techdocs/static/docs/default/component/ledger/index.html", "/api/techdocs/metadata/entity/default/component/ledger", "/api/docs/live/default/component/ledger",
        })
        {
            using var answer = await portal.Http.GetAsync(path, Cancelled);
            answer.StatusCode.ShouldBe(HttpStatusCode.NotFound, path);
            (await answer.Content.ReadAsStringAsync(Cancelled)).ShouldNotContain("The first words", Case.Insensitive, path);
        }

        // Nor by what another entity shows, by the list, by search or by a link's card.
        (await portal.Http.GetStringAsync("/docs/default/component/other", Cancelled)).ShouldNotContain("The first words");
        (await portal.Http.GetStringAsync("/docs", Cancelled)).ShouldNotContain("/docs/default/component/ledger");
        var guest = new Caller { Kind = CallerKind.Guest, Name = "Guest", Ref = EntityRef.User("guest"), Roles = new HashSet<string> { Role.Administrator.Name } };
        (await portal.Portal.Service<DocsSearch>().Suggest("ledger", guest, 10, Cancelled)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Five_thousand_pages_a_page_of_twenty_megabytes_and_a_table_of_ten_thousand_lines_are_read()
    {
        await using var portal = await GitDocsPortal.Start();
        var work = portal.Work;
        foreach (var i in Enumerable.Range(0, 5000))
        {
            work.Write($"docs/part-{i / 100}/page-{i}.md", $"# Page {i}\nWith the number {i}.\n");
        }

        work.Write("docs/table.md", $"# Table\n\n| a | b |\n|---|---|\n{string.Concat(Enumerable.Range(0, 10_000).Select(i => $"| {i} | **{i}** |\n"))}");
        work.Write("docs/huge.md", "# Huge\n\n" + string.Concat(Enumerable.Repeat("Words and *more* words.\n\n", 21 * 1024 * 1024 / 24)));
        portal.Push("docs/other.md", "# Other\n");
        await portal.Hook();

        var docs = await Eventually.Reach("the push is read", TimeSpan.FromSeconds(60), () => portal.Open(GitDocsPortal.Ledger), open => open.Site?.Pages.Count > 5000, Cancelled);

        docs.Site!.Navigation.Count.ShouldBe(54);
        (await portal.Read(GitDocsPortal.Ledger, "part-49/page-4999")).Title.ShouldBe("Page 4999");
        (await portal.Read(GitDocsPortal.Ledger, "table")).Html.ShouldContain("<strong>9999</strong>");
        var huge = await portal.Read(GitDocsPortal.Ledger, "huge");
        huge.Notes.ShouldHaveSingleItem().ShouldContain("Its first 2 MB are shown");
        huge.Html.Length.ShouldBeLessThan(8 * 1024 * 1024);
        var page = await portal.Http.GetStringAsync("/docs/default/component/ledger/part-1/page-100", Cancelled);
        page.Length.ShouldBeLessThan(1024 * 1024);
        (await portal.Reading.Search(docs, "number 4321", 5, Cancelled))[0].Page.Address.ShouldBe("part-43/page-4321");
    }

    [Fact]
    public async Task Words_of_strangers_stay_words_wherever_they_are_shown()
    {
        const string Evil = "<img src=x onerror=alert(1)>";
        await using var portal = await GitDocsPortal.Start(
            pages:
            [
                ("mkdocs.yml", $"site_name: '{Evil}'\nsite_description: '{Evil}'\nrepo_url: 'javascript:alert(1)'\nedit_uri: 'javascript:alert(1)'\nnav:\n  - '{Evil}': index.md\n  - '\"><script>alert(1)</script>': 'javascript:alert(1)'\n  - gone: '{Evil}.md'\n"),
                ("docs/index.md", $"---\ntitle: '{Evil}'\ndescription: '{Evil}'\n---\n# {Evil}\n\n[x](javascript:alert(1)) [y](data:text/html,evil) [z](vbscript:x) [{Evil}](gone.md)\n\n<svg onload=alert(1)><script>alert(1)</script></svg><a href=\"java\nscript:alert(1)\">w</a>\n"),
            ]);

        foreach (var address in new[] { "/docs/default/component/ledger", "/docs/default/component/ledger?q=img", "/docs/default/component/ledger?ref=%3Cscript%3E", "/docs/default/component/ledger/%3Cscript%3E", "/docs?q=%3Cscript%3Ealert(1)%3C/script%3E" })
        {
            using var answer = await portal.Http.GetAsync(address, Cancelled);
            var html = await answer.Content.ReadAsStringAsync(Cancelled);
            html.ShouldNotContain("<img src=x", Case.Insensitive, address);
            html.ShouldNotContain("<script>", Case.Insensitive, address);
            html.ShouldNotContain("onload=", Case.Insensitive, address);
            html.ShouldNotContain("href=\"javascript:", Case.Insensitive, address);
            html.ShouldNotContain("href=\"data:", Case.Insensitive, address);
            answer.Headers.GetValues("Content-Security-Policy").ShouldHaveSingleItem().ShouldContain("script-src 'self'");
        }
    }

    [Fact]
    public async Task A_mkdocs_file_runs_nothing()
    {
        var proof = Path.Combine(Path.GetTempPath(), $"stagedoor-proof-{Guid.NewGuid():N}");
        await using var portal = await GitDocsPortal.Start(
            pages:
            [
                ("mkdocs.yml", $"site_name: X\nhooks: [hook.py]\nx: !!python/object/apply:os.system ['touch {proof}']\nplugins:\n  - macros\n  - gen-files: {{scripts: [hook.py]}}\n"),
                ("hook.py", $"open('{proof}', 'w')\n"), ("docs/index.md", "# Calm\n{{ 7 * 7 }} {% raw %} ${7*7}\n"),
            ]);

        (await portal.Read(GitDocsPortal.Ledger)).Html.ShouldContain("{{ 7 * 7 }}");
        File.Exists(proof).ShouldBeFalse();
    }

    /// <summary>Hides the ledger from everybody but the portal itself.</summary>
    private sealed class Hiding : IPlugin, IReadFilter
    {
        public PluginInfo Info { get; } = new("hiding", "Hiding", "Hides an entity.");

        public void Configure(PluginBuilder plugin) => plugin.Services.AddSingleton<IReadFilter>(this);

        public ValueTask<EntityFilter> ScopeOf(Caller caller, CancellationToken cancellationToken) =>
            ValueTask.FromResult(caller == Caller.Portal ? EntityFilter.Everything : new EntityFilter.Not(new EntityFilter.Has("metadata.name", "ledger")));
    }
}
