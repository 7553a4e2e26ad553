using Stagedoor.Catalog.Api;
using Stagedoor.Catalog.Index;
using Stagedoor.Catalog.Pages.Detail.Problems;
using Stagedoor.Catalog.Pages.Detail.Related;
using Stagedoor.Catalog.Tests.Index;
using Stagedoor.Plugins;

namespace Stagedoor.Catalog.Tests.Api;

public sealed class VisibilityTests
{
    [Fact]
    public async Task Of_what_is_read_anew_only_that_is_left_out_which_the_caller_may_not_see()
    {
        var scope = new Components();
        var index = await CatalogIndexTests.Loaded([Stored("component:default/shop", "Component"), Stored("group:default/ops", "Group")]);
        var visibility = new Visibility(new InMemoryCatalog(index, scope, () => new CatalogModel([], [])), scope);
        EntityRef[] read = [EntityRef.Parse("group:default/ops"), EntityRef.Parse("component:default/shop"), EntityRef.Parse("group:default/new")];

        var told = await visibility.OrNew(read, entity => entity, Caller.Anonymous, TestContext.Current.CancellationToken);

        told.ShouldBe(read[1..]);
    }

    [Fact]
    public async Task Whether_something_is_hidden_or_missing_is_told_to_nobody_who_does_not_see_everything()
    {
        var hidden = EntityRef.Group("ops");
        var missing = EntityRef.Parse("component:default/none");
        var shop = CatalogIndexTests.Stored(
            "component:default/shop", """{"apiVersion":"v1","kind":"Component","metadata":{"name":"shop","namespace":"default"},"spec":{} }""",
            [new("ownedBy", "ownerOf", hidden), new("dependsOn", "dependencyOf", missing)]);
        var index = await CatalogIndexTests.Loaded([shop, Stored("group:default/ops", "Group")]);
        var some = new InMemoryCatalog(index, new Components(), () => new CatalogModel([], []));
        var cancelled = TestContext.Current.CancellationToken;
        var entity = (await some.Find(EntityRef.Parse("component:default/shop"), Caller.Anonymous, cancelled))!;

        (await new Neighbours(some).Of([hidden, missing], Caller.Anonymous, cancelled)).ShouldBe([new Neighbour(hidden, null, IsMissing: false), new Neighbour(missing, null, IsMissing: false)]);
        (await EntityTrouble.OfRelations(entity, new Neighbours(some), Caller.Anonymous, cancelled)).ShouldBeEmpty();
        (await some.Graph(new GraphQuery(entity.Ref), Caller.Anonymous, cancelled)).Nodes.ShouldHaveSingleItem();

        (await new Neighbours(some).Of(missing, Caller.Portal, cancelled)).IsMissing.ShouldBeTrue();
        (await EntityTrouble.OfRelations(entity, new Neighbours(some), Caller.Portal, cancelled)).ShouldHaveSingleItem().What.ShouldContain("component:default/none");
        (await some.Graph(new GraphQuery(entity.Ref), Caller.Portal, cancelled)).Nodes.Count.ShouldBe(3);
    }

    private static StoredEntity Stored(string entity, string kind) => CatalogIndexTests.Stored(
        entity, $$"""{"apiVersion":"v1","kind":"{{kind}}","metadata":{"name":"{{EntityRef.Parse(entity).Name}}","namespace":"default"},"spec":{} }""", []);

    private sealed class Components : IReadFilter
    {
        public ValueTask<EntityFilter> ScopeOf(Caller caller, CancellationToken cancellationToken) => ValueTask.FromResult(EntityFilter.OfKind("component"));
    }
}
