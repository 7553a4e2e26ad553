using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Stagedoor.Docs.Tests.Reading;
using Stagedoor.Testing.Waiting;

namespace Stagedoor.Docs.Tests.Api;

/// <summary>As the client of Backstage's TechDocs asks.</summary>
public sealed class TechDocsApiTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_is_known_of_a_site_and_its_entity_is_told()
    {
        await using var portal = await GitDocsPortal.Start(pages: [("docs/guide/setup.md", "# Setup\n"), ("docs/img/x.svg", "<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>")]);

        var site = await portal.Http.GetFromJsonAsync<JsonElement>("/api/techdocs/metadata/techdocs/default/component/ledger", Cancelled);
        var entity = await portal.Http.GetFromJsonAsync<JsonElement>("/api/techdocs/metadata/entity/default/Component/ledger", Cancelled);

        site.GetProperty("site_name").GetString().ShouldBe("Ledger");
        site.GetProperty("etag").GetString().ShouldBe(portal.Work.Git("rev-parse", "HEAD"));
        site.GetProperty("build_timestamp").GetInt64().ShouldBeGreaterThan(0);
        site.GetProperty("files").EnumerateArray().Select(file => file.GetString()).ShouldBe(["index.html", "guide/setup/index.html", "img/x.svg"]);
        entity.GetProperty("metadata").GetProperty("name").GetString().ShouldBe("ledger");
        entity.GetProperty("locationMetadata").GetProperty("type").GetString().ShouldBe("git");
    }

    [Fact]
    public async Task What_is_known_of_a_site_is_a_file_of_each_version_of_it()
    {
        await using var portal = await GitDocsPortal.Start();
        var before = portal.Work.Git("rev-parse", "HEAD");
        portal.Work.Git("tag", "before");
        portal.Work.Git("push", "-q", "origin", "before");
        portal.Push("docs/index.md", "# Ledger\nOther words.\n");
        await portal.Hook();

        await Eventually.Reach("the tag is there", TimeSpan.FromSeconds(60), () => portal.Open(GitDocsPortal.Ledger, "before"), docs => docs.Site is not null, Cancelled);
        var known = await portal.Http.GetFromJsonAsync<JsonElement>("/api/techdocs/static/docs/default/component/ledger/techdocs_metadata.json?ref=before", Cancelled);

        known.GetProperty("etag").GetString().ShouldBe(before);
    }

    [Fact]
    public async Task Pages_are_files_of_a_built_site_and_nothing_in_them_runs()
    {
        await using var portal = await GitDocsPortal.Start(
            pages:
            [
                ("mkdocs.yml", "site_name: Ledger\nmarkdown_extensions:\n  - pymdownx.emoji: {emoji_index: twemoji}\n"),
                ("docs/guide/setup.md", "# Setup\n[home](../index.md) :material-account: <script>alert(1)</script>\n"), ("docs/img/x.svg", "<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"),
                ("docs/raw.html", "<script>alert(1)</script>"),
            ]);

        using var page = await portal.Http.GetAsync("/api/techdocs/static/docs/default/component/ledger/guide/setup/index.html", Cancelled);
        using var picture = await portal.Http.GetAsync("/api/techdocs/static/docs/default/component/ledger/img/x.svg", Cancelled);
        using var raw = await portal.Http.GetAsync("/api/techdocs/static/docs/default/component/ledger/raw.html", Cancelled);
        var known = picture.Headers.ETag.ShouldNotBeNull();
        using var again = new HttpRequestMessage(HttpMethod.Get, "/api/techdocs/static/docs/default/component/ledger/img/x.svg") { Headers = { IfNoneMatch = { known } } };
        using var unchanged = await portal.Http.SendAsync(again, Cancelled);

        page.Content.Headers.ContentType!.MediaType.ShouldBe("text/html");
        var html = await page.Content.ReadAsStringAsync(Cancelled);
        html.ShouldContain("<article class=\"md-content__inner md-typeset\">");
        html.ShouldContain("href=\"/docs/default/component/ledger\"");
        html.ShouldContain(DocsPlugin.HasLibraries ? "<svg" : ":material-account:");
        html.ShouldNotContain("<script");
        picture.Content.Headers.ContentType!.MediaType.ShouldBe("image/svg+xml");
        foreach (var answer in new[] { page, picture, raw })
        {
            answer.Headers.GetValues("Content-Security-Policy").ShouldHaveSingleItem().ShouldContain("sandbox");
            answer.Headers.GetValues("X-Content-Type-Options").ShouldBe(["nosniff"]);
        }

        raw.Content.Headers.ContentType!.MediaType.ShouldBe("application/octet-stream");
        raw.Content.Headers.ContentDisposition!.DispositionType.ShouldBe("attachment");
        unchanged.StatusCode.ShouldBe(HttpStatusCode.NotModified);
    }

    [Fact]
    public async Task A_file_that_cannot_be_read_is_not_found_in_the_shape_that_clients_read()
    {
        await using var portal = await GitDocsPortal.Start();
        File.CreateSymbolicLink(Path.Combine(portal.Root, "here", "docs", "link.txt"), "index.md");
        using var answer = await portal.Http.GetAsync("/api/techdocs/static/docs/default/component/local/link.txt", Cancelled);

        answer.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await answer.Content.ReadFromJsonAsync<JsonElement>(Cancelled)).GetProperty("error").GetProperty("name").GetString().ShouldBe("NotFoundError");
    }

    [Theory]
    [InlineData("metadata/techdocs/default/component/nobody")]
    [InlineData("metadata/entity/default/component/nobody")]
    [InlineData("sync/default/component/nobody")]
    [InlineData("static/docs/default/component/nobody/index.html")]
    [InlineData("static/docs/default/component/ledger/gone/index.html")]
    [InlineData("static/docs/default/component/ledger/..%2f..%2fcatalog-info.yaml")]
    public async Task What_is_not_there_is_not_found_in_the_shape_that_clients_read(string path)
    {
        await using var portal = await GitDocsPortal.Start();

        using var answer = await portal.Http.GetAsync($"/api/techdocs/{path}", Cancelled);

        answer.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await answer.Content.ReadFromJsonAsync<JsonElement>(Cancelled)).GetProperty("error").GetProperty("name").GetString().ShouldBe("NotFoundError");
    }

    [Fact]
    public async Task There_is_never_anything_to_build()
    {
        await using var portal = await GitDocsPortal.Start();
        using var asEvents = new HttpRequestMessage(HttpMethod.Get, "/api/techdocs/sync/default/component/ledger");
        asEvents.Headers.Accept.ParseAdd("text/event-stream");

        using var events = await portal.Http.SendAsync(asEvents, Cancelled);
        var plain = await portal.Http.GetFromJsonAsync<JsonElement>("/api/techdocs/sync/default/component/ledger", Cancelled);

        (await events.Content.ReadAsStringAsync(Cancelled)).ShouldBe("event: finish\ndata: {\"updated\":false}\n\n");
        plain.GetProperty("updated").GetBoolean().ShouldBeFalse();
    }
}
