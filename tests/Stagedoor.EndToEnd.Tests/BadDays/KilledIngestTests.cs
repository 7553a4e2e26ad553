using System.Net.Http.Json;
using System.Text.Json;
using Stagedoor.Testing.Databases;
using Stagedoor.Testing.Processes;

namespace Stagedoor.EndToEnd.Tests.BadDays;

/// <summary>A portal that is killed while it takes in thousands of entities loses none of them and tells none twice.</summary>
public sealed class KilledIngestTests : IDisposable
{
    private const int Places = 8;
    private const int Files = 100;
    private const int Documents = 10;
    private const int Whole = Places * Files * Documents;

    private readonly string _folder = Directory.CreateTempSubdirectory("stagedoor-ingest-").FullName;

    public KilledIngestTests()
    {
        foreach (var place in Enumerable.Range(0, Places))
        {
            Directory.CreateDirectory(Path.Combine(_folder, $"{place}"));
            foreach (var file in Enumerable.Range(0, Files))
            {
                File.WriteAllText(Path.Combine(_folder, $"{place}", $"{file:D3}.yaml"), string.Join("---\n", Enumerable.Range(0, Documents).Select(document => Component($"c-{place}-{file}-{document}"))));
            }
        }
    }

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task The_other_replica_finishes_what_a_killed_one_began()
    {
        await using var database = await TemporaryPostgres.Create(Cancelled);
        var options = new PortalProcessOptions { Postgres = database.ConnectionString, Configuration = Configuration() };
        await using var first = PortalProcess.Launch(options);
        await using var second = PortalProcess.Launch(options);
        await Task.WhenAll(first.UntilReady(Cancelled), UntilCounted(database, count => count > 0));
        var before = await Count(database);
        await first.Kill();
        await second.UntilReady(Cancelled);

        var seen = await Eventually.Reach("All are in", TimeSpan.FromSeconds(90), () => Components(second), count => count >= Whole, Cancelled);

        before.ShouldBeLessThan(Whole, "It was killed in the middle");
        seen.ShouldBe(Whole);
        await ShouldTellEachOnce(second);
        (await database.Read<long>("select count(*) from catalog_entities where ref like 'component:default/c-%'", Cancelled)).ShouldBe(Whole);
    }

    [Fact]
    public async Task A_single_portal_goes_on_after_its_restart()
    {
        await using var portal = await PortalProcess.Start(new PortalProcessOptions { Configuration = Configuration() }, Cancelled);
        var before = await Eventually.Reach("Some are in", TimeSpan.FromSeconds(30), () => Components(portal), count => count > 0, Cancelled);
        await portal.Kill();

        await portal.StartAgain(Cancelled);
        var seen = await Eventually.Reach("All are in", TimeSpan.FromSeconds(90), () => Components(portal), count => count >= Whole, Cancelled);

        before.ShouldBeLessThan(Whole, "It was killed in the middle");
        seen.ShouldBe(Whole);
        await ShouldTellEachOnce(portal);
    }

    /// <summary>The log has no gap, and one line for each entity.</summary>
    private static async Task ShouldTellEachOnce(PortalProcess portal)
    {
        var told = new List<(long Sequence, string Ref)>();
        while (true)
        {
            var after = told.Count == 0 ? 0 : told[^1].Sequence;
            var page = await portal.Http.GetFromJsonAsync<JsonElement>($"api/catalog/changes?after={after}&limit=1000", Cancelled);
            var items = page.GetProperty("items").EnumerateArray().Select(item => (item.GetProperty("sequence").GetInt64(), item.GetProperty("entity").GetString()!)).ToList();
            if (items.Count == 0)
            {
                break;
            }

            told.AddRange(items);
        }

        told.Select(line => line.Sequence).ShouldBe(Enumerable.Range(1, told.Count).Select(number => (long)number));
        told.Where(line => line.Ref.StartsWith("component:", StringComparison.Ordinal)).Select(line => line.Ref).Distinct().Count().ShouldBe(Whole);
        told.Count.ShouldBe(Whole + Places);
    }

    private static async Task<long> Components(PortalProcess portal)
    {
        var facets = await portal.Http.GetFromJsonAsync<JsonElement>("api/catalog/entity-facets?facet=kind", Cancelled);
        return facets.GetProperty("facets").GetProperty("kind").EnumerateArray()
            .Where(facet => facet.GetProperty("value").GetString() == "Component").Select(facet => facet.GetProperty("count").GetInt64()).SingleOrDefault();
    }

    private static Task<long> Count(TemporaryPostgres database) => database.Read<long>("select count(*) from catalog_entities", Cancelled);

    private static Task UntilCounted(TemporaryPostgres database, Func<long, bool> enough) => Eventually.Reach(
        "Some are in",
        TimeSpan.FromSeconds(60),
        async () => await database.Read<bool>("select to_regclass('catalog_entities') is not null", Cancelled) ? await Count(database) : 0,
        enough,
        Cancelled);

    private static string Component(string name) =>
        $$"""
        apiVersion: backstage.io/v1alpha1
        kind: Component
        metadata:
          name: {{name}}
        spec: {type: service, lifecycle: production, owner: crew}

        """;

    private string Configuration() =>
        $"""
        catalog:
          locations:
        {string.Join('\n', Enumerable.Range(0, Places).Select(place => $"    - {{ type: file, target: \"{_folder}/{place}/*.yaml\" }}"))}

        """;
}
