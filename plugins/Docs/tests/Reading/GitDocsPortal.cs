using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Stagedoor.Docs.Reading;
using Stagedoor.Docs.Tests.Portals;
using Stagedoor.Plugins;
using Stagedoor.Sources.Tests.Serving;
using Stagedoor.Testing.Portals;
using Stagedoor.Testing.Processes;
using Stagedoor.Testing.Waiting;

namespace Stagedoor.Docs.Tests.Reading;

/// <summary>A portal whose catalog reads a repository of its own over HTTP, and a folder of its own.</summary>
internal sealed class GitDocsPortal : IAsyncDisposable
{
    private const string Secret = "s3cret";

    private readonly LoopbackServer _server;

    private GitDocsPortal(string root, SampleRepository work, LoopbackServer server, GitServer git, TestPortal portal)
    {
        (Root, Work, _server, Git, Portal) = (root, work, server, git, portal);
    }

    public static EntityRef Ledger { get; } = new("component", EntityRef.DefaultNamespace, "ledger");

    public static EntityRef Local { get; } = new("component", EntityRef.DefaultNamespace, "local");

    public string Root { get; }

    /// <summary>Where one commits before one pushes.</summary>
    public SampleRepository Work { get; }

    public GitServer Git { get; }

    public TestPortal Portal { get; }

    public HttpClient Http => Portal.Http;

    public DocsReading Reading => Portal.Service<DocsReading>();

    private string Repository => _server.At("/ledger.git").ToString();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public static async Task<GitDocsPortal> Start(string settings = "", IPlugin? more = null, params IReadOnlyList<(string Path, string Text)> pages)
    {
        var root = Directory.CreateTempSubdirectory("stagedoor-docs-").FullName;
        var work = new SampleRepository(Path.Combine(root, "work"));
        work.Write("catalog-info.yaml", Entity("ledger", "backstage.io/techdocs-ref: dir:."));
        work.Write("mkdocs.yml", "site_name: Ledger\n");
        work.Write("docs/index.md", "# Ledger\nThe first words.\n");
        foreach (var (path, text) in pages)
        {
            work.Write(path, text);
        }

        work.Git("add", "-A");
        work.Git("commit", "-q", "-m", "The beginning");
        Directory.CreateDirectory(Path.Combine(root, "served"));
        work.Git("clone", "-q", "--bare", work.Path, Path.Combine(root, "served", "ledger.git"));
        work.Git("remote", "add", "origin", Path.Combine(root, "served", "ledger.git"));
        var git = new GitServer(Path.Combine(root, "served"));
        var server = await LoopbackServer.Start(git.Answer);
        DocsPortals.Write(root, "here/catalog-info.yaml", Entity("local", "backstage.io/techdocs-ref: dir:."));
        DocsPortals.Write(root, "here/docs/index.md", "# Here\nAs it lies.\n");
        var portal = await DocsPortals.Start(
            $"""
            catalog:
              refreshHook:
                secret: {Secret}
              locations:
                - type: git
                  target: {server.At("/ledger.git")}?path=catalog-info.yaml
                - type: file
                  target: {root}/here/*.yaml
            sources:
              allowedHosts: ["{server.Address.Authority}"]
              allowPrivateAddresses: [127.0.0.1]
            {settings}
            """,
            more is null ? [] : [more]);
        var docs = new GitDocsPortal(root, work, server, git, portal);
        await docs.Knows(Ledger);
        await docs.Knows(Local);
        return docs;
    }

    public static string Entity(string name, string annotations) =>
        DocsPortals.Component(name, $"annotations:\n  {annotations.ReplaceLineEndings("\n  ")}");

    public Task Knows(EntityRef entity) => Eventually.Reach(
        $"the catalog knows {entity}", TimeSpan.FromSeconds(60), async () => await Portal.Service<ICatalog>().Find(entity, Caller.Portal, Cancelled), found => found is not null, Cancelled);

    public Task Forgets(EntityRef entity) => Eventually.Reach(
        $"the catalog forgets {entity}", TimeSpan.FromSeconds(60), async () => await Portal.Service<ICatalog>().Find(entity, Caller.Portal, Cancelled), found => found is null, Cancelled);

    public Task<AngleSharp.Html.Dom.IHtmlDocument> Page(string address) => Portal.Page(address, Cancelled);

    public void WriteHere(string path, string text) => DocsPortals.Write(Path.Combine(Root, "here"), path, text);

    public string Push(string path, string text, string message = "A change")
    {
        var commit = Work.Commit(path, text, message);
        Work.Git("push", "-q", "origin", "HEAD");
        return commit;
    }

    /// <summary>Tells the portal of a push, as a code host does.</summary>
    public async Task Hook()
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(new { repository = Repository });
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/catalog/refresh-hook") { Content = new ByteArrayContent(body) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } } };
        request.Headers.Add("X-Stagedoor-Signature-256", $"sha256={Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(Secret), body))}");
        using var answer = await Http.SendAsync(request, Cancelled);
        answer.EnsureSuccessStatusCode();
    }

    public async Task<OpenDocs> Open(EntityRef entity, string? reference = null) => (await Reading.Open(entity, reference, Caller.Portal, Cancelled)).ShouldNotBeNull();

    public async Task<ReadPage> Read(EntityRef entity, string address = "", string? reference = null)
    {
        var docs = await Open(entity, reference);
        return await Reading.Page(docs, docs.Site.ShouldNotBeNull(docs.Trouble).Find(address).ShouldNotBeNull(), DocsAddress.Base(entity, reference, isTab: false), Cancelled);
    }

    public async ValueTask DisposeAsync()
    {
        await Portal.DisposeAsync();
        await _server.DisposeAsync();
        await Folders.Remove(Root);
    }
}
