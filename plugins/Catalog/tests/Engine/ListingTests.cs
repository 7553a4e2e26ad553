using System.Net;
using Shouldly;
using Xunit;
using static Stagedoor.Catalog.Tests.Engine.CatalogPortal;

namespace Stagedoor.Catalog.Tests.Engine;

public sealed class ListingTests
{
    [Theory]
    [InlineData(Store.Sqlite)]
    [InlineData(Store.Postgres)]
    public async Task A_listing_that_is_broken_still_names_what_it_named(Store store)
    {
        await using var portal = await Start(
            store, "  orphanGrace: 0s\n", ("all.yaml", Listing("all", "./x.yml", "./y.yml")), ("x.yml", Component("x")), ("y.yml", Component("y")));
        await portal.Comes("component:default/x");
        await portal.Comes("component:default/y");

        portal.Write("all.yaml", "{{{ nobody: understands [ this");
        await portal.Comes("location:default/all", entity => entity.At("status") is not null);
        await Swept(portal);

        (await portal.Find("component:default/x")).ShouldNotBeNull();
        (await portal.Find("component:default/y")).ShouldNotBeNull();
    }

    [Theory]
    [InlineData(Store.Sqlite)]
    [InlineData(Store.Postgres)]
    public async Task A_listing_that_suddenly_names_nothing_is_held_back_until_a_person_confirms_it(Store store)
    {
        var names = Enumerable.Range(0, 20).Select(i => $"c{i:D2}").ToList();
        await using var portal = await Start(
            store, "  orphanGrace: 0s\n", [("all.yaml", Listing("all", [.. names.Select(name => $"./{name}.yml")])), .. names.Select(name => ($"{name}.yml", Component(name)))]);
        await portal.Comes("component:default/c19");
        await portal.Source(seen => seen.GetProperty("entities").GetInt64() == 22);

        portal.Write("all.yaml", Listing("all"));
        var source = await portal.Source(seen => seen.GetProperty("held").GetInt64() == 20);
        await Swept(portal);
        (await portal.Find("component:default/c00")).ShouldNotBeNull();

        (await portal.Post($"sources/{source.GetProperty("id").GetString()}/confirm-deletions")).StatusCode.ShouldBe(HttpStatusCode.Accepted);
        await portal.Goes("component:default/c00");
        await portal.Goes("component:default/c19");
    }

    [Theory]
    [InlineData(Store.Sqlite)]
    [InlineData(Store.Postgres)]
    public async Task Locations_that_name_only_each_other_go_when_nobody_else_names_them(Store store)
    {
        await using var portal = await Start(
            store,
            "  orphanGrace: 0s\n",
            ("all.yaml", Listing("all", "./one.yml")),
            ("one.yml", Many(Listing("one", "./two.yml"), Component("x"))),
            ("two.yml", Listing("two", "./one.yml")));
        await portal.Comes("component:default/x");
        await portal.Comes("location:default/two");

        portal.Write("all.yaml", Listing("all"));

        await portal.Goes("component:default/x");
        await portal.Goes("location:default/two");
    }

    [Theory]
    [InlineData(Store.Sqlite)]
    [InlineData(Store.Postgres)]
    public async Task A_target_that_cannot_be_is_a_problem_of_its_location_alone(Store store)
    {
        await using var portal = await Start(
            store, "", ("all.yaml", Many(Listing("bad", "./x.yml").Replace("spec:", "spec:\n  type: nonsense", StringComparison.Ordinal), Component("x"))), ("b.yaml", Component("y")));

        await portal.Comes("component:default/x");
        await portal.Comes("component:default/y");
        (await portal.Get("problems")).EnumerateArray().Any(file => file.GetProperty("target").GetString()!.EndsWith("all.yaml", StringComparison.Ordinal)).ShouldBeTrue();
    }

    /// <summary>Until what is swept now would have been.</summary>
    private static async Task Swept(CatalogPortal portal)
    {
        portal.Write("probe.yaml", Component("probe"));
        await portal.Comes("component:default/probe");
        await Task.Delay(TimeSpan.FromSeconds(3), TestContext.Current.CancellationToken);
    }

    private static string Listing(string name, params IReadOnlyList<string> targets) =>
        $"""
        apiVersion: backstage.io/v1alpha1
        kind: Location
        metadata:
          name: {name}
        spec:
          targets: [{string.Join(", ", targets)}]

        """;
}
