using System.Net;
using Microsoft.AspNetCore.Http;
using Shouldly;
using Stagedoor.Catalog.Tests.Engine;
using Stagedoor.Sources;
using Stagedoor.Sources.Tests.Serving;
using Stagedoor.Testing.Portals;
using Xunit;
using static Stagedoor.Catalog.Tests.Engine.CatalogPortal;

namespace Stagedoor.Catalog.Tests.Pages;

public sealed class RegisterPageTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_location_is_looked_at_registered_and_unregistered_with_what_it_brought()
    {
        await using var server = await LoopbackServer.Start(context => context.Response.WriteAsync(Many(Component("one"), Component("two"))));
        await using var portal = await Start(Store.Sqlite, Outside(server));
        var visitor = new Visitor(portal.Http);
        var target = server.At("/catalog-info.yaml").AbsoluteUri;
        var preview = $"/catalog/register?type=url&target={Uri.EscapeDataString(target)}";

        var looked = await visitor.Page(preview);
        looked.QuerySelectorAll("main tbody tr b").Select(name => name.TextContent).ShouldContain("one");
        looked.QuerySelectorAll("main tbody .pill").ShouldAllBe(pill => pill.TextContent == "new");
        (await portal.Find("component:default/one")).ShouldBeNull();

        var (status, location) = await visitor.Submit(preview, "register");
        status.ShouldBe(HttpStatusCode.Found);
        var path = new Uri(portal.Http.BaseAddress!, location!).AbsolutePath;
        path.ShouldStartWith("/catalog/locations/");
        await portal.Comes("component:default/two");
        (await visitor.Page(preview)).QuerySelector(".panel h2")!.TextContent.ShouldBe("It is registered already");

        var page = await visitor.Page(path + "?confirm=unregister");
        page.QuerySelector("dialog#unregister[open]")!.TextContent.ShouldContain("component:default/one");
        (await visitor.Submit(path, "location", ("do", "unregister"))).Location.ShouldNotBeNull().ShouldEndWith("/catalog");
        await portal.Goes("component:default/one");
        (await visitor.Look(path)).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    [Theory]
    [InlineData("type=url&target=https://elsewhere.example/catalog-info.yaml", "elsewhere.example")]
    [InlineData("type=file&target=/etc/passwd", "Choose whether")]
    [InlineData("type=url&target=javascript:alert(1)", "http")]
    public async Task What_cannot_be_read_is_said_beside_the_field(string query, string says)
    {
        await using var portal = await Start(Store.Sqlite, Outside());

        var page = await new Visitor(portal.Http).Page($"/catalog/register?{query}");

        page.QuerySelector(".field .error")!.TextContent.ShouldContain(says);
        page.QuerySelector("form#register").ShouldBeNull();
    }

    [Fact]
    public async Task A_portal_that_reads_only_what_is_configured_says_so()
    {
        await using var portal = await Start(Store.Sqlite, "  readonly: true");

        var page = await new Visitor(portal.Http).Page("/catalog/register?type=url&target=https://x.example");

        page.QuerySelector(".empty h2")!.TextContent.ShouldBe("Locations come from the configuration only");
        page.QuerySelector("main input").ShouldBeNull();
    }

    [Fact]
    public async Task What_somebody_else_registered_is_not_for_one_to_unregister()
    {
        await using var server = await LoopbackServer.Start(context => context.Response.WriteAsync(Component("one")));
        await using var portal = await TestPortal.Start(new TestPortalOptions { Plugins = [new SourcesPlugin(), new CatalogPlugin()], Configuration = Outside(server) }, Cancelled);
        using var kim = portal.As("kim");
        using var mae = portal.As("mae");
        var preview = $"/catalog/register?type=url&target={Uri.EscapeDataString(server.At("/a.yaml").AbsoluteUri)}";

        var (_, location) = await new Visitor(kim).Submit(preview, "register");
        var path = new Uri(kim.BaseAddress!, location!).AbsolutePath;
        var page = await new Visitor(mae).Page(path);
        var (status, _) = await new Visitor(mae).Submit(path, "location", ("do", "unregister"));

        page.QuerySelector("dialog").ShouldNotBeNull();
        page.QuerySelector("dialog#unregister").ShouldBeNull();
        status.ShouldBe(HttpStatusCode.Forbidden);
        (await new Visitor(kim).Page(path)).QuerySelector("dialog#unregister").ShouldNotBeNull();
    }

    private static string Outside(LoopbackServer? server = null) =>
        $"""
        sources:
          allowedHosts: ["{server?.Address.Authority ?? "allowed.example"}"]
          allowPrivateAddresses: [127.0.0.1]
        """;
}
