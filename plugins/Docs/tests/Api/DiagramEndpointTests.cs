using System.Net;
using Microsoft.AspNetCore.Http;
using Stagedoor.Docs.Rendering;
using Stagedoor.Docs.Tests.Portals;
using Stagedoor.Sources.Tests.Serving;
using Stagedoor.Testing.Portals;

namespace Stagedoor.Docs.Tests.Api;

public sealed class DiagramEndpointTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_picture_comes_from_the_configured_server_and_nothing_in_it_runs()
    {
        await using var kroki = await LoopbackServer.Start(async context =>
        {
            context.Response.ContentType = "image/svg+xml";
            await context.Response.WriteAsync("<svg xmlns='http://www.w3.org/2000/svg'/>");
        });
        await using var portal = await Portal(kroki);
        var address = portal.Service<DiagramAddresses>().Of("dot", "digraph { a -> b }").ShouldNotBeNull();

        using var answer = await portal.Http.GetAsync(address, Cancelled);

        (await answer.Content.ReadAsStringAsync(Cancelled)).ShouldBe("<svg xmlns='http://www.w3.org/2000/svg'/>");
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("image/svg+xml");
        answer.Headers.GetValues("Content-Security-Policy").ShouldHaveSingleItem().ShouldContain("default-src 'none'");
        kroki.Requests.ShouldHaveSingleItem().Path.ShouldBe("/graphviz/svg/" + address.Split('/')[^1]);
    }

    [Theory]
    [InlineData(200, "text/html")]
    [InlineData(400, "image/svg+xml")]
    [InlineData(500, "text/plain")]
    public async Task What_is_no_picture_is_not_shown_as_one(int status, string type)
    {
        await using var kroki = await LoopbackServer.Start(async context =>
        {
            (context.Response.StatusCode, context.Response.ContentType) = (status, type);
            await context.Response.WriteAsync("<script>alert(1)</script>");
        });
        await using var portal = await Portal(kroki);

        using var answer = await portal.Http.GetAsync(portal.Service<DiagramAddresses>().Of("dot", "digraph"), Cancelled);

        answer.StatusCode.ShouldBe(HttpStatusCode.BadGateway);
        (await answer.Content.ReadAsStringAsync(Cancelled)).ShouldNotContain("script");
    }

    [Theory]
    [InlineData("graphviz/..%2f..%2fadmin")]
    [InlineData("brainfuck/eNo")]
    [InlineData("dot/eNo")]
    public async Task Only_what_pages_write_is_asked_for(string path)
    {
        await using var kroki = await LoopbackServer.Start(_ => Task.CompletedTask);
        await using var portal = await Portal(kroki);

        using var answer = await portal.Http.GetAsync($"{DiagramAddresses.Prefix}/{path}", Cancelled);

        answer.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        kroki.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task Without_a_server_nothing_is_drawn()
    {
        await using var portal = await Portal(null);

        using var answer = await portal.Http.GetAsync($"{DiagramAddresses.Prefix}/graphviz/eNo", Cancelled);

        answer.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await answer.Content.ReadAsStringAsync(Cancelled)).ShouldContain("docs.kroki");
    }

    private static Task<TestPortal> Portal(LoopbackServer? kroki) => DocsPortals.Start(
        kroki is null
            ? ""
            : $"""
            docs:
              kroki: {kroki.Address}
            sources:
              allowedHosts: ["{kroki.Address.Authority}"]
              allowPrivateAddresses: [127.0.0.1]
            """);
}
