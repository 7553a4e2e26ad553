using Stagedoor.Catalog;
using Stagedoor.Plugins;
using Stagedoor.Sources;
using Stagedoor.Testing.Portals;
using Stagedoor.Testing.Waiting;

namespace Stagedoor.Org.Tests;

/// <summary>A portal whose catalog reads a folder of its own, in which a test writes groups and people.</summary>
internal sealed class OrgPortal : IAsyncDisposable
{
    private readonly CatalogFolder _folder;

    private OrgPortal(CatalogFolder folder, TestPortal portal) => (_folder, Portal) = (folder, portal);

    public TestPortal Portal { get; }

    public HttpClient Http => Portal.Http;

    public IDirectory Directory => Portal.Service<IDirectory>();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    /// <param name="sample">With <c>polaris</c> one can be anybody of the catalog, and the sample's people are there as well.</param>
    public static async Task<OrgPortal> Start(string files, string sample = "none", string settings = "", params IReadOnlyList<IPlugin> more)
    {
        var folder = new CatalogFolder();
        folder.Write("org.yaml", files);
        var portal = await TestPortal.Start(
            new TestPortalOptions
            {
                Plugins = [new SourcesPlugin(), new CatalogPlugin(), new OrgPlugin(), .. more],
                Configuration = folder.Configuration + settings,
                Sample = sample,
            },
            Cancelled);
        return new OrgPortal(folder, portal);
    }

    public static string Group(string name, string? parent = null, string more = "", string type = "squad", string metadata = "") =>
        $"""
        ---
        apiVersion: backstage.io/v1alpha1
        kind: Group
        metadata:
          name: {name}
        {metadata}
        spec:
          type: {type}
          children: []
        {(parent is null ? "" : $"  parent: {parent}")}
        {more}

        """;

    public static string User(string name, string groups, string more = "", string metadata = "") =>
        $"""
        ---
        apiVersion: backstage.io/v1alpha1
        kind: User
        metadata:
          name: {name}
        {metadata}
        spec:
          memberOf: [{groups}]
        {more}

        """;

    public static string Component(string name, string owner, string type = "service") =>
        $"""
        ---
        apiVersion: backstage.io/v1alpha1
        kind: Component
        metadata:
          name: {name}
        spec:
          type: {type}
          lifecycle: production
          owner: {owner}

        """;

    public void Write(string files, string name = "org.yaml") => _folder.Write(name, files);

    public Task<IDirectory> Knows(string what, Func<IDirectory, bool> wanted) =>
        Eventually.Reach($"the directory knows {what}", TimeSpan.FromSeconds(60), () => Task.FromResult(Directory), wanted, Cancelled);

    public async ValueTask DisposeAsync()
    {
        await Portal.DisposeAsync();
        await _folder.DisposeAsync();
    }
}
