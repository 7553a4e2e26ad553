using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Stagedoor.Host.Tests.Loading;
using Stagedoor.Plugins;
using Stagedoor.Testing.Portals;

namespace Stagedoor.Host.Tests.Http;

public sealed class HttpMannersTests
{
    private static readonly IPlugin Manners = new TestPlugin("manners", plugin => plugin.Api(api =>
    {
        api.MapGet("/thing", () => TypedResults.Ok(new { name = "lamp" })).WithSummary("One thing");
        api.MapGet("/own-tag", (HttpContext context) =>
        {
            context.Response.Headers.ETag = "\"mine\"";
            return TypedResults.Ok(new { name = "lamp" });
        });
        api.MapGet("/long", () => TypedResults.Ok(new string('x', 400_000)));
        api.MapGet("/broken", string () => throw new InvalidOperationException("inner secrets"));
        api.MapGet("/away", string () => throw new DatabaseUnavailableException("PostgreSQL at db:5432 does not answer.", null));
        api.MapPost("/echo", async (HttpContext context) => Encoding.UTF8.GetByteCount(await new StreamReader(context.Request.Body).ReadToEndAsync(context.RequestAborted)));
    }));

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_id_of_a_request_is_taken_over_when_it_is_plain_and_made_anew_otherwise()
    {
        await using var portal = await Start();

        (await IdOf(portal, "abc-123")).ShouldBe("abc-123");
        (await IdOf(portal, "<script>")).ShouldMatch("^[0-9a-f]{16}$");
        (await IdOf(portal, null)).ShouldMatch("^[0-9a-f]{16}$");
    }

    [Fact]
    public async Task Every_answer_carries_the_security_headers()
    {
        await using var portal = await Start();

        foreach (var path in new[] { "/settings", "/nothing", "/api/manners/thing", "/api/manners/broken", "/healthz" })
        {
            using var response = await portal.Http.GetAsync(path, Cancelled);
            response.Headers.GetValues("Content-Security-Policy").Single().ShouldContain("script-src 'self'; style-src 'self'", customMessage: path);
            response.Headers.GetValues("X-Content-Type-Options").ShouldBe(["nosniff"], path);
            response.Headers.Contains("Server").ShouldBeFalse(path);
        }
    }

    [Fact]
    public async Task An_answer_of_the_api_has_a_tag_and_is_not_sent_again_to_whoever_has_it()
    {
        await using var portal = await Start();
        using var first = await portal.Http.GetAsync("/api/manners/thing", Cancelled);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/manners/thing");
        request.Headers.IfNoneMatch.Add(first.Headers.ETag.ShouldNotBeNull());

        using var second = await portal.Http.SendAsync(request, Cancelled);

        second.StatusCode.ShouldBe(HttpStatusCode.NotModified);
        (await second.Content.ReadAsByteArrayAsync(Cancelled)).ShouldBeEmpty();
    }

    [Fact]
    public async Task An_endpoint_with_a_tag_of_its_own_keeps_it()
    {
        await using var portal = await Start();

        (await portal.Http.GetAsync("/api/manners/own-tag", Cancelled)).Headers.ETag!.Tag.ShouldBe("\"mine\"");
    }

    [Fact]
    public async Task A_long_answer_arrives_whole_and_without_a_tag()
    {
        await using var portal = await Start();
        using var response = await portal.Http.GetAsync("/api/manners/long", Cancelled);

        response.Headers.ETag.ShouldBeNull();
        (await response.Content.ReadFromJsonAsync<string>(Cancelled))!.Length.ShouldBe(400_000);
    }

