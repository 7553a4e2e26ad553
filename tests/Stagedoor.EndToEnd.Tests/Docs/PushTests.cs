using System.Security.Cryptography;
using System.Text.Json;
using Stagedoor.EndToEnd.Tests.Pages;
using Stagedoor.Sources.Tests.Serving;
using Stagedoor.Testing.Browser;
using Stagedoor.Testing.Processes;
using static Microsoft.Playwright.Assertions;

namespace Stagedoor.EndToEnd.Tests.Docs;

/// <summary>What is pushed to a repository elsewhere is read in the browser, as soon as its hook has told of it.</summary>
public sealed class PushTests(BrowserFixture browser)
{
    private const string Site = "/docs/default/component/ledger";

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_push_is_read_after_its_hook_and_what_was_there_before_stays_a_version()
    {
        Needs.Chromium();
        var root = Directory.CreateTempSubdirectory("stagedoor-push-").FullName;
        try
        {
            var work = Repository(root);
            await using var server = await LoopbackServer.Start(new GitServer(Path.Combine(root, "served")).Answer);
            await using var portal = await PortalProcess.Start(new PortalProcessOptions { Configuration = Configuration(server) }, Cancelled);
            await Eventually.Reach(
                "the documentation is there", TimeSpan.FromSeconds(60),
                async () => await (await portal.Http.GetAsync(portal.At(Site), Cancelled)).Content.ReadAsStringAsync(Cancelled), html => html.Contains("The first words", StringComparison.Ordinal), Cancelled);
            await using var visitor = await browser.Open(View.Desktop);
            await visitor.Go(portal.At(Site));
            await Expect(visitor.Page.Locator(".docs-text")).ToContainTextAsync("The first words");

            work.Git("tag", "before");
            work.Commit("docs/index.md", "# Ledger\nThe words of the push.\n", "Say it better");
            work.Git("push", "-q", "origin", "HEAD", "before");
            await Hook(portal, server);
            await Eventually.Reach(
                "the push is read", TimeSpan.FromSeconds(60),
                async () =>
                {
                    await visitor.Page.ReloadAsync();
                    return await visitor.Page.Locator(".docs-text").InnerTextAsync();
                },
                text => text.Contains("The words of the push", StringComparison.Ordinal), Cancelled);

            await visitor.Page.Locator("#docs-version").SelectOptionAsync("before");
            await Expect(visitor.Page.Locator(".docs-text")).ToContainTextAsync("The first words");
            visitor.Complaints.ShouldBeEmpty();
        }
        finally
        {
            await Folders.Remove(root);
        }
    }

    private static SampleRepository Repository(string root)
    {
        var work = new SampleRepository(Path.Combine(root, "work"));
        work.Write("catalog-info.yaml", """
            apiVersion: backstage.io/v1alpha1
            kind: Component
            metadata:
              name: ledger
              annotations: {backstage.io/techdocs-ref: 'dir:.'}
            spec: {type: service, lifecycle: production, owner: squad-ice}
            """);
        work.Write("mkdocs.yml", "site_name: Ledger\n");
        work.Commit("docs/index.md", "# Ledger\nThe first words.\n", "The beginning");
        Directory.CreateDirectory(Path.Combine(root, "served"));
        var served = Path.Combine(root, "served", "ledger.git");
        work.Git("clone", "-q", "--bare", work.Path, served);
        work.Git("remote", "add", "origin", served);
        return work;
    }

    /// <summary>The repository is not asked by itself for an hour: what is seen before was told of by the hook.</summary>
    private static string Configuration(LoopbackServer server) =>
        $"""
        catalog:
          refreshHook:
            secret: s3cret
          locations:
            - type: git
              target: {server.At("/ledger.git")}?path=catalog-info.yaml
        docs:
          checkEvery: 1h
        sources:
          allowedHosts: ["{server.Address.Authority}"]
          allowPrivateAddresses: [127.0.0.1]
        """;

    private static async Task Hook(PortalProcess portal, LoopbackServer server)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(new { repository = server.At("/ledger.git").ToString() });
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/catalog/refresh-hook") { Content = new ByteArrayContent(body) };
        request.Headers.Add("X-Stagedoor-Signature-256", $"sha256={Convert.ToHexStringLower(HMACSHA256.HashData("s3cret"u8, body))}");
        using var answer = await portal.Http.SendAsync(request, Cancelled);
        answer.EnsureSuccessStatusCode();
    }
}
