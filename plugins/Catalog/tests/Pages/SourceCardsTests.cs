using System.Net;
using AngleSharp.Html.Parser;
using Stagedoor.Catalog.Tests.Engine;
using Stagedoor.Plugins;
using Stagedoor.Sources.Tests.Serving;
using static Stagedoor.Catalog.Tests.Engine.CatalogPortal;

namespace Stagedoor.Catalog.Tests.Pages;

/// <summary>What the folder of an entity tells on its page: readme, languages, contributors.</summary>
public sealed class SourceCardsTests : IDisposable
{
    private const string Ferry = "/catalog/default/component/ferry";
    private const string Parts = "/api/catalog/page/source";
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task The_page_does_not_wait_for_git_and_has_a_link_that_does()
    {
        await using var server = await LoopbackServer.Start(new GitServer(_folder.Path).Answer);
        await using var portal = await Repository(server, work =>
        {
            work.Write("services/ferry/catalog-info.yaml", Of("ferry"));
            work.Write("services/ferry/README.md", "# The ferry\n\nIt **sails**. [Timetable](docs/times.md) ![Deck](deck.png) <script>alert(1)</script>");
            work.Write("services/ferry/src/Main.go", "package main // quite some code");
            work.Write("services/ferry/node_modules/x/index.js", new string('x', 10_000));
            work.Write("README.md", "# All of it");
        });
        var visitor = new Visitor(portal.Http);

        var first = await visitor.Page(Ferry);
        var waited = await visitor.Page($"{Ferry}?load=source");
        var second = await visitor.Page(Ferry);

        first.QuerySelectorAll("sd-fragment").Select(fragment => fragment.GetAttribute("src")).ShouldContain($"{Parts}/readme/default/component/ferry");
        first.QuerySelector("sd-fragment a")!.GetAttribute("href").ShouldBe($"{Ferry}?load=source");
        foreach (var page in new[] { waited, second })
        {
            var readme = page.QuerySelector(".readme")!;
            readme.QuerySelector("h1")!.TextContent.ShouldBe("The ferry");
            readme.QuerySelector("strong")!.TextContent.ShouldBe("sails");
            readme.QuerySelectorAll("script, img").ShouldBeEmpty();
            readme.TextContent.ShouldContain("Timetable");
            page.QuerySelectorAll("section.card > header > h2").Select(title => title.TextContent).ShouldContain("README.md of the folder services/ferry");
            page.QuerySelector("#readme-all").ShouldBeNull("a short one is shown whole");
            page.QuerySelector(".legend")!.TextContent.ShouldBe("Go 100 %");
            page.QuerySelector("sd-fragment").ShouldBeNull();
        }

        var contributors = second.QuerySelectorAll("section.card").Single(card => card.QuerySelector("h2")?.TextContent == "Contributors");
        contributors.QuerySelector("a[href='/catalog/default/user/mae']")!.TextContent.ShouldBe("Mae A.");
        contributors.TextContent.ShouldContain("1 commit");
    }

    [Fact]
    public async Task Without_a_readme_beside_the_file_that_of_the_repository_is_shown_and_a_change_comes_by_itself()
    {
        SampleRepository? ferry = null;
        await using var server = await LoopbackServer.Start(new GitServer(_folder.Path).Answer);
        await using var portal = await Repository(server, work =>
        {
            ferry = work;
            work.Write("services/ferry/catalog-info.yaml", Of("ferry"));
            work.Write("README.md", "# All of it\n" + string.Concat(Enumerable.Repeat("\nA line.\n", 80)));
        });

        var root = await Part(portal, "readme");

        root.ShouldContain("All of it");
        root.ShouldContain("README.md of the repository");
        root.ShouldContain("Show all of it");
    }

    [Fact]
    public async Task Another_repository_is_looked_into_only_where_the_configuration_trusts_files_to_name_it()
    {
        await using var server = await LoopbackServer.Start(new GitServer(_folder.Path).Answer);
        var secret = new SampleRepository(_folder.At("secret-work"));
        _ = new SampleRepository(_folder.At("secret.git"), isBare: true);
        secret.Commit("README.md", "# Nobody's business");
        secret.Git("push", "-q", _folder.At("secret.git"), "main");
        void Write(SampleRepository work)
        {
            work.Write("catalog-info.yaml", Of("ferry", $"  annotations: {{backstage.io/source-location: 'git:{server.At("/secret.git")}'}}"));
            work.Write("README.md", "# Its own");
        }

        await using var careful = await Repository(server, Write);
        var own = await Part(careful, "readme");
        await using var trusting = await Repository(server, Write, "  trustSourceLocations: true\n");
        var named = await Part(trusting, "readme");

        own.ShouldContain("Its own");
        named.ShouldContain("business");
    }

    [Fact]
    public async Task Parts_are_told_only_of_entities_that_one_may_see()
    {
        await using var portal = await Start(Store.Sqlite, files: ("ferry.yaml", Of("ferry")));
        await portal.Comes("component:default/ferry");

        using var unknown = await portal.Http.GetAsync($"{Parts}/readme/default/component/nowhere", Cancelled);
        using var noPart = await portal.Http.GetAsync($"{Parts}/secrets/default/component/ferry", Cancelled);

        unknown.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        noPart.StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Beside_a_file_of_this_machine_the_readme_is_read_and_no_link_leads_out()
    {
        await using var portal = await Start(Store.Sqlite, files: [("ferry/a.yaml", Of("ferry")), ("pier/a.yaml", Of("pier"))]);
        portal.Write("ferry/readme.md", "# From the folder");
        File.CreateSymbolicLink(Path.Combine(portal.Folder, "pier", "README.md"), "/etc/passwd");
        await portal.Comes("component:default/pier");

        var ferry = await Part(portal, "readme");
        using var pier = await portal.Http.GetAsync($"{Parts}/readme/default/component/pier", Cancelled);

        ferry.ShouldContain("From the folder");
        (await pier.Content.ReadAsStringAsync(Cancelled)).ShouldNotContain("root:");
    }

    private static string Of(string name, string more = "") => Component(name, more: more);

    private static async Task<string> Part(CatalogPortal portal, string part)
    {
        var html = await portal.Http.GetStringAsync($"{Parts}/{part}/default/component/ferry", Cancelled);
        return new HtmlParser().ParseDocument(html).Body!.TextContent;
    }

    private async Task<CatalogPortal> Repository(LoopbackServer server, Action<SampleRepository> write, string settings = "")
    {
        var number = Directory.GetDirectories(_folder.Path).Length;
        var work = new SampleRepository(_folder.At($"work{number}"));
        _ = new SampleRepository(_folder.At($"ferry{number}.git"), isBare: true);
        write(work);
        work.Git("add", "-A");
        work.Git("commit", "-q", "-m", "A ferry");
        work.Git("push", "-q", _folder.At($"ferry{number}.git"), "main");
        var portal = await Start(
            Store.Sqlite, settings + OutageTests.Allowing(server),
            ("people.yaml", "apiVersion: backstage.io/v1alpha1\nkind: User\nmetadata: {name: mae}\nspec: {profile: {displayName: Mae A., email: MAE@example.com}, memberOf: []}\n"));
        await portal.Register("git", server.At($"/ferry{number}.git").ToString());
        await portal.Comes("component:default/ferry");
        await portal.Comes("user:default/mae");
        return portal;
    }
}