    [Fact]
    public async Task A_mistake_in_the_api_tells_the_request_and_nothing_of_the_inside()
    {
        await using var portal = await Start();
        using var response = await portal.Http.GetAsync("/api/manners/broken", Cancelled);

        response.StatusCode.ShouldBe(HttpStatusCode.InternalServerError);
        response.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
        var problem = await response.Content.ReadFromJsonAsync<JsonElement>(Cancelled);
        problem.GetProperty("requestId").GetString().ShouldBe(response.Headers.GetValues("X-Request-Id").Single());
        problem.ToString().ShouldNotContain("inner secrets");
    }

    [Fact]
    public async Task A_database_that_is_away_is_said_to_be_away_and_when_to_ask_again()
    {
        await using var portal = await Start();
        using var response = await portal.Http.GetAsync("/api/manners/away", Cancelled);

        response.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        response.Headers.RetryAfter.ShouldNotBeNull();
        (await response.Content.ReadAsStringAsync(Cancelled)).ShouldContain("database cannot be reached");
    }

    [Fact]
    public async Task An_address_without_a_page_leads_on_to_a_search_and_escapes_what_was_typed()
    {
        await using var portal = await Start();

        var page = await portal.Page("/catalog/<b>dead-letter", Cancelled);

        page.QuerySelector("h1")!.TextContent.ShouldBe("There is nothing here");
        page.QuerySelector(".status-page a[href^='/find?q=']").ShouldNotBeNull();
        page.QuerySelector(".status-page b").ShouldBeNull();
    }

    [Fact]
    public async Task A_body_beyond_the_limit_is_refused()
    {
        await using var portal = await TestPortal.Start(new TestPortalOptions { Plugins = [Manners], Configuration = "server:\n  maxBodySize: 10KB\n" }, Cancelled);

        using var response = await portal.Http.PostAsync("/api/manners/echo", new StringContent(new string('x', 20_000)), Cancelled);

        response.StatusCode.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
        (await response.Content.ReadAsStringAsync(Cancelled)).ShouldContain("server.maxBodySize");
    }

    [Fact]
    public async Task Requests_beyond_the_limit_of_an_identity_are_told_to_wait()
    {
        await using var portal = await TestPortal.Start(
            new TestPortalOptions { Plugins = [Manners], Configuration = "server:\n  rateLimits:\n    perIdentityPerMinute: 8\n" }, Cancelled);

        var statuses = new List<HttpStatusCode>();
        for (var i = 0; i < 4; i++)
        {
            statuses.Add((await portal.Http.GetAsync("/api/manners/thing", Cancelled)).StatusCode);
        }

        statuses.ShouldContain(HttpStatusCode.OK);
        statuses[^1].ShouldBe(HttpStatusCode.TooManyRequests);
        (await portal.Http.GetAsync("/healthz", Cancelled)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task The_description_of_the_api_names_the_endpoints_of_plugins()
    {
        await using var portal = await Start();

        var description = await portal.Http.GetFromJsonAsync<JsonElement>("/openapi.json", Cancelled);

        description.GetProperty("paths").GetProperty("/api/manners/thing").GetProperty("get").GetProperty("summary").GetString().ShouldBe("One thing");
    }

    [Fact]
    public async Task Metrics_are_written_for_prometheus()
    {
        await using var portal = await Start();
        await portal.Http.GetAsync("/api/manners/thing", Cancelled);

        var metrics = await portal.Http.GetStringAsync("/metrics", Cancelled);

        metrics.ShouldContain("# TYPE http_server_request_duration_seconds histogram");
        metrics.ShouldContain("http_route=\"/api/manners/thing\"");
        metrics.ShouldContain("le=\"+Inf\"");
    }

    private static Task<TestPortal> Start() => TestPortal.Start(new TestPortalOptions { Plugins = [Manners] }, Cancelled);

    private static async Task<string> IdOf(TestPortal portal, string? id)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/healthz");
        if (id is not null)
        {
            request.Headers.TryAddWithoutValidation("X-Request-Id", id);
        }

        using var response = await portal.Http.SendAsync(request, Cancelled);
        return response.Headers.GetValues("X-Request-Id").Single();
    }
}
