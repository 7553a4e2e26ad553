using Stagedoor.Plugins;
using Stagedoor.Testing.Waiting;

namespace Stagedoor.Docs.Tests.Reading;

public sealed class DocsReadingTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_push_is_read_once_its_hook_has_told_of_it()
    {
        await using var portal = await GitDocsPortal.Start("docs:\n  checkEvery: 1h\n");
        (await portal.Read(GitDocsPortal.Ledger)).Html.ShouldContain("The first words.");

        var commit = portal.Push("docs/index.md", "# Ledger\nOther words.\n", "Say it better");
        await portal.Hook();

        var page = await Eventually.Reach("the push is read", TimeSpan.FromSeconds(60), () => portal.Read(GitDocsPortal.Ledger), read => read.Html.Contains("Other words.", StringComparison.Ordinal), Cancelled);
        var docs = await portal.Open(GitDocsPortal.Ledger);
        docs.Commit.ShouldNotBeNull().Sha.ShouldBe(commit);
        var change = await Eventually.Reach("its history is known", TimeSpan.FromSeconds(60), () => portal.Reading.LastChange(docs, page.Page, Cancelled), known => known is not null, Cancelled);
        (change!.Author, change.Subject).ShouldBe(("Mae Albrecht", "Say it better"));
    }

    [Fact]
    public async Task Without_a_hook_a_push_is_found_by_asking_now_and_then()
    {
        await using var portal = await GitDocsPortal.Start("docs:\n  checkEvery: 00:00:01\n");
        await portal.Read(GitDocsPortal.Ledger);

        portal.Push("docs/index.md", "# Ledger\nOther words.\n");

        await Eventually.Reach("the push is read", TimeSpan.FromSeconds(60), () => portal.Read(GitDocsPortal.Ledger), read => read.Html.Contains("Other words.", StringComparison.Ordinal), Cancelled);
    }

    [Fact]
    public async Task Any_branch_tag_or_commit_is_a_version()
    {
        await using var portal = await GitDocsPortal.Start();
        var first = portal.Work.Git("rev-parse", "HEAD");
        portal.Work.Git("tag", "v1");
        portal.Push("docs/index.md", "# Ledger\nOn the main line.\n");
        portal.Work.Git("checkout", "-q", "-b", "feature/more");
        portal.Push("docs/index.md", "# Ledger\nOn a branch.\n");
        portal.Work.Git("push", "-q", "origin", "v1");
        await portal.Hook();

        foreach (var (reference, words) in new[] { ("v1", "The first words."), (first, "The first words."), ("feature/more", "On a branch."), ("main", "On the main line.") })
        {
            var page = await Eventually.Reach(
                $"{reference} is there", TimeSpan.FromSeconds(60),
                async () => (await portal.Open(GitDocsPortal.Ledger, reference)).Site is null ? null : await portal.Read(GitDocsPortal.Ledger, reference: reference), read => read is not null, Cancelled);
            page!.Html.ShouldContain(words);
        }

        var versions = await portal.Reading.Versions(await portal.Open(GitDocsPortal.Ledger), Cancelled);
        versions.Select(version => (version.Name, version.IsTag, version.IsDefault)).ShouldBe([("main", false, true), ("feature/more", false, false), ("v1", true, false)]);
        var none = await portal.Open(GitDocsPortal.Ledger, "v2");
        none.Site.ShouldBeNull();
        none.HasNoSuchVersion.ShouldBeTrue();
        none.Trouble.ShouldNotBeNull().ShouldContain("has no branch, tag or commit v2");
        (await portal.Open(GitDocsPortal.Ledger, "--upload-pack=evil")).Trouble.ShouldNotBeNull().ShouldContain("is not the name");
    }

    [Fact]
    public async Task Of_a_repository_out_of_reach_the_last_known_version_stays_and_says_so()
    {
        await using var portal = await GitDocsPortal.Start("docs:\n  checkEvery: 00:00:01\n");
        await portal.Read(GitDocsPortal.Ledger);
        await Eventually.Reach("it was reached", TimeSpan.FromSeconds(60), () => portal.Open(GitDocsPortal.Ledger), docs => docs.ReachedAt is not null, Cancelled);

        portal.Git.IsDown = true;
        var docs = await Eventually.Reach("the trouble is known", TimeSpan.FromSeconds(60), () => portal.Open(GitDocsPortal.Ledger), open => open.Trouble is not null, Cancelled);

        docs.Site.ShouldNotBeNull();
        docs.ReachedAt.ShouldNotBeNull();
        (await portal.Read(GitDocsPortal.Ledger)).Html.ShouldContain("The first words.");
    }

    [Fact]
    public async Task Files_of_this_machine_are_read_as_they_lie_even_inside_a_work_tree()
    {
        await using var portal = await GitDocsPortal.Start();
        (await portal.Read(GitDocsPortal.Local)).Html.ShouldContain("As it lies.");

        portal.Work.Git("init", "-q", Path.Combine(portal.Root, "here"));
        portal.WriteHere("docs/index.md", "# Here\nSaved and not committed.\n");
        portal.WriteHere("docs/new.md", "# New\n--8<-- \"included.txt\"\n");
        portal.WriteHere("included.txt", "included");

        await Eventually.Reach("the save is read", TimeSpan.FromSeconds(60), () => portal.Read(GitDocsPortal.Local), read => read.Html.Contains("not committed", StringComparison.Ordinal), Cancelled);
        (await portal.Read(GitDocsPortal.Local, "new")).Html.ShouldContain("included");
        portal.WriteHere("included.txt", "included anew");
        await Eventually.Reach("what is included is followed", TimeSpan.FromSeconds(60), () => portal.Read(GitDocsPortal.Local, "new"), read => read.Html.Contains("anew", StringComparison.Ordinal), Cancelled);
    }

    [Theory]
    [InlineData("backstage.io/techdocs-ref: dir:../..", "leads out of")]
    [InlineData("backstage.io/techdocs-ref: /etc", "Write dir:")]
    [InlineData("backstage.io/techdocs-ref: url:https://github.com/acme/private/tree/main", "is in a repository")]
    [InlineData("backstage.io/techdocs-entity: component:default/nobody", "is not in the catalog")]
    [InlineData("backstage.io/techdocs-entity: component:default/other", "in a circle")]
    [InlineData("backstage.io/techdocs-entity: component:default/bare", "which has none")]
    public async Task An_entity_cannot_point_to_what_is_not_its_own(string annotation, string reason)
    {
        await using var portal = await GitDocsPortal.Start();
        portal.WriteHere("other.yaml", GitDocsPortal.Entity("other", annotation));
        portal.WriteHere("bare.yaml", GitDocsPortal.Entity("bare", "example.com/x: y"));
        var other = new EntityRef("component", "default", "other");
        await portal.Knows(other);
        await portal.Knows(new EntityRef("component", "default", "bare"));

        var docs = await portal.Open(other);

        docs.Site.ShouldBeNull();
        docs.Trouble.ShouldNotBeNull().ShouldContain(reason);
    }

    [Fact]
    public async Task An_entity_shows_the_documentation_of_another_at_its_own_part()
    {
        await using var portal = await GitDocsPortal.Start(pages: ("docs/parts/mine.md", "# Mine\n"));
        portal.WriteHere("other.yaml", GitDocsPortal.Entity("other", "backstage.io/techdocs-entity: component:default/ledger\nbackstage.io/techdocs-entity-path: /parts/mine"));
        var other = new EntityRef("component", "default", "other");
        await portal.Knows(other);

        var docs = await portal.Open(other);

        docs.Start.ShouldBe("parts/mine");
        docs.Site.ShouldNotBeNull().Settings.Name.ShouldBe("Ledger");
        (await portal.Read(other, "parts/mine")).Title.ShouldBe("Mine");
    }

    [Fact]
    public async Task The_glossary_of_the_company_holds_on_every_page()
    {
        await using var portal = await GitDocsPortal.Start("docs:\n  glossary: docs:component/local/words.md\n", null, ("docs/sla.md", "Our SLA holds.\n"));
        portal.WriteHere("docs/words.md", "# Words\n\n*[SLA]: What we promise\nNot this line.\n");

        await Eventually.Reach(
            "the glossary holds", TimeSpan.FromSeconds(60), () => portal.Read(GitDocsPortal.Ledger, "sla"), page => page.Html.Contains("<abbr title=\"What we promise\">SLA</abbr>", StringComparison.Ordinal), Cancelled);
        (await portal.Read(GitDocsPortal.Ledger, "sla")).Html.ShouldNotContain("Not this line");
    }

    [Fact]
    public async Task Every_page_and_heading_is_offered_to_search()
    {
        await using var portal = await GitDocsPortal.Start(pages: ("docs/rules.md", "# Rules\nFirst.\n## Of booking\nNever twice.\n"));
        var search = portal.Portal.Service<IEnumerable<ISearchSource>>().Concat([portal.Portal.Service<Stagedoor.Docs.Finding.DocsSearch>()]).OfType<Stagedoor.Docs.Finding.DocsSearch>().First();

        var all = await search.All(Cancelled).ToListAsync(Cancelled);
        var suggested = await search.Suggest("rul", Caller.Portal, 5, Cancelled);

        all.Select(document => (document.Title, document.Href, document.Text.Trim())).ShouldBe(
            [
                ("Here", "/docs/default/component/local", "As it lies."), ("Ledger", "/docs/default/component/ledger", "The first words."), ("Rules", "/docs/default/component/ledger/rules", "First."),
                ("Of booking", "/docs/default/component/ledger/rules#of-booking", "Never twice."),
            ],
            ignoreOrder: true);
        all.Where(document => document.Entity == GitDocsPortal.Ledger).ShouldAllBe(document => document.ChangedAt != null && document.Permission != null);
        suggested.ShouldHaveSingleItem().Title.ShouldBe("Rules");
        suggested.Concat(await search.Suggest("ledger", Caller.Portal, 5, Cancelled)).ShouldAllBe(document => all.Any(indexed => indexed.Id == document.Id && indexed.Href == document.Href));
    }
}
