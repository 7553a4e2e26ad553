using System.Collections.Concurrent;
using Microsoft.AspNetCore.Http;
using Stagedoor.Plugins;
using Stagedoor.Sources.Tests.Serving;
using static Stagedoor.Catalog.Tests.Engine.CatalogPortal;

namespace Stagedoor.Catalog.Tests.Engine;

public sealed class OutageTests
{
    private const string Often = "  readEvery: 1s\n";

    [Theory]
    [InlineData(Store.Sqlite)]
    [InlineData(Store.Postgres)]
    public async Task A_place_that_fails_for_long_keeps_its_entities_says_so_and_recovers(Store store)
    {
        var isDown = false;
        await using var server = await LoopbackServer.Start(context => Answer(context, isDown, Component("far")));
        await using var portal = await Start(store, Often + Allowing(server), ("near.yaml", Component("near")));
        await portal.Register("url", server.At("/catalog-info.yaml").ToString());
        var uid = (await portal.Comes("component:default/far")).Uid;

        isDown = true;
        var stale = await portal.Comes("component:default/far", entity => entity.At("status") is not null);
        var source = await portal.Source(server.At("/catalog-info.yaml").ToString(), seen => seen.TryGetProperty("error", out _));
        portal.Write("near.yaml", Component("near", owner: "group:default/b"));
        await portal.Comes("component:default/near", entity => entity.Owner == EntityRef.Group("b"));
        isDown = false;
        var well = await portal.Comes("component:default/far", entity => entity.At("status") is null);

        stale.At("status.items")!.Value[0].GetProperty("message").GetString()!.ShouldStartWith("Its source cannot be read");
        source.GetProperty("failingPlaces").GetInt64().ShouldBe(1);
        (stale.Uid, well.Uid).ShouldBe((uid, uid));
    }

    [Theory]
    [InlineData(Store.Sqlite)]
    [InlineData(Store.Postgres)]
    public async Task Places_that_never_answer_hold_up_nobody_else(Store store)
    {
        var asked = new ConcurrentDictionary<string, bool>();
        var over = new TaskCompletionSource();
        await using var server = await LoopbackServer.Start(async context =>
        {
            asked.TryAdd(context.Request.Path, true);
            await over.Task.WaitAsync(context.RequestAborted);
        });
        await using var portal = await Start(store, Allowing(server, "  timeout: 5m\n"), ("near.yaml", Component("near")));
        await portal.Comes("component:default/near");
        foreach (var i in Enumerable.Range(0, 6))
        {
            await portal.Register("url", server.At($"/{i}.yaml").ToString());
        }

        await Stagedoor.Testing.Waiting.Eventually.Be(() => !asked.IsEmpty, "somebody hangs");
        portal.Write("near.yaml", Component("near", owner: "group:default/b"));
        await portal.Comes("component:default/near", entity => entity.Owner == EntityRef.Group("b"));

        over.Task.IsCompleted.ShouldBeFalse("They still hang");
        over.SetResult();
    }

    [Theory]
    [InlineData(Store.Sqlite)]
    [InlineData(Store.Postgres)]
    public async Task A_source_that_suddenly_has_nothing_keeps_its_entities(Store store)
    {
        await using var portal = await Start(store, Often, [.. Enumerable.Range(0, 15).Select(i => ($"in/{i:D2}.yaml", Component($"c{i:D2}")))]);
        await portal.Comes("component:default/c14");
        await portal.Rests();

        // As when what was mounted there is gone.
        Directory.Move(Path.Combine(portal.Folder, "in"), Path.Combine(portal.Folder + "-away"));
        var source = await portal.Source(seen => seen.GetProperty("held").GetInt64() == 15);
        var kept = await portal.Find("component:default/c07");
        Directory.Move(Path.Combine(portal.Folder + "-away"), Path.Combine(portal.Folder, "in"));
        var again = await portal.Source(seen => seen.GetProperty("held").GetInt64() == 0);

        kept.ShouldNotBeNull();
        source.GetProperty("entities").GetInt64().ShouldBe(16);
        again.GetProperty("entities").GetInt64().ShouldBe(16);
    }

    internal static string Allowing(LoopbackServer server, string more = "") =>
        $"sources:\n  allowedHosts: [\"{server.Address.Authority}\"]\n  allowPrivateAddresses: [127.0.0.1]\n{more}";

    internal static async Task Answer(HttpContext context, bool isDown, string text)
    {
        // A refusal, for which a host is not left alone as it is for failing: that would be long to wait for.
        context.Response.StatusCode = isDown ? 403 : 200;
        await context.Response.WriteAsync(isDown ? "down" : text);
    }
}
