using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Stagedoor.Catalog.Index;
using Stagedoor.Catalog.Tests.Index;
using Stagedoor.Plugins;

namespace Stagedoor.Catalog.Tests.Api;

public sealed class ReadRoutesTests(ReadRoutesTests.Shared shared) : IClassFixture<ReadRoutesTests.Shared>
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_entity_is_found_by_its_name_in_any_case_and_by_its_uid()
    {
        var catalog = shared.Catalog;

        var shop = await catalog.Get("/entities/by-name/COMPONENT/Default/SHOP");
        ((string)shop["metadata"]!["name"]!).ShouldBe("shop");
        var uid = (string)shop["metadata"]!["uid"]!;
        JsonNode.DeepEquals(await catalog.Get($"/entities/by-uid/{uid.ToUpperInvariant()}"), shop).ShouldBeTrue();
    }

    [Fact]
    public async Task What_is_not_there_is_said_in_backstages_words_and_shape()
    {
        var catalog = shared.Catalog;

        (await catalog.Refused("/entities/by-name/component/default/none", HttpStatusCode.NotFound, "NotFoundError"))
            .ShouldBe("No entity named 'none' found, with kind 'component' in namespace 'default'");
        (await catalog.Refused("/entities/by-uid/none", HttpStatusCode.NotFound, "NotFoundError")).ShouldBe("No entity with uid none");
    }

    [Fact]
    public async Task An_unknown_query_parameter_is_a_mistake_on_every_route()
    {
        var catalog = shared.Catalog;
        foreach (var path in new[]
        {
            "/entities?x=1", "/entities/by-query?filters=kind=x", "/entities/by-name/a/b/c?x=1", "/entities/by-uid/1?x=1",
            "/entity-facets?facet=kind&limit=1", "/graph?root=component:default/shop&x=1", "/entities/by-name/component/default/shop/ancestry?x=1",
        })
        {
            (await catalog.Refused(path)).ShouldContain("Unknown query parameter");
        }

        (await catalog.RefusedPost("/entities/by-query?filter=kind", new { })).ShouldContain("filter");
        (await catalog.RefusedPost("/entity-facets?x=1", new { facets = new[] { "kind" } })).ShouldContain("x");
    }

    [Theory]
    [InlineData("kind=component", "cart,shop")]
    [InlineData("KIND=Component", "cart,shop")]
    [InlineData("kind=component,kind=group", "cart,ops,shop")]
    [InlineData("kind=component&filter=kind=user", "cart,mae,shop")]
    [InlineData("kind=component,spec.type=library", "cart")]
    [InlineData("spec.lifecycle", "shop")]
    [InlineData("spec.lifecycle,spec.lifecycle=production", "shop")]
    [InlineData("spec.empty=", "shop")]
    [InlineData("metadata.tags.java=true", "shop")]
    [InlineData("metadata.tags=JAVA", "shop")]
    [InlineData("relations.memberof=Group:default/ops", "mae")]
    [InlineData("metadata.annotations.example.com/dotted.key=a=b", "shop")]
    [InlineData("spec.long", "shop")]
    [InlineData("spec.long=" + Long, "")]
    [InlineData(" , ", "cart,mae,ops,shop")]
    [InlineData("nothing", "")]
    public async Task Filters_are_read_as_backstage_reads_them(string filter, string names)
    {
        var catalog = shared.Catalog;

        var found = await catalog.Get("/entities?filter=" + filter.Replace("a=b", "a%3Db", StringComparison.Ordinal));

        string.Join(",", CatalogOfTests.Names(found).Order(StringComparer.Ordinal)).ShouldBe(names);
    }

    [Fact]
    public async Task A_filter_without_a_key_is_refused()
    {
        var catalog = shared.Catalog;
        (await catalog.Refused("/entities?filter==x")).ShouldContain("'=x'");
    }

    [Fact]
    public async Task A_page_of_the_bare_list_has_a_link_to_the_next_and_the_last_has_none()
    {
        var catalog = shared.Catalog;
        using var first = await catalog.Http.GetAsync("/api/catalog/entities?limit=3&filter=kind&order=asc:metadata.name", Cancelled);
        var link = first.Headers.GetValues("link").ShouldHaveSingleItem();
        link.ShouldEndWith(">; rel=\"next\"");
        CatalogOfTests.Names(JsonNode.Parse(await first.Content.ReadAsStringAsync(Cancelled))!).ShouldBe(["cart", "mae", "ops"]);

        using var next = await catalog.Http.GetAsync(link[1..link.IndexOf('>', StringComparison.Ordinal)], Cancelled);
        CatalogOfTests.Names(JsonNode.Parse(await next.Content.ReadAsStringAsync(Cancelled))!).ShouldBe(["shop"]);
        next.Headers.Contains("link").ShouldBeFalse();
    }

    [Fact]
    public async Task Entities_without_the_order_field_come_last_on_pages_and_are_left_out_of_queries()
    {
        var catalog = shared.Catalog;

        CatalogOfTests.Names(await catalog.Get("/entities?limit=10&order=desc:spec.type")).ShouldBe(["shop", "cart", "ops", "mae"]);
        var queried = await catalog.Get("/entities/by-query?orderField=spec.type,desc");
        CatalogOfTests.Names(queried["items"]!).ShouldBe(["shop", "cart"]);
        ((int)queried["totalItems"]!).ShouldBe(2);
    }

    [Theory]
    [InlineData("/entities?limit=0")]
    [InlineData("/entities?limit=x")]
    [InlineData("/entities?offset=-1")]
    [InlineData("/entities?after=")]
    [InlineData("/entities?after=%%%")]
    [InlineData("/entities?after=eyJsaW1pdCI6IngifQ==")]
    [InlineData("/entities?order=up:name")]
    [InlineData("/entities?order=asc:")]
    [InlineData("/entities?fields=metadata.tags[0]")]
    [InlineData("/entities/by-query?limit=-1")]
    [InlineData("/entities/by-query?orderField=kind,up")]
    [InlineData("/entities/by-query?totalItems=maybe")]
    [InlineData("/entities/by-query?cursor=nonsense")]
    [InlineData("/entities/by-query?cursor=e30=")]
    [InlineData("/entities/by-query?cursor=")]
    [InlineData("/entity-facets")]
    [InlineData("/entity-facets?facet=")]
    [InlineData("/graph")]
    [InlineData("/graph?root=x")]
    [InlineData("/graph?root=component:default/shop&depth=1000")]
    public async Task What_cannot_be_meant_is_refused_in_backstages_shape(string path)
    {
        var catalog = shared.Catalog;
        (await catalog.Refused(path)).ShouldNotBeEmpty();
    }

    [Theory]
    [InlineData("/entities/by-refs", """{"entityRefs":["\ud800"]}""")]
    [InlineData("/entities/by-refs", """{"entityRefs":[], "\udc00": 1}""")]
    [InlineData("/entities/by-refs", "{\"entityRefs\":[\"\u00ff\"]}")]
    [InlineData("/entities/by-query", """{"query":{"kind":"\ud800x"}}""")]
    [InlineData("/entities/by-query", """{"query":{"kind":"a\u0000"}}""")]
    [InlineData("/entity-facets", """{"facets":["\ud83d\ud83d"]}""")]
    public async Task A_text_that_is_none_is_refused(string path, string body)
    {
        // One byte for each character, so that what is beyond ASCII is no UTF-8.
        using var content = new ByteArrayContent(Encoding.Latin1.GetBytes(body));
        content.Headers.ContentType = new("application/json");

        using var answer = await shared.Catalog.Http.PostAsync("/api/catalog" + path, content, Cancelled);

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await answer.Content.ReadAsStringAsync(Cancelled)).ShouldContain("InputError");
    }

    [Fact]
    public async Task A_cursor_with_a_text_that_is_none_is_refused()
    {
        var cursor = Convert.ToBase64String("""{"orderFields":[],"orderFieldValues":["\ud800"],"isPrevious":false}"""u8);

        (await shared.Catalog.Refused($"/entities/by-query?cursor={Uri.EscapeDataString(cursor)}")).ShouldContain("Malformed cursor");
    }

    [Fact]
    public async Task A_limit_of_zero_answers_only_the_count()
    {
        var catalog = shared.Catalog;

        var counted = await catalog.Get("/entities/by-query?limit=0&filter=kind=component");

        counted["items"]!.AsArray().ShouldBeEmpty();
        ((int)counted["totalItems"]!).ShouldBe(2);
        counted["pageInfo"]!.AsObject().ShouldBeEmpty();
        ((int)(await catalog.Get("/entities/by-query?totalItems=exclude"))["totalItems"]!).ShouldBe(0);
    }

    [Theory]
    [InlineData("", "cart,mae,ops,shop")]
    [InlineData("&orderField=metadata.name,desc", "shop,ops,mae,cart")]
    public async Task Cursors_lead_forth_and_back_with_both_verbs_while_the_count_stays(string order, string names)
    {
        var catalog = shared.Catalog;
        var seen = new List<string>();
        var page = await catalog.Get("/entities/by-query?limit=1&filter=kind" + order);
        page["pageInfo"]!["prevCursor"].ShouldBeNull();
        while (true)
        {
            seen.AddRange(CatalogOfTests.Names(page["items"]!));
            ((int)page["totalItems"]!).ShouldBe(4);
            if ((string?)page["pageInfo"]!["nextCursor"] is not { } next)
            {
                break;
            }

            JsonNode.Parse(Convert.FromBase64String(next))!["query"].ShouldNotBeNull();
            page = seen.Count % 2 == 0 ? await catalog.Post("/entities/by-query", new { cursor = next, limit = 1 }) : await catalog.Get($"/entities/by-query?limit=1&cursor={Uri.EscapeDataString(next)}");
        }

        string.Join(',', seen).ShouldBe(order.Length == 0 ? "cart,shop,ops,mae" : names);
        for (var i = seen.Count - 2; i >= 0; i--)
        {
            page = await catalog.Get($"/entities/by-query?limit=1&cursor={Uri.EscapeDataString((string)page["pageInfo"]!["prevCursor"]!)}");
            CatalogOfTests.Names(page["items"]!).ShouldBe([seen[i]]);
        }

        page["pageInfo"]!["prevCursor"].ShouldBeNull();
    }

    [Fact]
    public async Task A_cursor_without_a_filter_has_no_query_so_that_the_client_stays_with_get()
    {
        var catalog = shared.Catalog;
        var cursor = (string)(await catalog.Get("/entities/by-query?limit=1"))["pageInfo"]!["nextCursor"]!;
        JsonNode.Parse(Convert.FromBase64String(cursor))!["query"].ShouldBeNull();
    }

    [Theory]
    [InlineData("""{"kind":"COMPONENT"}""", "cart,shop")]
    [InlineData("""{"$all":[]}""", "cart,mae,ops,shop")]
    [InlineData("""{"$any":[]}""", "")]
    [InlineData("""{}""", "cart,mae,ops,shop")]
    [InlineData("""{"$not":{"kind":{"$in":["user","group"]}}}""", "cart,shop")]
    [InlineData("""{"kind":"component","spec.lifecycle":{"$exists":false}}""", "cart")]
    [InlineData("""{"metadata.name":{"$hasPrefix":"S"}}""", "shop")]
    [InlineData("""{"metadata.tags":{"$contains":"java"}}""", "shop")]
    [InlineData("""{"spec.replicas":3.0}""", "shop")]
    [InlineData("""{"relations":{"$contains":{"type":"memberOf"}}}""", "mae")]
    [InlineData("""{"relations":{"$contains":{"type":"ownedBy","targetRef":{"$in":["group:default/OPS"]}}}}""", "shop")]
    public async Task Predicates_are_read_as_backstage_reads_them(string query, string names)
    {
        var catalog = shared.Catalog;

        var found = await catalog.Post("/entities/by-query", new { query = JsonNode.Parse(query) });

        string.Join(",", CatalogOfTests.Names(found["items"]!).Order(StringComparer.Ordinal)).ShouldBe(names);
    }

    [Theory]
    [InlineData("\"kind\"")]
    [InlineData("[]")]
    [InlineData("""{"$all":[],"kind":"x"}""")]
    [InlineData("""{"$some":[]}""")]
    [InlineData("""{"kind":null}""")]
    [InlineData("""{"kind":{}}""")]
    [InlineData("""{"kind":["a"]}""")]
    [InlineData("""{"spec":{"$contains":{"type":"x"}}}""")]
    [InlineData("""{"relations":{"$contains":{"targetRef":"x"}}}""")]
    [InlineData("""{"relations":{"$contains":{"type":"x","targetRef":{"$in":[]}}}}""")]
    [InlineData("""{"relations":{"$contains":{"type":"x","other":"y"}}}""")]
    public async Task A_predicate_that_is_none_is_refused(string query)
    {
        var catalog = shared.Catalog;
        (await catalog.RefusedPost("/entities/by-query", new { query = JsonNode.Parse(query) })).ShouldNotBeEmpty();
        (await catalog.RefusedPost("/entity-facets", new { facets = new[] { "kind" }, query = JsonNode.Parse(query) })).ShouldNotBeEmpty();
    }

    [Fact]
    public async Task References_are_answered_one_for_one_with_null_where_there_is_nothing()
    {
        var catalog = shared.Catalog;

        var found = await catalog.Post("/entities/by-refs?filter=kind=component", new { entityRefs = new[] { "Component:default/SHOP", "component:default/none", "user:default/mae", "", "component:default/shop" }, fields = new[] { "metadata.name" } });

        found.ToJsonString().ShouldBe("""{"items":[{"metadata":{"name":"shop"}},null,null,null,{"metadata":{"name":"shop"}}]}""");
        (await catalog.RefusedPost("/entities/by-refs", new { refs = 1 })).ShouldContain("entityRefs");
    }

    [Fact]
    public async Task A_body_of_a_hundred_kilobytes_is_read_and_a_larger_one_refused()
    {
        var catalog = shared.Catalog;
        var refs = Enumerable.Range(0, 3400).Select(i => $"component:default/none-{i:000}").ToArray();

        (await catalog.Post("/entities/by-refs", new { entityRefs = refs }))["items"]!.AsArray().Count.ShouldBe(3400);
        (await catalog.RefusedPost("/entities/by-refs", new { entityRefs = refs.Concat(refs) }, HttpStatusCode.RequestEntityTooLarge, "PayloadTooLargeError")).ShouldContain("102400");
    }

    [Fact]
    public async Task Fields_keep_only_what_is_asked_for_and_find_names_with_dots()
    {
        var catalog = shared.Catalog;

        var found = await catalog.Get("/entities?filter=metadata.name=shop&fields=kind,metadata.annotations.example.com/dotted.key,spec.nothing,kind.deeper,metadata.tags");

        found.ToJsonString().ShouldBe("""[{"kind":"Component","metadata":{"tags":["java","Kafka"],"annotations":{"example.com/dotted.key":"a=b"}}}]""");
    }

    [Fact]
    public async Task Facets_are_sorted_and_keep_the_case_and_an_unknown_one_is_empty()
    {
        var catalog = shared.Catalog;

        var facets = await catalog.Get("/entity-facets?facet=kind&facet=Metadata.Tags&facet=nothing&facet=metadata.annotations.example.com/dotted.key&facet=metadata.tags.java");

        facets.ToJsonString().ShouldBe(
            """{"facets":{"kind":[{"value":"Component","count":2},{"value":"Group","count":1},{"value":"User","count":1}],"Metadata.Tags":[{"value":"Kafka","count":1},{"value":"java","count":1}],"nothing":[],"metadata.annotations.example.com/dotted.key":[{"value":"a=b","count":1}],"metadata.tags.java":[{"value":"true","count":1}]}}""");
        (await catalog.Post("/entity-facets", new { facets = new[] { "kind" }, query = new { kind = "user" } })).ToJsonString()
            .ShouldBe("""{"facets":{"kind":[{"value":"User","count":1}]}}""");
    }

    [Fact]
    public async Task A_text_is_looked_for_in_the_order_field_unless_fields_are_named()
    {
        var catalog = shared.Catalog;

        CatalogOfTests.Names((await catalog.Get("/entities/by-query?fullTextFilterTerm=%20HO%20&orderField=metadata.name"))["items"]!).ShouldBe(["shop"]);
        (await catalog.Get("/entities/by-query?fullTextFilterTerm=ho"))["items"]!.AsArray().ShouldBeEmpty();
        CatalogOfTests.Names((await catalog.Get("/entities/by-query?fullTextFilterTerm=ho&fullTextFilterFields=metadata.name,spec.type"))["items"]!).ShouldBe(["shop"]);
        CatalogOfTests.Names((await catalog.Post("/entities/by-query", new { fullTextFilter = new { term = "MA", fields = new[] { "metadata.name" } } }))["items"]!).ShouldBe(["mae"]);
    }

    [Fact]
    public async Task What_a_caller_may_not_see_is_nowhere()
    {
        var hidden = new EntityFilter.Not(new EntityFilter.Has("metadata.name", "shop"));
        await using var catalog = await CatalogOfTests.Start(Entities(), scope: hidden);

        CatalogOfTests.Names(await catalog.Get("/entities")).ShouldBe(["cart", "ops", "mae"]);
        ((int)(await catalog.Get("/entities/by-query?filter=kind=component"))["totalItems"]!).ShouldBe(1);
        (await catalog.Refused("/entities/by-name/component/default/shop", HttpStatusCode.NotFound, "NotFoundError")).ShouldNotBeEmpty();
        (await catalog.Post("/entities/by-refs", new { entityRefs = new[] { "component:default/shop" } })).ToJsonString().ShouldBe("""{"items":[null]}""");
        (await catalog.Get("/entity-facets?facet=spec.type")).ToJsonString().ShouldBe("""{"facets":{"spec.type":[{"value":"library","count":1}]}}""");
        (await catalog.Get("/graph?root=group:default/ops&depth=3"))["nodes"]!.AsArray().Select(node => (string)node!["ref"]!).ShouldBe(["group:default/ops", "user:default/mae"]);
        (await catalog.Refused("/entities/by-name/component/default/shop/ancestry", HttpStatusCode.Forbidden, "NotAllowedError")).ShouldNotBeEmpty();
        var cursor = (string)(await catalog.Get("/entities/by-query?limit=1"))["pageInfo"]!["nextCursor"]!;
        Encoding.UTF8.GetString(Convert.FromBase64String(cursor)).ShouldNotContain("shop");
    }

    [Fact]
    public async Task An_ancestry_leaves_out_what_led_to_something_hidden()
    {
        EntityRef[] Parents(EntityRef entity) => entity.Name switch
        {
            "cart" => [EntityRef.Parse("component:default/shop"), EntityRef.Parse("location:default/gone")],
            "shop" => [EntityRef.Group("ops")],
            "ops" => [EntityRef.Parse("component:default/cart")],
            _ => [],
        };
        await using var open = await CatalogOfTests.Start(Entities(), Parents);
        var all = await open.Get("/entities/by-name/Component/default/cart/ancestry");
        ((string)all["rootEntityRef"]!).ShouldBe("component:default/cart");
        all["items"]!.AsArray().Select(item => $"{item!["entity"]!["metadata"]!["name"]} {item["parentEntityRefs"]!.ToJsonString()}")
            .ShouldBe(["cart [\"component:default/shop\"]", "shop [\"group:default/ops\"]", "ops [\"component:default/cart\"]"]);
        (await open.Refused("/entities/by-name/component/default/none/ancestry", HttpStatusCode.NotFound, "NotFoundError")).ShouldBe("No such entity component:default/none");

        EntityRef[] Tree(EntityRef entity) => entity.Name == "ops" ? [] : Parents(entity);
        await using var scoped = await CatalogOfTests.Start(Entities(), Tree, new EntityFilter.Not(new EntityFilter.Has("metadata.name", "shop")));
        (await scoped.Get("/entities/by-name/component/default/cart/ancestry"))["items"]!.AsArray().Select(item => (string)item!["entity"]!["metadata"]!["name"]!).ShouldBe(["cart"]);
    }

    [Fact]
    public async Task Who_has_the_answer_already_is_told_so_until_the_catalog_changes()
    {
        await using var catalog = await CatalogOfTests.Start(Entities());
        foreach (var path in new[] { "/entities", "/entities/by-query?limit=2", "/entities/by-name/component/default/shop", "/entity-facets?facet=kind" })
        {
            using var first = await catalog.Http.GetAsync("/api/catalog" + path, Cancelled);
            (await Again(catalog, path, first.Headers.ETag!.Tag)).ShouldBe(HttpStatusCode.NotModified);
            catalog.Index.Apply([CatalogIndexTests.Stored("component:default/shop", $$"""{"kind":"Component","metadata":{"name":"shop","title":"{{path}}"} }""", [])], [], 2);
            (await Again(catalog, path, first.Headers.ETag!.Tag)).ShouldBe(HttpStatusCode.OK);
        }
    }

    [Fact]
    public async Task The_graph_tells_nodes_edges_and_ways()
    {
        var catalog = shared.Catalog;

        var around = await catalog.Get("/graph?root=user:default/mae&depth=2");
        around["nodes"]!.AsArray().Select(node => $"{node!["ref"]} {node["distance"]}").ShouldBe(["user:default/mae 0", "group:default/ops 1", "component:default/shop 2"]);
        around["edges"]!.AsArray().Select(edge => $"{edge!["from"]} {edge["type"]}/{edge["inverse"]} {edge["to"]}")
            .ShouldBe(["component:default/shop ownedBy/ownerOf group:default/ops", "user:default/mae memberOf/hasMember group:default/ops"]);
        (await catalog.Get("/graph?root=user:default/mae&to=resource:default/none"))["nodes"]!.AsArray().Select(node => (string)node!["ref"]!)
            .ShouldBe(["user:default/mae", "group:default/ops", "component:default/shop", "resource:default/none"]);
    }

    [Fact]
    public async Task Every_route_is_named_and_summarised_in_the_description()
    {
        var catalog = shared.Catalog;
        using var response = await catalog.Http.GetAsync("/openapi.json", Cancelled);
        var paths = JsonNode.Parse(await response.Content.ReadAsStringAsync(Cancelled))!["paths"]!.AsObject().Where(path => path.Key.StartsWith("/api/catalog", StringComparison.Ordinal)).ToList();

        paths.Count.ShouldBe(8);
        paths.SelectMany(path => path.Value!.AsObject()).ShouldAllBe(operation => !string.IsNullOrEmpty((string?)operation.Value!["summary"]) && !string.IsNullOrEmpty((string?)operation.Value!["operationId"]));
        paths.Single(path => path.Key.EndsWith("by-query", StringComparison.Ordinal)).Value!["get"]!["parameters"]!.AsArray().Count.ShouldBe(9);
    }

    private const string Long = "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx";

    private static async Task<HttpStatusCode> Again(CatalogOfTests catalog, string path, string tag)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/catalog" + path);
        request.Headers.TryAddWithoutValidation("If-None-Match", tag);
        using var response = await catalog.Http.SendAsync(request, Cancelled);
        return response.StatusCode;
    }

    private static StoredEntity[] Entities() =>
    [
        CatalogIndexTests.Stored(
            "component:default/shop",
            $$"""{"apiVersion":"v1","kind":"Component","metadata":{"name":"shop","namespace":"default","tags":["java","Kafka"],"annotations":{"example.com/dotted.key":"a=b"} },"spec":{"type":"service","lifecycle":"production","empty":"","replicas":3,"long":"{{Long}}"} }""",
            [new("ownedBy", "ownerOf", EntityRef.Group("ops")), new("dependsOn", "dependencyOf", EntityRef.Parse("resource:default/none"))]),
        CatalogIndexTests.Stored("component:default/cart", """{"apiVersion":"v1","kind":"Component","metadata":{"name":"cart","namespace":"default"},"spec":{"type":"library"}}""", []),
        CatalogIndexTests.Stored("group:default/ops", """{"apiVersion":"v1","kind":"Group","metadata":{"name":"ops","namespace":"default"},"spec":{"children":[]}}""", []),
        CatalogIndexTests.Stored("user:default/mae", """{"apiVersion":"v1","kind":"User","metadata":{"name":"mae","namespace":"default"},"spec":{"memberOf":["ops"]}}""", [new("memberOf", "hasMember", EntityRef.Group("ops"))]),
    ];

    /// <summary>One portal for all tests that only read.</summary>
    public sealed class Shared : IAsyncLifetime
    {
        private CatalogOfTests? _catalog;

        internal CatalogOfTests Catalog => _catalog!;

        public async ValueTask InitializeAsync() => _catalog = await CatalogOfTests.Start(Entities());

        public ValueTask DisposeAsync() => _catalog?.DisposeAsync() ?? ValueTask.CompletedTask;
    }
}
