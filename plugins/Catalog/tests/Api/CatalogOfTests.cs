using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Stagedoor.Catalog.Api.Reading;
using Stagedoor.Catalog.Index;
using Stagedoor.Catalog.Tests.Index;
using Stagedoor.Plugins;
using Stagedoor.Testing.Portals;

namespace Stagedoor.Catalog.Tests.Api;

/// <summary>A portal with the catalog's read routes over an index that a test fills.</summary>
internal sealed class CatalogOfTests : IAsyncDisposable
{
    private readonly TestPortal _portal;

    private CatalogOfTests(TestPortal portal) => _portal = portal;

    public static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public CatalogIndex Index => _portal.Service<CatalogIndex>();

    public HttpClient Http => _portal.Http;

    public TestPortal Portal => _portal;

    public static async Task<CatalogOfTests> Start(IReadOnlyList<StoredEntity> entities, Func<EntityRef, IReadOnlyList<EntityRef>>? parents = null, EntityFilter? scope = null)
    {
        var plugin = new ReadingPlugin(parents ?? (_ => []), scope);
        var catalog = new CatalogOfTests(await TestPortal.Start(new TestPortalOptions { Plugins = [plugin], Sample = "none" }, Cancelled));
        await catalog.Index.Load(CatalogIndexTests.Rows(entities), 1, Cancelled);
        return catalog;
    }

    public async Task<JsonNode> Get(string path, HttpStatusCode status = HttpStatusCode.OK) => await Read(await Http.GetAsync("/api/catalog" + path, Cancelled), status);

    public async Task<JsonNode> Post(string path, object body, HttpStatusCode status = HttpStatusCode.OK) =>
        await Read(await Http.PostAsJsonAsync("/api/catalog" + path, body, Cancelled), status);

    public async Task<string> Refused(string path, HttpStatusCode status = HttpStatusCode.BadRequest, string name = "InputError")
    {
        var error = await Get(path, status);
        return Message(error, status, name);
    }

    public async Task<string> RefusedPost(string path, object body, HttpStatusCode status = HttpStatusCode.BadRequest, string name = "InputError") =>
        Message(await Post(path, body, status), status, name);

    public ValueTask DisposeAsync() => _portal.DisposeAsync();

    public static List<string> Names(JsonNode items) => [.. items.AsArray().Select(item => (string)item!["metadata"]!["name"]!)];

    private static string Message(JsonNode error, HttpStatusCode status, string name)
    {
        ((string)error["error"]!["name"]!).ShouldBe(name);
        ((int)error["response"]!["statusCode"]!).ShouldBe((int)status);
        ((string)error["request"]!["url"]!).ShouldStartWith("/api/catalog/");
        return (string)error["error"]!["message"]!;
    }

    private static async Task<JsonNode> Read(HttpResponseMessage response, HttpStatusCode status)
    {
        using (response)
        {
            var text = await response.Content.ReadAsStringAsync(Cancelled);
            response.StatusCode.ShouldBe(status, text);
            response.Content.Headers.ContentType!.ToString().ShouldStartWith("application/json");
            return JsonNode.Parse(text)!;
        }
    }

    private sealed class ReadingPlugin(Func<EntityRef, IReadOnlyList<EntityRef>> parents, EntityFilter? scope) : IPlugin, IAncestry
    {
        public PluginInfo Info { get; } = new("catalog", "Catalog", "The catalog's read routes.");

        public void Configure(PluginBuilder plugin)
        {
            plugin.Permission(CatalogPermissions.Read, Role.Everyone);
            plugin.Services.AddSingleton<CatalogIndex>();
            plugin.Services.AddSingleton<IAncestry>(this);
            plugin.Services.AddSingleton(services => new InMemoryCatalog(
                services.GetRequiredService<CatalogIndex>(),
                scope is null ? services.GetRequiredService<IReadFilter>() : new Scope(scope),
                () => new CatalogModel([], [])));
            plugin.Api(api => api.MapReading());
        }

        public Task<IReadOnlyList<EntityRef>> ParentsOf(EntityRef entity, CancellationToken cancellationToken) => Task.FromResult(parents(entity));
    }

    private sealed class Scope(EntityFilter scope) : IReadFilter
    {
        public ValueTask<EntityFilter> ScopeOf(Caller caller, CancellationToken cancellationToken) => ValueTask.FromResult(scope);
    }
}
