using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Stagedoor.Plugins;
using Stagedoor.Sources.Tests.Serving;
using static Stagedoor.Catalog.Tests.Engine.CatalogPortal;

namespace Stagedoor.Catalog.Tests.Engine;

/// <summary>Locations that people register, read from real servers.</summary>
public sealed class RegisteringTests : IDisposable
{
    private const string Secret = "s3cret";
    private const string Settings = "  refreshHook:\n    secret: " + Secret + "\n";

    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(Store.Sqlite)]
    [InlineData(Store.Postgres)]
    public async Task A_push_and_a_hook_bring_the_change_with_its_commit_and_author(Store store)
    {
        var (work, push) = Repository();
        await using var server = await LoopbackServer.Start(new GitServer(_folder.Path).Answer);
        await using var portal = await Start(store, Settings + OutageTests.Allowing(server));
        var address = server.At("/ferry.git").ToString();
        work.Commit("services/ferry/catalog-info.yaml", Component("ferry"));
        push();
        await portal.Register("git", address);
        await portal.Comes("component:default/ferry");

        var sha = work.Commit("services/ferry/catalog-info.yaml", Component("ferry", owner: "group:default/b"));
        push();
        using var answer = await portal.Hook(new { repository = address }, Secret);
        await portal.Comes("component:default/ferry", entity => entity.Owner == EntityRef.Group("b"));

        answer.StatusCode.ShouldBe(HttpStatusCode.Accepted);
        var newest = (await portal.Get("history/component/default/ferry")).GetProperty("items")[0];
        newest.GetProperty("commit").GetString().ShouldBe(sha);
        newest.GetProperty("author").GetString().ShouldBe("Mae Albrecht");
        newest.GetProperty("committedAt").GetDateTimeOffset().ShouldBeLessThanOrEqualTo(newest.GetProperty("at").GetDateTimeOffset());
    }

    [Theory]
    [InlineData(Store.Sqlite)]
    [InlineData(Store.Postgres)]
    public async Task A_repository_that_is_emptied_keeps_its_entities_until_a_person_says_so(Store store)
    {
        var (work, push) = Repository();
        await using var server = await LoopbackServer.Start(new GitServer(_folder.Path).Answer);
        await using var portal = await Start(store, Settings + OutageTests.Allowing(server));
        var address = server.At("/ferry.git").ToString();
        foreach (var i in Enumerable.Range(0, 14))
        {
            work.Write($"s{i:D2}/catalog-info.yaml", Component($"s{i:D2}"));
        }

        work.Commit("README.md", "all");
        push();
        await portal.Register("git", address);
        await portal.Comes("component:default/s13");
        await portal.Source(address, seen => seen.GetProperty("entities").GetInt64() == 15);

        work.Git("rm", "-rq", "--", "s00", "s01", "s02", "s03", "s04", "s05", "s06", "s07", "s08", "s09", "s10", "s11", "s12", "s13");
        work.Git("commit", "-qm", "Gone");
        push();
        using var hook = await portal.Hook(new { repository = address }, Secret);
        var source = await portal.Source(address, seen => seen.GetProperty("held").GetInt64() == 14);
        (await portal.Find("component:default/s05")).ShouldNotBeNull();
        using var confirmed = await portal.Post($"sources/{source.GetProperty("id").GetString()}/confirm-deletions");

        await portal.Goes("component:default/s05");
        confirmed.StatusCode.ShouldBe(HttpStatusCode.Accepted);
    }

    [Theory]
    [InlineData(Store.Sqlite)]
    [InlineData(Store.Postgres)]
    public async Task A_location_is_registered_once_changed_and_taken_back_with_what_it_brought(Store store)
    {
        await using var server = await LoopbackServer.Start(context =>
            OutageTests.Answer(context, isDown: false, Component(context.Request.Path.Value!.Trim('/').Replace(".yaml", "", StringComparison.Ordinal))));
        await using var portal = await Start(store, "  orphanGrace: 1s\n" + OutageTests.Allowing(server), ("near.yaml", Component("near")));
        var id = await portal.Register("url", server.At("/one.yaml").ToString());
        await portal.Comes("component:default/one");
        var generated = (await Registered(portal, id)).GetProperty("entityRef").GetString()!;
        await portal.Comes(generated);

        using var twice = await portal.Post("locations", new { type = "url", target = server.At("/one.yaml").ToString() });
        using var changed = await portal.Http.PutAsJsonAsync($"/api/catalog/locations/{id}", new { type = "url", target = server.At("/two.yaml").ToString() }, Cancelled);
        await portal.Comes("component:default/two");
        await portal.Goes("component:default/one");
        var after = await Registered(portal, id);
        var entity = await portal.Comes(generated, location => location.Text("spec.target")!.EndsWith("/two.yaml", StringComparison.Ordinal));
        using var deleted = await portal.Http.DeleteAsync($"/api/catalog/locations/{id}", Cancelled);
        await portal.Goes("component:default/two");
        await portal.Goes(generated);

        twice.StatusCode.ShouldBe(HttpStatusCode.Conflict);
        changed.StatusCode.ShouldBe(HttpStatusCode.OK);
        after.GetProperty("entityRef").GetString().ShouldBe(generated);
        entity.Ref.ToString().ShouldBe(generated);
        deleted.StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await portal.Find("component:default/near")).ShouldNotBeNull();
        (await portal.Get("locations")).GetArrayLength().ShouldBe(0);
    }

    [Fact]
    public async Task A_catalog_that_is_read_only_refuses_locations()
    {
        await using var server = await LoopbackServer.Start(context => OutageTests.Answer(context, isDown: false, Component("far")));
        await using var portal = await Start(Store.Sqlite, "  readonly: true\n" + OutageTests.Allowing(server));

        using var refused = await portal.Post("locations", new { type = "url", target = server.At("/one.yaml").ToString() });

        refused.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task A_preview_of_more_than_it_may_read_says_that_it_is_too_much()
    {
        var filler = $"# {new string('x', 1000)}\n";
        var large = Component("large") + string.Concat(Enumerable.Repeat(filler, 8000));
        await using var server = await LoopbackServer.Start(context => OutageTests.Answer(context, isDown: false, context.Request.Path == "/all.yaml"
            ? "apiVersion: backstage.io/v1alpha1\nkind: Location\nmetadata:\n  name: all\nspec:\n  targets: [./1.yaml, ./2.yaml, ./3.yaml]\n"
            : large.Replace("name: large", $"name: c{context.Request.Path.Value![1]}", StringComparison.Ordinal)));
        await using var portal = await Start(Store.Sqlite, OutageTests.Allowing(server));

        using var one = await portal.Post("locations?dryRun=true", new { type = "url", target = server.At("/1.yaml").ToString() });
        using var all = await portal.Post("locations?dryRun=true", new { type = "url", target = server.At("/all.yaml").ToString() });

        one.StatusCode.ShouldBe(HttpStatusCode.Created);
        all.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await all.Content.ReadAsStringAsync(Cancelled)).ShouldContain("more than 20 MB");
    }

    private static async Task<JsonElement> Registered(CatalogPortal portal, string id) => await portal.Get($"locations/{id}");

    /// <summary>A repository behind the server, and one to work in.</summary>
    private (SampleRepository Work, Action Push) Repository()
    {
        var served = new SampleRepository(_folder.At("ferry.git"), isBare: true);
        var work = new SampleRepository(_folder.At("work"));
        return (work, () => work.Git("push", "-q", served.Path, "main"));
    }
}
