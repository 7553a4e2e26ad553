using System.Net.Http.Json;
using System.Text.Json;
using Stagedoor.Catalog.Model;
using Stagedoor.Catalog.Model.Kinds;
using Stagedoor.Catalog.Validate;
using Stagedoor.Plugins;
using Stagedoor.Sources;
using Stagedoor.Testing.Portals;
using Stagedoor.Testing.Waiting;

namespace Stagedoor.Catalog.Tests.Sample;

/// <summary>Polaris, as a newcomer meets it.</summary>
public sealed class SampleOrganisationTests
{
    private static readonly Dictionary<string, int> AtLeast = new()
    {
        ["Domain"] = 90, ["System"] = 50, ["Component"] = 150, ["API"] = 60, ["Resource"] = 60, ["Template"] = 8, ["AiResource"] = 8, ["Group"] = 25, ["User"] = 70,
    };

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task All_of_it_comes_into_the_catalog_without_a_complaint_and_every_relation_leads_somewhere()
    {
        await using var portal = await TestPortal.Start(new TestPortalOptions { Plugins = [new SourcesPlugin(), new CatalogPlugin()], Sample = "polaris" }, Cancelled);
        using var http = portal.As("kim");

        var entities = await Whole(portal);
        var known = entities.Select(entity => entity.Ref).ToHashSet();
        var sources = await http.GetFromJsonAsync<JsonElement>("/api/catalog/sources", Cancelled);
        var history = await http.GetFromJsonAsync<JsonElement>("/api/catalog/history/component/default/tide-clock", Cancelled);

        sources.EnumerateArray().Select(source => source.GetProperty("type").GetString()).ShouldBe(["file", "file", "git-folder"], ignoreOrder: true);
        sources.EnumerateArray().Where(source => source.TryGetProperty("error", out _)).ShouldBeEmpty();
        (await http.GetFromJsonAsync<JsonElement>("/api/catalog/problems", Cancelled)).EnumerateArray().ShouldBeEmpty();
        entities.Where(entity => entity.At("status") is not null).ShouldBeEmpty();
        entities.SelectMany(entity => entity.Relations.Where(relation => !known.Contains(relation.Target)).Select(relation => $"{entity.Ref} {relation.Type} {relation.Target}")).ShouldBeEmpty();
        var line = history.GetProperty("items").EnumerateArray().ShouldHaveSingleItem();
        line.GetProperty("author").GetString().ShouldBe("Linh Tran");
        line.GetProperty("commit").GetString()!.Length.ShouldBe(40);
    }

    [Fact]
    public async Task It_tells_of_a_believable_bank()
    {
        await using var portal = await TestPortal.Start(new TestPortalOptions { Plugins = [new SourcesPlugin(), new CatalogPlugin()], Sample = "polaris" }, Cancelled);

        var entities = await Whole(portal);

        IEnumerable<Entity> Of(string kind) => entities.Where(entity => entity.Kind == kind);
        var squads = Of("Group").Where(group => group.Type == "squad").Select(group => group.Ref).ToList();
        squads.Count.ShouldBe(15);
        Of("Domain").Select(domain => domain.Label("tier")).Distinct().Order().ShouldBe(["1", "2", "3", "4"]);
        Of("Domain").Select(domain => domain.Label("colony")).Distinct().Count().ShouldBe(8);
        Of("API").Select(api => api.Type).Distinct().Order().ShouldBe(["asyncapi", "graphql", "grpc", "mcp-server", "openapi", "trpc"]);
        Of("API").Where(api => api.Type != "mcp-server").ShouldAllBe(api => api.Text("spec.definition")!.Length > 100);
        Of("Component").Select(component => component.Type).Distinct().Order().ShouldBe(["data-pipeline", "documentation", "function", "library", "mobile-app", "service", "website"]);
        Of("Component").Select(component => component.Lifecycle).Distinct().Order().ShouldBe(["deprecated", "experimental", "production"]);
        Of("System").ShouldAllBe(system => system.Related("hasPart").Any());
        foreach (var squad in squads)
        {
            Of("Component").Count(component => component.Owner == squad).ShouldBeGreaterThan(3, squad.ToString());
        }

        var told = entities.Where(entity => entity.Kind is not ("User" or "Location")).ToList();
        told.ShouldAllBe(entity => entity.Description != null);
        told.GroupBy(entity => entity.Description).Where(same => same.Count() > 1).Select(same => same.Key).ShouldBeEmpty();
    }

    [Fact]
    public async Task It_gives_way_to_what_the_operator_declares_wherever_that_lies()
    {
        var before = Path.Combine(AppContext.BaseDirectory, $"a-{Guid.NewGuid():N}");
        var after = Path.Combine(AppContext.BaseDirectory, $"z-{Guid.NewGuid():N}");
        try
        {
            await Declare(before, "squad-lantern");
            await Declare(after, "squad-sable");
            await using var portal = await TestPortal.Start(
                new TestPortalOptions
                {
                    Plugins = [new SourcesPlugin(), new CatalogPlugin()],
                    Sample = "polaris",
                    Configuration =
                        $"""
                        catalog:
                          locations:
                            - {OfGroups(before)}
                            - {OfGroups(after)}
                        """,
                },
                Cancelled);
            await Whole(portal);

            var squads = await portal.Service<ICatalog>().Find([EntityRef.Group("squad-lantern"), EntityRef.Group("squad-sable")], Caller.Portal, Cancelled);
            squads.Select(squad => squad?.Description).ShouldBe(["The operator's own.", "The operator's own."]);
        }
        finally
        {
            Directory.Delete(before, recursive: true);
            Directory.Delete(after, recursive: true);
        }

        static string OfGroups(string folder) => $"{{ type: file, target: '{folder}/*.yaml', rules: [{{ allow: [Group] }}] }}";

        static async Task Declare(string folder, string group)
        {
            Directory.CreateDirectory(folder);
            await File.WriteAllTextAsync(
                Path.Combine(folder, "group.yaml"),
                $"""
                apiVersion: backstage.io/v1alpha1
                kind: Group
                metadata:
                  name: {group}
                  description: The operator's own.
                spec:
                  type: squad
                  children: []
                """,
                Cancelled);
        }
    }

    [Fact]
    public async Task All_its_files_are_right()
    {
        var folder = Path.Combine(AppContext.BaseDirectory, "samples", "Organisation");
        var validation = new Validation(new EntityFiles(new KnownKinds([], []), []), PortalModel.None.Allowed, folder);

        var checks = await validation.Run([.. CatalogFileSearch.Find(folder, ["."], ["*.yaml"]).Where(file => Path.GetFileName(file) != "stagedoor.yaml")], Cancelled);

        checks.Findings.ShouldBeEmpty();
        checks.Entities.ShouldBeGreaterThan(600);
    }

    private static Task<IReadOnlyList<Entity>> Whole(TestPortal portal) => Eventually.Reach(
        "all of the sample is there",
        TimeSpan.FromSeconds(60),
        async () => (await portal.Service<ICatalog>().List(new EntityQuery { Limit = 10_000 }, Caller.Portal, Cancelled)).Items,
        entities => AtLeast.All(kind => entities.Count(entity => entity.Kind == kind.Key) >= kind.Value)
            && entities.Count(entity => entity.Kind == "Component") == 198 && entities.Count(entity => entity.Kind == "AiResource") == 10,
        Cancelled);
}
