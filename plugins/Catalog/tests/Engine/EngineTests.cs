using System.Net;
using System.Text.Json;
using Shouldly;
using Stagedoor.Plugins;
using Xunit;
using static Stagedoor.Catalog.Tests.Engine.CatalogPortal;

namespace Stagedoor.Catalog.Tests.Engine;

public sealed class EngineTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(Store.Sqlite)]
    [InlineData(Store.Postgres)]
    public async Task A_file_that_is_written_changed_and_deleted_is_seen_each_time(Store store)
    {
        await using var portal = await Start(store, files: ("a.yaml", Component("a")));
        var created = await portal.Comes("component:default/a");
        created.Owner.ShouldBe(EntityRef.Group("a"));

        portal.Write("a.yaml", Component("a", owner: "group:default/b"));
        var changed = await portal.Comes("component:default/a", entity => entity.Owner == EntityRef.Group("b"));
        changed.Uid.ShouldBe(created.Uid);
        changed.Etag.ShouldNotBe(created.Etag);

        portal.Delete("a.yaml");
        await portal.Goes("component:default/a");
    }

    [Theory]
    [InlineData(Store.Sqlite)]
    [InlineData(Store.Postgres)]
    public async Task A_wrong_entity_keeps_its_last_good_version_and_says_that_it_is_stale(Store store)
    {
        await using var portal = await Start(store, files: ("a.yaml", Many(Component("a"), Component("b"))));
        await portal.Comes("component:default/b");

        portal.Write("a.yaml", Many(Component("a").Replace("type: service", "type: 7", StringComparison.Ordinal), Component("b", owner: "group:default/z")));

        var stale = await portal.Comes("component:default/a", entity => entity.At("status") is not null);
        stale.Type.ShouldBe("service");
        var items = stale.At("status.items")!.Value;
        items[0].GetProperty("level").GetString().ShouldBe("error");
        items[0].GetProperty("error").GetProperty("location").GetString()!.ShouldContain("a.yaml:");
        items[1].GetProperty("message").GetString()!.ShouldContain("last good version");
        (await portal.Comes("component:default/b")).Owner.ShouldBe(EntityRef.Group("z"));

        portal.Write("a.yaml", Many(Component("a"), Component("b")));
        (await portal.Comes("component:default/a", entity => entity.At("status") is null)).Type.ShouldBe("service");
    }

    [Fact]
    public async Task What_differs_is_told_of_the_last_version_also_after_its_status_changed()
    {
        await using var portal = await Start(Store.Sqlite, files: ("a.yaml", Component("a")));
        await portal.Comes("component:default/a");
        portal.Write("a.yaml", Component("a", owner: "group:default/b"));
        await portal.Comes("component:default/a", entity => entity.Owner == EntityRef.Group("b"));
        portal.Write("a.yaml", Component("a").Replace("type: service", "type: 7", StringComparison.Ordinal));
        await portal.Comes("component:default/a", entity => entity.At("status") is not null);

        (await portal.Get("history/component/default/a")).GetProperty("items")[0].GetProperty("change").GetString().ShouldBe("status");
        (await portal.Get("history/component/default/a/diff")).GetProperty("fields")[0].GetProperty("path").GetString().ShouldBe("spec.owner");
    }

    [Theory]
    [InlineData(Store.Sqlite)]
    [InlineData(Store.Postgres)]
    public async Task A_file_that_cannot_be_understood_takes_nothing_away(Store store)
    {
        await using var portal = await Start(store, files: ("a.yaml", Many(Component("a"), Component("b"))));
        await portal.Comes("component:default/b");

        portal.Write("a.yaml", Many(Component("a"), "{{{ this is : not [ yaml"));

        var stale = await portal.Comes("component:default/b", entity => entity.At("status") is not null);
        stale.At("status.items")!.Value[0].GetProperty("message").GetString().ShouldNotBeNullOrEmpty();
    }

    [Theory]
    [InlineData(Store.Sqlite)]
    [InlineData(Store.Postgres)]
    public async Task Of_two_files_with_one_entity_the_same_wins_every_time_and_the_other_takes_its_place(Store store)
    {
        await using var portal = await Start(store, files: ("z/second.yaml", Component("a", owner: "group:default/second")));
        var uid = (await portal.Comes("component:default/a")).Uid;

        portal.Write("a/first.yaml", Component("a", owner: "group:default/first"));
        var winner = await portal.Comes("component:default/a", entity => entity.Owner == EntityRef.Group("first"));
        winner.Uid.ShouldBe(uid);
        var conflict = (await portal.Get("conflicts")).EnumerateArray().ShouldHaveSingleItem();
        conflict.GetProperty("winner").GetString()!.ShouldEndWith("a/first.yaml");
        conflict.GetProperty("losers")[0].GetString()!.ShouldEndWith("z/second.yaml");

        portal.Delete("a/first.yaml");
        (await portal.Comes("component:default/a", entity => entity.Owner == EntityRef.Group("second"))).Uid.ShouldBe(uid);
        (await portal.Get("conflicts")).GetArrayLength().ShouldBe(0);
    }

    [Theory]
    [InlineData(Store.Sqlite)]
    [InlineData(Store.Postgres)]
    public async Task An_implausible_deletion_is_held_back_until_a_person_confirms_it(Store store)
    {
        await using var portal = await Start(
            store, files: [.. Enumerable.Range(0, 30).Select(i => ($"{i:D2}.yaml", Component($"c{i:D2}")))]);
        await portal.Comes("component:default/c29");

        foreach (var i in Enumerable.Range(0, 25))
        {
            portal.Delete($"{i:D2}.yaml");
        }

        // Watching may see the first few go one by one; the mass of them is held.
        var source = await portal.Source(seen => seen.GetProperty("held").GetInt64() > 10);
        (await portal.Find("component:default/c24")).ShouldNotBeNull();
        var id = source.GetProperty("id").GetString();
        (await portal.Get($"sources/{id}")).GetProperty("held").EnumerateArray().Select(name => name.GetString()).ShouldContain("component:default/c24");

        (await portal.Post($"sources/{id}/refresh")).StatusCode.ShouldBe(HttpStatusCode.Accepted);
        await portal.Source(seen => seen.GetProperty("held").GetInt64() > 10);
        (await portal.Find("component:default/c24")).ShouldNotBeNull();

        (await portal.Post($"sources/{id}/confirm-deletions")).StatusCode.ShouldBe(HttpStatusCode.Accepted);
        await portal.Goes("component:default/c24");
        await portal.Source(seen => seen.GetProperty("held").GetInt64() == 0);
        (await portal.Find("component:default/c29")).ShouldNotBeNull();
    }

    [Theory]
    [InlineData(Store.Sqlite)]
    [InlineData(Store.Postgres)]
    public async Task A_location_brings_what_it_names_and_what_it_no_longer_names_is_deleted_after_a_while(Store store)
    {
        await using var portal = await Start(
            store,
            settings: "  orphanGrace: 1s\n",
            files:
            [
                ("all.yaml", Location("./more/x.yml", "./more/y.yml")),
                ("more/x.yml", Component("x")),
                ("more/y.yml", Component("y")),
            ]);
        await portal.Comes("component:default/x");
        await portal.Comes("component:default/y");

        portal.Write("all.yaml", Location("./more/x.yml"));

        await portal.Goes("component:default/y");
        (await portal.Find("component:default/x")).ShouldNotBeNull();
    }

    [Theory]
    [InlineData(Store.Sqlite)]
    [InlineData(Store.Postgres)]
    public async Task With_the_strategy_keep_an_orphan_stays_and_is_marked(Store store)
    {
        await using var portal = await Start(
            store, settings: "  orphanStrategy: keep\n  orphanGrace: 1s\n", files: [("all.yaml", Location("./more/y.yml")), ("more/y.yml", Component("y"))]);
        await portal.Comes("component:default/y");

        portal.Write("all.yaml", Location());
        await portal.Comes("component:default/y", entity => entity.Annotation("backstage.io/orphan") == "true");

        portal.Write("all.yaml", Location("./more/y.yml"));
        await portal.Comes("component:default/y", entity => entity.Annotation("backstage.io/orphan") is null);
    }

    [Theory]
    [InlineData(Store.Sqlite)]
    [InlineData(Store.Postgres)]
    public async Task History_tells_every_version_and_what_was_at_a_moment_with_the_relations_of_then(Store store)
    {
        await using var portal = await Start(store, files: [("a.yaml", Component("a", owner: "group:default/one")), ("g.yaml", Group("one"))]);
        await portal.Comes("component:default/a");
        await portal.Comes("group:default/one", entity => entity.Related("ownerOf").Any());
        var then = DateTimeOffset.UtcNow;
        await Task.Delay(20, Cancelled);

        portal.Write("a.yaml", Component("a", owner: "group:default/two"));
        await portal.Comes("component:default/a", entity => entity.Owner == EntityRef.Group("two"));
        await portal.Comes("group:default/one", entity => !entity.Related("ownerOf").Any());

        var lines = (await portal.Get("history/component/default/a")).GetProperty("items");
        lines[0].GetProperty("change").GetString().ShouldBe("updated");
        lines[0].GetProperty("fields").EnumerateArray().Select(field => field.GetString()).ShouldBe(["spec.owner"]);
        lines[1].GetProperty("change").GetString().ShouldBe("created");
        var moment = Uri.EscapeDataString(then.ToString("O"));
        new Entity(Bytes(await portal.Get($"history/component/default/a?asOf={moment}"))).Owner.ShouldBe(EntityRef.Group("one"));
        new Entity(Bytes(await portal.Get($"history/group/default/one?asOf={moment}"))).Related("ownerOf").ShouldBe([EntityRef.Parse("component:default/a")]);
        var field = (await portal.Get("history/component/default/a/diff")).GetProperty("fields")[0];
        (field.GetProperty("before").GetString(), field.GetProperty("after").GetString()).ShouldBe(("group:default/one", "group:default/two"));
    }

    [Theory]
    [InlineData(Store.Sqlite)]
    [InlineData(Store.Postgres)]
    public async Task A_deleted_entity_is_restored_under_its_uid_and_gives_way_when_it_is_declared_again(Store store)
    {
        await using var portal = await Start(store, files: [("a.yaml", Component("a")), ("b.yaml", Component("b"))]);
        var uid = (await portal.Comes("component:default/a")).Uid;
        portal.Delete("a.yaml");
        await portal.Goes("component:default/a");

        (await portal.Post("history/component/default/a/restore")).StatusCode.ShouldBe(HttpStatusCode.NoContent);

        (await portal.Comes("component:default/a")).Uid.ShouldBe(uid);
        (await portal.Post("history/component/default/a/restore")).StatusCode.ShouldBe(HttpStatusCode.Conflict);
        portal.Write("a.yaml", Component("a", owner: "group:default/new"));
        (await portal.Comes("component:default/a", entity => entity.Owner == EntityRef.Group("new"))).Uid.ShouldBe(uid);
    }

    [Theory]
    [InlineData(Store.Sqlite)]
    [InlineData(Store.Postgres)]
    public async Task A_source_is_restored_to_a_moment_and_stays_so_until_it_is_resumed(Store store)
    {
        await using var portal = await Start(store, files: [("a.yaml", Component("a")), ("b.yaml", Component("b"))]);
        await portal.Comes("component:default/a");
        await portal.Comes("component:default/b");
        var source = (await portal.Source(_ => true)).GetProperty("id").GetString();
        var then = DateTimeOffset.UtcNow;
        await Task.Delay(20, Cancelled);
        portal.Write("a.yaml", Component("a", owner: "group:default/wrong"));
        portal.Delete("b.yaml");
        portal.Write("c.yaml", Component("c"));
        await portal.Comes("component:default/c");
        await portal.Goes("component:default/b");
        await portal.Comes("component:default/a", entity => entity.Owner == EntityRef.Group("wrong"));

        var preview = await Read(await portal.Post($"sources/{source}/restore", new { moment = then, dryRun = true }));
        preview.GetProperty("back").EnumerateArray().Select(name => name.GetString()).ShouldBe(["component:default/b"]);
        preview.GetProperty("reverted").EnumerateArray().Select(name => name.GetString()).ShouldBe(["component:default/a"]);
        preview.GetProperty("gone").EnumerateArray().Select(name => name.GetString()).ShouldBe(["component:default/c"]);
        (await portal.Post($"sources/{source}/restore", new { moment = then })).StatusCode.ShouldBe(HttpStatusCode.OK);

        await portal.Comes("component:default/b");
        await portal.Goes("component:default/c");
        await portal.Comes("component:default/a", entity => entity.Owner == EntityRef.Group("a"));

        (await portal.Post($"sources/{source}/resume")).StatusCode.ShouldBe(HttpStatusCode.Accepted);
        await portal.Comes("component:default/c");
        await portal.Goes("component:default/b");
        await portal.Comes("component:default/a", entity => entity.Owner == EntityRef.Group("wrong"));
    }

    [Theory]
    [InlineData(Store.Sqlite)]
    [InlineData(Store.Postgres)]
    public async Task A_dry_run_tells_what_a_reading_would_do_and_does_nothing(Store store)
    {
        await using var portal = await Start(store, files: ("a.yaml", Component("a")));
        await portal.Comes("component:default/a");
        var source = (await portal.Source(_ => true)).GetProperty("id").GetString();
        (await portal.Post($"sources/{source}/pause", new { reason = "a test" })).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        portal.Delete("a.yaml");
        portal.Write("b.yaml", Component("b"));

        var would = await Read(await portal.Post($"sources/{source}/dry-run"));

        would.GetProperty("created").EnumerateArray().Select(name => name.GetString()).ShouldBe(["component:default/b"]);
        would.GetProperty("deleted").EnumerateArray().Select(name => name.GetString()).ShouldBe(["component:default/a"]);
        (await portal.Find("component:default/a")).ShouldNotBeNull();
        (await portal.Find("component:default/b")).ShouldBeNull();
    }

    [Theory]
    [InlineData(Store.Sqlite)]
    [InlineData(Store.Postgres)]
    public async Task What_was_read_is_not_written_again(Store store)
    {
        await using var portal = await Start(store, files: [("a.yaml", Component("a")), ("b.yaml", Component("b"))]);
        await portal.Comes("component:default/b");
        var source = await portal.Source(seen => seen.GetProperty("entities").GetInt64() == 3);
        var last = (await portal.Get("changes?after=0&limit=1000")).GetProperty("last").GetInt64();

        await portal.Post($"sources/{source.GetProperty("id").GetString()}/refresh");

        await portal.Source(seen => seen.GetProperty("readAt").GetString() != source.GetProperty("readAt").GetString() && seen.GetProperty("created").GetInt64() == 0);
        (await portal.Get("changes?after=0&limit=1000")).GetProperty("last").GetInt64().ShouldBe(last);
    }

    private static string Location(params IReadOnlyList<string> targets) =>
        $"""
        apiVersion: backstage.io/v1alpha1
        kind: Location
        metadata:
          name: all
        spec:
          targets: [{string.Join(", ", targets)}]

        """;

    private static string Group(string name) =>
        $"""
        apiVersion: backstage.io/v1alpha1
        kind: Group
        metadata:
          name: {name}
        spec:
          type: squad
          children: []

        """;

    private static byte[] Bytes(JsonElement json) => JsonSerializer.SerializeToUtf8Bytes(json);

    private static async Task<JsonElement> Read(HttpResponseMessage response)
    {
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        return JsonElement.Parse(await response.Content.ReadAsStringAsync(Cancelled));
    }
}
