using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Stagedoor.Catalog.Index;
using Stagedoor.Catalog.Model;
using Stagedoor.Plugins;

namespace Stagedoor.Catalog.Tests.Index;

public sealed class CatalogIndexTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_entity_is_its_body_with_uid_and_etag_relations_of_both_directions_and_status()
    {
        var index = await Loaded(
            Stored("component:default/shop", """{"apiVersion":"v1","kind":"Component","metadata":{"name":"shop","namespace":"default"},"spec":{"type":"service"}}""",
                [new("ownedBy", "ownerOf", EntityRef.Group("ops")), new("dependsOn", "dependencyOf", EntityRef.Parse("resource:default/none"))],
                """[{"level":"error"}]"""),
            Stored("group:default/ops", """{"apiVersion":"v1","kind":"Group","metadata":{"name":"ops"},"spec":{}}""", []));

        var shop = Text(index, "Component:Default/Shop");
        shop.ShouldStartWith("""{"apiVersion":"v1","kind":"Component","metadata":{"name":"shop","namespace":"default","uid":"00000000-0000-0000-""");
        shop.ShouldEndWith("""},"spec":{"type":"service"},"relations":[{"type":"dependsOn","targetRef":"resource:default/none"},{"type":"ownedBy","targetRef":"group:default/ops"}],"status":{"items":[{"level":"error"}]}}""");
        Text(index, "group:default/ops").ShouldEndWith(""","spec":{},"relations":[{"type":"ownerOf","targetRef":"component:default/shop"}]}""");
        ((string?)Json(index, "group:default/ops")["metadata"]!["etag"]).ShouldNotBeNull().ShouldMatch("^[0-9a-f]{40}$");
    }

    [Fact]
    public async Task The_etag_changes_exactly_when_the_entity_does()
    {
        const string body = """{"kind":"Component","metadata":{"name":"shop"},"spec":{"a":1,"b":{"c":2,"d":3}}}""";
        const string reordered = """{"metadata":{"name":"shop"},"spec":{"b":{"d":3,"c":2},"a":1},"kind":"Component"}""";
        var other = Stored("component:default/other", """{"kind":"Component","metadata":{"name":"other"}}""", [new("dependsOn", "dependencyOf", EntityRef.Parse("component:default/shop"))]);
        var etag = Etag(await Loaded(Stored("component:default/shop", body, [])));

        Etag(await Loaded(Stored("component:default/shop", reordered, []))).ShouldBe(etag);
        Etag(await Loaded(Stored("component:default/shop", body.Replace("3", "4"), []))).ShouldNotBe(etag);
        Etag(await Loaded(Stored("component:default/shop", body, [], """[{"level":"error"}]"""))).ShouldNotBe(etag);
        Etag(await Loaded(Stored("component:default/shop", body, []), other)).ShouldNotBe(etag);
        Etag(await Loaded(Stored("component:default/shop", body.Replace("\"shop\"", "\"shop\",\"etag\":\"mine\""), []))).ShouldBe("mine");

        static string Etag(CatalogIndex index) => (string)Json(index, "component:default/shop")["metadata"]!["etag"]!;
    }

    [Fact]
    public async Task One_that_waits_for_a_change_is_told_when_readers_see_it()
    {
        var index = await Loaded();
        var waiting = index.WaitFor(7, Cancelled);

        index.Apply([], [], 6);
        waiting.IsCompleted.ShouldBeFalse();
        index.Apply([Stored("component:default/shop", """{"kind":"Component","metadata":{"name":"shop"}}""", [])], [], 7);

        await waiting;
        index.Current.Find(EntityRef.Parse("component:default/shop")).ShouldNotBeNull();
    }

    [Fact]
    public async Task A_store_that_has_an_entity_twice_is_refused_and_the_index_stays_as_it_was()
    {
        var index = await Loaded(Stored("component:default/old", """{"kind":"Component","metadata":{"name":"old"}}""", []));
        var twice = Stored("component:default/shop", """{"kind":"Component","metadata":{"name":"shop"}}""", []);

        var thrown = await Should.ThrowAsync<InvalidOperationException>(() => index.Load(Rows([twice, twice]), 9, Cancelled));

        thrown.Message.ShouldContain("component:default/shop");
        index.Current.Find(EntityRef.Parse("component:default/old")).ShouldNotBeNull();
    }

    [Theory]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"metadata":"none"}""")]
    public async Task A_stored_body_that_is_no_entity_is_named(string body)
    {
        var thrown = await Should.ThrowAsync<InvalidOperationException>(() => Loaded(Stored("component:default/broken", body, [])));

        thrown.Message.ShouldContain("component:default/broken");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task However_it_came_about_it_is_what_one_would_assemble_by_hand(int seed)
    {
        var random = new RandomEntities(seed);
        var naive = new NaiveCatalog();
        var index = new CatalogIndex();
        for (var i = 0; i < 60; i++)
        {
            naive.Put(random.Entity());
        }

        await index.Load(Rows([.. naive.Stored]), 0, Cancelled);
        for (var step = 1; step <= 150; step++)
        {
            var deleted = Enumerable.Range(0, random.Next(3)).Select(_ => random.Ref()).ToList();
            var changed = Enumerable.Range(0, random.Next(6)).Select(_ => random.Entity()).DistinctBy(entity => entity.Ref).ToList();
            deleted.ForEach(naive.Remove);
            changed.ForEach(naive.Put);
            index.Apply(changed, deleted, step);
            if (step % 10 == 0)
            {
                Same(index, naive);
            }
        }

        var rebuilt = new CatalogIndex();
        var stored = naive.Stored.ToList();
        random.Shuffle(stored);
        await rebuilt.Load(Rows(stored), 150, Cancelled);
        Same(rebuilt, naive);
        foreach (var entity in stored)
        {
            Text(index, entity.Ref.ToString()).ShouldBe(Text(rebuilt, entity.Ref.ToString()));
        }

        index.Current.Segments.Length.ShouldBeLessThan(40);
    }

    private static void Same(CatalogIndex index, NaiveCatalog naive)
    {
        var expected = naive.Entities();
        index.Current.Count.ShouldBe(expected.Count);
        foreach (var (reference, entity) in expected)
        {
            var actual = Json(index, reference);
            if ((string?)entity["metadata"]!["etag"] is null or "")
            {
                entity["metadata"]!["etag"] = (string)actual["metadata"]!["etag"]!;
            }

            JsonNode.DeepEquals(actual, entity).ShouldBeTrue($"{actual.ToJsonString()}\n{entity.ToJsonString()}");
        }
    }

    internal static async Task<CatalogIndex> Loaded(params StoredEntity[] entities)
    {
        var index = new CatalogIndex();
        await index.Load(Rows(entities), 1, Cancelled);
        return index;
    }

    internal static StoredEntity Stored(string reference, string body, IReadOnlyList<DerivedRelation> relations, string status = "") =>
        new(EntityRef.Parse(reference), new Guid(0, 0, 0, SHA256.HashData(Encoding.UTF8.GetBytes(reference)).AsSpan(0, 8).ToArray()), Encoding.UTF8.GetBytes(body), relations, Encoding.UTF8.GetBytes(status));

    internal static async IAsyncEnumerable<StoredEntity> Rows(IReadOnlyList<StoredEntity> entities)
    {
        foreach (var entity in entities)
        {
            yield return entity;
        }

        await Task.CompletedTask;
    }

    private static string Text(CatalogIndex index, string reference) =>
        Encoding.UTF8.GetString((index.Current.Find(EntityRef.Parse(reference)) ?? throw new InvalidOperationException($"{reference} is not there.")).Json());

    private static JsonObject Json(CatalogIndex index, string reference) => JsonNode.Parse(Text(index, reference))!.AsObject();
}
