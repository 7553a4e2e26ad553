using Stagedoor.Catalog.Api;
using Stagedoor.Catalog.Index;
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

    private static StoredEntity Stored(string entity, string kind) => CatalogIndexTests.Stored(
        entity, $$"""{"apiVersion":"v1","kind":"{{kind}}","metadata":{"name":"{{EntityRef.Parse(entity).Name}}","namespace":"default"},"spec":{} }""", []);

    private sealed class Components : IReadFilter
    {
        public ValueTask<EntityFilter> ScopeOf(Caller caller, CancellationToken cancellationToken) => ValueTask.FromResult(EntityFilter.OfKind("component"));
    }
}
