using System.Net;
using Stagedoor.Plugins;
using Stagedoor.Sources.Tests.Serving;
using static Stagedoor.Catalog.Tests.Engine.CatalogPortal;

namespace Stagedoor.Catalog.Tests.Engine;

public sealed class HookTests
{
    private const string Secret = "s3cret";
    private const string Settings = "  refreshHook:\n    secret: " + Secret + "\n";

    [Theory]
    [InlineData(Store.Sqlite)]
    [InlineData(Store.Postgres)]
    public async Task A_storm_of_calls_is_a_few_readings_and_the_last_change_is_seen(Store store)
    {
        var owner = "group:default/a";
        await using var server = await LoopbackServer.Start(context => OutageTests.Answer(context, isDown: false, Component("far", owner)));
        await using var portal = await Start(store, Settings + OutageTests.Allowing(server));
        var address = server.At("/catalog-info.yaml").ToString();
        await portal.Register("url", address);
        await portal.Comes("component:default/far");
        await portal.Rests();
        var before = server.Requests.Count;

        owner = "group:default/b";
        var answers = await Task.WhenAll(Enumerable.Range(0, 500).Select(async _ =>
        {
            using var response = await portal.Hook(new { location = $"url:{address}" }, Secret);
            return response.StatusCode;
        }));
        await portal.Comes("component:default/far", entity => entity.Owner == EntityRef.Group("b"));
        await portal.Rests();

        answers.ShouldAllBe(answer => answer == HttpStatusCode.Accepted);
        (server.Requests.Count - before).ShouldBeInRange(1, 100);
    }

    [Fact]
    public async Task A_call_that_is_not_signed_rightly_reads_nothing()
    {
        await using var server = await LoopbackServer.Start(context => OutageTests.Answer(context, isDown: false, Component("far")));
        await using var portal = await Start(Store.Sqlite, Settings + OutageTests.Allowing(server));
        var address = server.At("/catalog-info.yaml").ToString();
        await portal.Register("url", address);
        await portal.Comes("component:default/far");
        await portal.Rests();
        var before = server.Requests.Count;

        using var wrong = await portal.Hook(new { location = $"url:{address}" }, "another");
        using var unsigned = await portal.Post("refresh-hook", new { location = $"url:{address}" });
        await portal.Rests();

        wrong.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        unsigned.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        server.Requests.Count.ShouldBe(before);
    }

    [Fact]
    public async Task A_text_that_a_database_cannot_hold_is_refused_everywhere()
    {
        await using var portal = await Start(Store.Postgres, Settings);
        var source = (await portal.Source(_ => true)).GetProperty("id").GetString();

        using var hook = await portal.Hook(new { location = "url:https://example.com/\0" }, Secret);
        using var location = await portal.Post("locations", new { type = "url", target = "https://example.com/\0" });
        using var refresh = await portal.Post("refresh", new { entityRef = "component:default/a\0" });
        using var pause = await portal.Post($"sources/{source}/pause", new { reason = "a\0" });

        new[] { hook, location, refresh, pause }.Select(answer => answer.StatusCode).ShouldAllBe(status => status == HttpStatusCode.BadRequest);
    }
}
