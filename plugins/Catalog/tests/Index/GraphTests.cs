using Stagedoor.Catalog.Index;
using Stagedoor.Catalog.Index.Graphs;
using Stagedoor.Plugins;

namespace Stagedoor.Catalog.Tests.Index;

public sealed class GraphTests
{
    [Theory]
    [InlineData(31)]
    [InlineData(32)]
    [InlineData(33)]
    public async Task Neighbourhoods_and_ways_are_those_one_finds_by_walking(int seed)
    {
        var random = new RandomEntities(seed);
        var naive = new NaiveCatalog();
        for (var i = 0; i < 70; i++)
        {
            naive.Put(random.Entity());
        }

        var index = await CatalogIndexTests.Loaded([.. naive.Stored.Take(50)]);
        index.Apply([.. naive.Stored.Skip(50)], [], 2);
        var declared = naive.Stored.SelectMany(entity => entity.Relations.Select(relation => (From: entity.Ref.ToString(), relation.Type, relation.Inverse, To: relation.Target.ToString()))).ToList();
        for (var i = 0; i < 150; i++)
        {
            var query = new GraphQuery(random.Ref(), random.Ref())
            {
                Depth = random.Next(4),
                Kinds = random.Chance(3) ? ["component", "GROUP", "system"] : [],
                Relations = random.Chance(3) ? ["OwnedBy", "knows"] : [],
                Direction = random.Pick([GraphDirection.Both, GraphDirection.Incoming, GraphDirection.Outgoing]),
                MaxNodes = 1000,
            };
            var graph = Find(index, query);
            var steps = Steps(declared, query);
            var distances = Walk(query.Roots, steps, query, query.Depth);
            graph.Nodes.ToDictionary(node => node.Ref.ToString(), node => node.Distance).OrderBy(node => node.Key, StringComparer.Ordinal)
                .ShouldBe(distances.OrderBy(node => node.Key, StringComparer.Ordinal));
            graph.Nodes.ShouldAllBe(node => (node.Entity == null) == !naive.Stored.Any(entity => entity.Ref == node.Ref));
            graph.Truncated.ShouldBeFalse();
            graph.Edges.Select(Pair).Order(StringComparer.Ordinal).ShouldBe(declared
                .Where(relation => IsAbout(relation.Type, relation.Inverse, query) && distances.ContainsKey(relation.From) && distances.ContainsKey(relation.To))
                .Select(relation => Pair(new GraphEdge(EntityRef.Parse(relation.From), EntityRef.Parse(relation.To), relation.Type, relation.Inverse)))
                .Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));

            var target = random.Pick(distances.Keys.ToList());
            var ways = Find(index, query with { To = EntityRef.Parse(target) });
            ways.Nodes.ShouldContain(node => node.Ref == EntityRef.Parse(target) && node.Distance == distances[target]);
            ways.Nodes.ShouldAllBe(node => node.Distance <= distances[target]);
            ways.Edges.Count.ShouldBeGreaterThanOrEqualTo(distances[target]);
        }
    }

    [Fact]
    public async Task A_graph_that_does_not_fit_says_so()
    {
        var index = await CatalogIndexTests.Loaded([.. Enumerable.Range(0, 50).Select(i => CatalogIndexTests.Stored(
            $"component:default/c{i}", $$"""{"kind":"Component","metadata":{"name":"c{{i}}"} }""", [new("ownedBy", "ownerOf", EntityRef.Group("ops"))]))]);

        var graph = Find(index, new GraphQuery(EntityRef.Group("ops")) { MaxNodes = 10 });

        graph.Nodes.Count.ShouldBe(10);
        graph.Truncated.ShouldBeTrue();
    }

    [Theory]
    [InlineData("api", "apiConsumedBy", "component:default/shop,api:default/orders")]
    [InlineData("api", "consumesApi", "api:default/orders")]
    [InlineData("component", "consumesApi", "api:default/orders,component:default/shop")]
    public async Task One_way_goes_only_as_the_relation_is_named_whoever_declares_it(string from, string relation, string reached)
    {
        var index = await CatalogIndexTests.Loaded(
            CatalogIndexTests.Stored("component:default/shop", """{"kind":"Component","metadata":{"name":"shop"} }""", [new("consumesApi", "apiConsumedBy", EntityRef.Parse("api:default/orders"))]),
            CatalogIndexTests.Stored("api:default/orders", """{"kind":"API","metadata":{"name":"orders"} }""", []));

        var graph = Find(index, new GraphQuery(EntityRef.Parse(from == "api" ? "api:default/orders" : "component:default/shop")) { Relations = [relation], OneWay = true, Depth = int.MaxValue });

        string.Join(',', graph.Nodes.Select(node => node.Ref).OrderBy(node => node.ToString(), StringComparer.Ordinal)).ShouldBe(string.Join(',', reached.Split(',').Order(StringComparer.Ordinal)));
    }

    private static EntityGraph Find(CatalogIndex index, GraphQuery query) =>
        EntityGraphs.Find(new VisibleCatalog(index.Current, EntityFilter.Everything), query);

    /// <summary>The relation and its inverse, from the end that comes first.</summary>
    private static string Pair(GraphEdge edge) =>
        new[] { $"{edge.From} {edge.Type} {edge.Inverse} {edge.To}", $"{edge.To} {edge.Inverse} {edge.Type} {edge.From}" }.Min(StringComparer.Ordinal)!;

    private static bool IsAbout(string type, string inverse, GraphQuery query) =>
        query.Relations.Count == 0 || query.Relations.Contains(type, StringComparer.OrdinalIgnoreCase) || query.Relations.Contains(inverse, StringComparer.OrdinalIgnoreCase);

    private static ILookup<string, string> Steps(List<(string From, string Type, string Inverse, string To)> declared, GraphQuery query)
    {
        var about = declared.Where(relation => IsAbout(relation.Type, relation.Inverse, query)).ToList();
        var outgoing = query.Direction == GraphDirection.Incoming ? [] : about.Select(relation => (relation.From, relation.To));
        var incoming = query.Direction == GraphDirection.Outgoing ? [] : about.Select(relation => (From: relation.To, To: relation.From));
        return outgoing.Concat(incoming).ToLookup(step => step.From, step => step.To, StringComparer.Ordinal);
    }

    private static Dictionary<string, int> Walk(IReadOnlyList<EntityRef> roots, ILookup<string, string> steps, GraphQuery query, int depth)
    {
        var distances = roots.Select(root => root.ToString()).Distinct(StringComparer.Ordinal).ToDictionary(root => root, _ => 0, StringComparer.Ordinal);
        for (var distance = 0; distance < depth; distance++)
        {
            foreach (var from in distances.Where(node => node.Value == distance).Select(node => node.Key).ToList())
            {
                foreach (var to in steps[from].Where(to => query.Kinds.Count == 0 || query.Kinds.Contains(to[..to.IndexOf(':', StringComparison.Ordinal)], StringComparer.OrdinalIgnoreCase)))
                {
                    distances.TryAdd(to, distance + 1);
                }
            }
        }

        return distances;
    }
}
