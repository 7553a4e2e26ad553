using System.Net;
using Stagedoor.Testing.Portals;

namespace Stagedoor.Org.Tests;

public sealed class OrgPluginTests
{
    [Fact]
    public void It_is_called_org() => new OrgPlugin().Info.Id.ShouldBe("org");

    [Fact]
    public async Task Without_a_catalog_the_rest_of_the_portal_is_there()
    {
        await using var portal = await TestPortal.Start(new TestPortalOptions { Plugins = [new OrgPlugin()] }, TestContext.Current.CancellationToken);

        (await portal.Http.GetAsync("/settings", TestContext.Current.CancellationToken)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await portal.Http.GetAsync("/squads", TestContext.Current.CancellationToken)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }
}
