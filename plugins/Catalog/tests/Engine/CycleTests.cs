using System.Text.Json;
using static Stagedoor.Catalog.Tests.Engine.CatalogPortal;

namespace Stagedoor.Catalog.Tests.Engine;

public sealed class CycleTests
{
    [Theory]
    [InlineData(Store.Sqlite)]
    [InlineData(Store.Postgres)]
    public async Task Locations_that_name_themselves_or_each_other_are_read_once_each(Store store)
    {
        await using var portal = await Start(
            store,
            files:
            [
                ("self.yaml", Many(Location("self", "./self.yaml"), Component("a"))),
                ("one/one.yml", Many(Location("one", "../two/two.yml"), Component("b"))),
                ("two/two.yml", Many(Location("two", "../one/one.yml", "./two.yml"), Component("c"))),
                ("start.yaml", Location("start", "./one/one.yml")),
            ]);

        await portal.Comes("component:default/a");
        await portal.Comes("component:default/c");
        await portal.Rests();

        var source = await portal.Source(_ => true);
        source.GetProperty("places").GetInt64().ShouldBe(4);
        source.TryGetProperty("error", out _).ShouldBeFalse();
    }

    [Theory]
    [InlineData(Store.Sqlite)]
    [InlineData(Store.Postgres)]
    public async Task A_circle_of_parents_is_shown_as_it_is(Store store)
    {
        await using var portal = await Start(store, files: ("groups.yaml", Many(Group("x", "y"), Group("y", "z"), Group("z", "x"), Group("own", "own"))));

        await portal.Comes("group:default/own");
        var x = await portal.Comes("group:default/x", group => group.Related("childOf").Any() && group.Related("parentOf").Any());
        var graph = await portal.Get("graph?root=group:default/x&depth=10");

        x.Related("childOf").Select(parent => parent.ToString()).ShouldBe(["group:default/y"]);
        x.Related("parentOf").Select(child => child.ToString()).ShouldBe(["group:default/z"]);
        graph.GetProperty("nodes").GetArrayLength().ShouldBe(3);
        JsonSerializer.Serialize(await portal.Get("entities/by-name/group/default/own/ancestry")).ShouldContain("own");
    }

    private static string Location(string name, params IReadOnlyList<string> targets) =>
        $"apiVersion: backstage.io/v1alpha1\nkind: Location\nmetadata: {{name: {name}}}\nspec: {{targets: [{string.Join(", ", targets)}]}}\n";

    private static string Group(string name, string parent) =>
        $"apiVersion: backstage.io/v1alpha1\nkind: Group\nmetadata: {{name: {name}}}\nspec: {{type: squad, parent: {parent}, children: []}}\n";
}
