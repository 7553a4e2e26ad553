using System.Net;
using System.Text.Json;
using AngleSharp.Html.Dom;
using Microsoft.Extensions.DependencyInjection;
using Stagedoor.Catalog;
using Stagedoor.Plugins;
using Stagedoor.Sources;
using Stagedoor.Testing.Portals;
using Stagedoor.Testing.Waiting;

namespace Stagedoor.Graph.Tests;

/// <summary>A portal with the graph of a catalog that a test declares.</summary>
internal sealed class GraphPortal : IAsyncDisposable
{
    private readonly CatalogFolder _folder;
    private readonly TestPortal _portal;

    private GraphPortal(CatalogFolder folder, TestPortal portal)
    {
        _folder = folder;
        _portal = portal;
    }

    public static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public TestPortal Portal => _portal;

    /// <param name="settings">Further sections of the configuration.</param>
    /// <param name="hidden">A type that nobody may see.</param>
    public static async Task<GraphPortal> Start(string yaml, string settings = "", string? hidden = null)
    {
        var folder = new CatalogFolder();
        folder.Write("all.yaml", yaml);
        IPlugin[] plugins = [new SourcesPlugin(), new CatalogPlugin(), new GraphPlugin(), .. hidden is null ? Array.Empty<IPlugin>() : [new HidingPlugin(hidden)]];
        var portal = await TestPortal.Start(new TestPortalOptions { Plugins = plugins, Configuration = folder.Configuration + settings, Sample = "none" }, Cancelled);
        var expected = yaml.Split("\nkind:").Length - 1;
        await Eventually.Reach(
            "the catalog is read", TimeSpan.FromSeconds(120),
            async () => await portal.Service<ICatalog>().Count(new EntityFilter.Not(EntityFilter.OfKind("location")), Caller.Portal, Cancelled), count => count >= expected, Cancelled);
        return new GraphPortal(folder, portal);
    }

    public static string Entity(string kind, string name, string spec = "", string metadata = "") =>
        $"""
        apiVersion: backstage.io/v1alpha1
        kind: {kind}
        metadata:
          name: {name}
        {Indented(metadata)}spec:
          type: {(kind switch { "API" => "openapi", "Group" => "team", "Resource" => "database", _ => "service" })}
        {Indented(kind is "Component" or "API" ? "lifecycle: production" : kind == "Group" ? "children: []" : "")}{Indented(kind == "API" ? "definition: none" : "")}{Indented(spec)}---

        """;

    private static string Indented(string lines) => lines.Length == 0 ? "" : string.Concat(lines.Split('\n').Select(line => $"  {line}\n"));

    public Task<IHtmlDocument> Page(string path) => _portal.Page(path, Cancelled);

    public Task<HttpResponseMessage> Ask(string path) => _portal.Http.GetAsync(path, Cancelled);

    public async Task<View> View(string query)
    {
        using var answer = await Ask($"/api/graph/view?{query}");
        var text = await answer.Content.ReadAsStringAsync(Cancelled);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, text);
        return new View(JsonElement.Parse(text));
    }

    public async Task<JsonElement> Impact(string root)
    {
        using var answer = await Ask($"/api/graph/impact?root={Uri.EscapeDataString(root)}");
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        return JsonElement.Parse(await answer.Content.ReadAsStringAsync(Cancelled));
    }

    public async ValueTask DisposeAsync()
    {
        await _portal.DisposeAsync();
        await _folder.DisposeAsync();
    }

    private sealed class HidingPlugin(string type) : IPlugin
    {
        public PluginInfo Info { get; } = new("hiding", "Hiding", "Hides what is secret.");

        public void Configure(PluginBuilder plugin) => plugin.Services.AddSingleton<IReadFilter>(new Hidden(type));
    }

    private sealed class Hidden(string type) : IReadFilter
    {
        public ValueTask<EntityFilter> ScopeOf(Caller caller, CancellationToken cancellationToken) =>
            ValueTask.FromResult<EntityFilter>(new EntityFilter.Not(new EntityFilter.Has("metadata.tags", type)));
    }
}

/// <summary>The picture as the API tells it.</summary>
internal sealed class View(JsonElement json)
{
    public JsonElement Json => json;

    public List<string> Nodes => [.. json.GetProperty("nodes").EnumerateArray().Select(Name).Order(StringComparer.Ordinal)];

    /// <summary><c>a depends on b</c>.</summary>
    public List<string> Edges
    {
        get
        {
            var nodes = json.GetProperty("nodes").EnumerateArray().Select(Name).ToList();
            var relations = json.GetProperty("relations").EnumerateArray().Select(relation => relation.GetProperty("words").GetString()).ToList();
            return
            [
                .. json.GetProperty("edges").EnumerateArray().Select(edge => edge.EnumerateArray().Select(number => number.GetInt32()).ToList())
                    .Select(edge => $"{nodes[edge[0]]} {string.Join(" + ", edge[2..].Select(relation => relations[relation]))} {nodes[edge[1]]}").Order(StringComparer.Ordinal),
            ];
        }
    }

    public Dictionary<string, string> Groups
    {
        get
        {
            var groups = json.GetProperty("groups").EnumerateArray().Select(group => group.GetProperty("title").GetString()!).ToList();
            return json.GetProperty("nodes").EnumerateArray().Where(node => node.TryGetProperty("group", out _))
                .ToDictionary(Name, node => groups[node.GetProperty("group").GetInt32()]);
        }
    }

    public JsonElement Node(string name) => json.GetProperty("nodes").EnumerateArray().First(node => Name(node) == name);

    private static string Name(JsonElement node) => node.GetProperty("ref").GetString()!.Split('/')[1];
}
