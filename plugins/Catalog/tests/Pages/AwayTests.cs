using System.Net;
using Stagedoor.Plugins;
using Stagedoor.Sources;
using Stagedoor.Testing.Databases;
using Stagedoor.Testing.Portals;
using Stagedoor.Testing.Processes;
using Stagedoor.Testing.Waiting;

namespace Stagedoor.Catalog.Tests.Pages;

/// <summary>The catalog answers from memory.</summary>
public sealed class AwayTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Entities_facets_and_files_are_there_while_the_database_is_away()
    {
        await using var postgres = await TemporaryPostgres.Create(Cancelled);
        await using var relay = new Relay(postgres.Port);
        relay.Restore();
        await using var portal = await TestPortal.Start(
            new TestPortalOptions { Plugins = [new SourcesPlugin(), new CatalogPlugin()], Sample = "polaris", Configuration = $"database:\n  postgres: {postgres.Through(relay)}" }, Cancelled);
        var entity = EntityRef.Parse("component:default/dead-letter");
        await Eventually.Reach("it is there", TimeSpan.FromSeconds(60), async () => await portal.Service<ICatalog>().Find(entity, Caller.Portal, Cancelled), found => found is not null, Cancelled);
        using var mae = portal.As("mae");

        await relay.Cut();

        foreach (var path in new[] { EntityPages.Of(entity), "/catalog/facets/owner", "/catalog?columns=owner" })
        {
            var (status, page) = await new Visitor(mae).Look(path);
            status.ShouldBe(HttpStatusCode.OK, path);
            page.QuerySelector("main h1").ShouldNotBeNull(path);
        }

        (await new Visitor(mae).Look("/catalog?columns=tags")).Page.QuerySelectorAll("thead th").Select(head => head.TextContent.Trim()).ShouldBe(["Name", "Tags", "Actions"]);
        var file = await mae.GetStringAsync("/api/catalog/export?q=dead-letter&columns=owner&columns=changed", Cancelled);
        file.ShouldContain("component:default/dead-letter,");
        file.ShouldContain("squad-lantern");
    }
}
