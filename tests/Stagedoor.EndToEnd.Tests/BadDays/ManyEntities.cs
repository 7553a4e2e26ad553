using System.Net.Http.Json;
using System.Text.Json;
using Stagedoor.Testing.Processes;

namespace Stagedoor.EndToEnd.Tests.BadDays;

/// <summary>Thousands of entities in several places, and how a portal stands that reads them.</summary>
internal sealed class ManyEntities : IDisposable
{
    private const int Places = 8;
    private const int Files = 100;
    private const int Documents = 10;
    public const int Whole = Places * Files * Documents;

    private readonly string _folder = Directory.CreateTempSubdirectory("stagedoor-ingest-").FullName;

    public ManyEntities()
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

    public string Configuration() =>
        $"""
        catalog:
          locations:
        {string.Join('\n', Enumerable.Range(0, Places).Select(place => $"    - {{ type: file, target: \"{_folder}/{place}/*.yaml\" }}"))}

        """;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    /// <summary>The log has no gap, and one line for each entity.</summary>
    public static async Task ShouldTellEachOnce(PortalProcess portal)
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

    public static async Task<long> Components(PortalProcess portal)
    {
        var facets = await portal.Http.GetFromJsonAsync<JsonElement>("api/catalog/entity-facets?facet=kind", Cancelled);
        return facets.GetProperty("facets").GetProperty("kind").EnumerateArray()
            .Where(facet => facet.GetProperty("value").GetString() == "Component").Select(facet => facet.GetProperty("count").GetInt64()).SingleOrDefault();
    }

    private static string Component(string name) =>
        $$"""
        apiVersion: backstage.io/v1alpha1
        kind: Component
        metadata:
          name: {{name}}
        spec: {type: service, lifecycle: production, owner: crew}

        """;
}
