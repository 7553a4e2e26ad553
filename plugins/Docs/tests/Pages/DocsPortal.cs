using System.Net;
using AngleSharp.Html.Dom;
using Stagedoor.Docs.Tests.Portals;
using Stagedoor.Plugins;
using Stagedoor.Testing.Portals;
using Stagedoor.Testing.Processes;
using Stagedoor.Testing.Waiting;

namespace Stagedoor.Docs.Tests.Pages;

/// <summary>A portal with entities and their documentation in a folder.</summary>
internal sealed class DocsPortal : IAsyncDisposable
{
    private readonly string _folder;
    private readonly TestPortal _portal;

    private DocsPortal(string folder, TestPortal portal)
    {
        _folder = folder;
        _portal = portal;
    }

    public static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public TestPortal Portal => _portal;

    /// <summary>Starts with a component <c>ledger</c> that has these files beside it, and with more entities.</summary>
    public static async Task<DocsPortal> Start(string more, params IReadOnlyList<(string Path, string Text)> files)
    {
        var folder = Directory.CreateTempSubdirectory("stagedoor-docs-").FullName;
        var entities = Component("ledger", "title: The ledger", "backstage.io/techdocs-ref: dir:.") + more;
        Write(folder, [("catalog-info.yaml", entities), .. files]);
        var configuration =
            $"""
            catalog:
              locations:
                - type: file
                  target: {folder}/catalog-info.yaml
                  rules:
                    - allow: [Component, API, Group, User]
            """;
        var portal = await DocsPortals.Start(configuration);
        var expected = entities.Split("\nkind:").Length - 1;
        await Eventually.Reach(
            "the catalog is read", TimeSpan.FromSeconds(60),
            async () => await portal.Service<ICatalog>().Count(new EntityFilter.Not(EntityFilter.OfKind("location")), Caller.Portal, Cancelled), count => count >= expected, Cancelled);
        return new DocsPortal(folder, portal);
    }

    public static string Component(string name, string metadata = "", string? annotation = null, string owner = "squad-ice") =>
        DocsPortals.Component(name, $"{metadata}\n{(annotation is null ? "" : $"annotations: {{{annotation}}}")}", owner) + "---\n";

    public void Write(params IReadOnlyList<(string Path, string Text)> files) => Write(_folder, files);

    public Task<IHtmlDocument> Page(string path) => _portal.Page(path, Cancelled);

    public async Task<(HttpStatusCode Status, string? Location)> Ask(string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Accept.ParseAdd("text/html");
        using var answer = await _portal.Http.SendAsync(request, Cancelled);
        return (answer.StatusCode, answer.Headers.Location is { } location ? location.IsAbsoluteUri ? location.PathAndQuery : location.OriginalString : null);
    }

    public async ValueTask DisposeAsync()
    {
        await _portal.DisposeAsync();
        await Folders.Remove(_folder);
    }

    private static void Write(string folder, IReadOnlyList<(string Path, string Text)> files)
    {
        foreach (var (path, text) in files)
        {
            DocsPortals.Write(folder, path, text);
        }
    }
}
