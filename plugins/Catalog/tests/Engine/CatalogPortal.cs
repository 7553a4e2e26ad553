using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Stagedoor.Catalog.Api.Hook;
using Stagedoor.Plugins;
using Stagedoor.Sources;
using Stagedoor.Testing.Databases;
using Stagedoor.Testing.Portals;
using Stagedoor.Testing.Waiting;
using Xunit;

namespace Stagedoor.Catalog.Tests.Engine;

public enum Store
{
    Sqlite,
    Postgres,
}

/// <summary>A portal with a catalog that reads a folder of its own, in which a test writes files.</summary>
internal sealed class CatalogPortal : IAsyncDisposable
{
    private readonly CatalogFolder _folder;
    private readonly TemporaryPostgres? _postgres;

    private CatalogPortal(CatalogFolder folder, TestPortal portal, TemporaryPostgres? postgres)
    {
        _folder = folder;
        Portal = portal;
        _postgres = postgres;
    }

    public string Folder => _folder.Path;

    public TestPortal Portal { get; }

    public HttpClient Http => Portal.Http;

    public ICatalog Catalog => Portal.Service<ICatalog>();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    /// <param name="settings">Further lines below <c>catalog:</c>, indented by two.</param>
    /// <remarks>A section of its own may follow, without indentation.</remarks>
    public static async Task<CatalogPortal> Start(Store store, string settings = "", params IReadOnlyList<(string Path, string Text)> files)
    {
        var postgres = store == Store.Postgres ? await TemporaryPostgres.Create(Cancelled) : null;
        var folder = new CatalogFolder();
        foreach (var (path, text) in files)
        {
            folder.Write(path, text);
        }

        var configuration =
            $"""
            {folder.Configuration}{settings}
            jobs:
              catalog.sweep-orphans:
                every: 1s
              catalog.read-due-places:
                every: 1s
            {(postgres is null ? "" : $"database:\n  postgres: {postgres.ConnectionString}")}
            """;
        var portal = await TestPortal.Start(
            new TestPortalOptions { Plugins = [new SourcesPlugin(), new CatalogPlugin()], Configuration = configuration, Sample = "none" }, Cancelled);
        return new CatalogPortal(folder, portal, postgres);
    }

    public static string Component(string name, string owner = "group:default/a", string more = "") =>
        $"""
        apiVersion: backstage.io/v1alpha1
        kind: Component
        metadata:
          name: {name}
        {more}
        spec:
          type: service
          lifecycle: production
          owner: {owner}

        """;

    public static string Many(params IEnumerable<string> documents) => string.Join("---\n", documents);

    public void Write(string path, string text) => _folder.Write(path, text);

    public void Delete(string path) => _folder.Delete(path);

    public async Task<Entity?> Find(string entity) => await Catalog.Find(EntityRef.Parse(entity), Caller.Portal, Cancelled);

    public async Task<Entity> Comes(string entity, Func<Entity, bool>? when = null)
    {
        try
        {
            return (await Eventually.Reach(
                $"{entity} comes into the catalog", TimeSpan.FromSeconds(30), () => Find(entity), found => found is not null && (when is null || when(found)), Cancelled))!;
        }
        catch (TimeoutException e)
        {
            throw new TimeoutException($"{e.Message}{Environment.NewLine}What happened: {await Get("changes?after=0")}{Environment.NewLine}Problems: {await Get("problems")}{Environment.NewLine}Sources: {await Get("sources")}", e);
        }
    }

    public Task Goes(string entity) =>
        Eventually.Reach($"{entity} goes", TimeSpan.FromSeconds(60), () => Find(entity), found => found is null, Cancelled);

    public async Task<JsonElement> Get(string path) => await Http.GetFromJsonAsync<JsonElement>($"/api/catalog/{path}", Cancelled);

    /// <summary>Calls the refresh hook, signed with a secret.</summary>
    public async Task<HttpResponseMessage> Hook(object body, string secret)
    {
        var bytes = JsonSerializer.SerializeToUtf8Bytes(body);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/catalog/refresh-hook") { Content = new ByteArrayContent(bytes) };
        request.Headers.Add(RefreshHook.SignatureHeader, $"sha256={Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), bytes))}");
        return await Http.SendAsync(request, Cancelled);
    }

    /// <summary>Registers a location and tells its id.</summary>
    public async Task<string> Register(string type, string target)
    {
        using var response = await Post("locations", new { type, target });
        response.StatusCode.ShouldBe(HttpStatusCode.Created, await response.Content.ReadAsStringAsync(Cancelled));
        return JsonElement.Parse(await response.Content.ReadAsStringAsync(Cancelled)).GetProperty("location").GetProperty("id").GetString()!;
    }

    /// <summary>The source of a target, as the API tells it, once it is as wanted.</summary>
    public Task<JsonElement> Source(string target, Func<JsonElement, bool> when) => Eventually.Reach(
        $"the source {target} is as wanted", TimeSpan.FromSeconds(60),
        async () => (await Get("sources")).EnumerateArray().First(source => source.GetProperty("target").GetString() == target), when, Cancelled);

    /// <summary>Waits until nothing is to be read any more.</summary>
    public Task Rests() => Eventually.Reach(
        "nothing waits to be read", TimeSpan.FromSeconds(30), () => Get("queue"),
        queue => queue.GetProperty("due").GetInt64() + queue.GetProperty("claimed").GetInt64() == 0, Cancelled);

    public Task<HttpResponseMessage> Post(string path, object? body = null) => Http.PostAsJsonAsync($"/api/catalog/{path}", body, Cancelled);

    /// <summary>The one source that is configured, as the API tells it, once it is as wanted.</summary>
    public Task<JsonElement> Source(Func<JsonElement, bool> when) => Eventually.Reach(
        "the source is as wanted", TimeSpan.FromSeconds(60), async () => (await Get("sources")).EnumerateArray().First(source => source.GetProperty("origin").GetString() == "configuration"), when, Cancelled);

    public async ValueTask DisposeAsync()
    {
        await Portal.DisposeAsync();
        if (_postgres is not null)
        {
            await _postgres.DisposeAsync();
        }

        await _folder.DisposeAsync();
    }
}
