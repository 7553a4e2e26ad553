using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Stagedoor.EndToEnd.Tests.Portals;

namespace Stagedoor.EndToEnd.Tests.Http;

/// <summary>Who gets in, and what the others are told.</summary>
public sealed class IdentityTests(SharedPortals portals)
{
    [Theory]
    [InlineData("/api/portal/jobs")]
    [InlineData("/api/portal/operations")]
    [InlineData("/api/portal/palette?q=home")]
    [InlineData("/api/portal/ping")]
    public async Task In_production_an_api_answers_nobody_and_says_why(string path)
    {
        var portal = await portals.Production();

        using var answer = await portal.Http.GetAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);

        answer.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        answer.Content.Headers.ContentType?.MediaType.ShouldBe("application/problem+json");
        var problem = await answer.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken);
        problem.GetProperty("status").GetInt32().ShouldBe(401);
        problem.GetProperty("title").GetString().ShouldNotBeNullOrEmpty();
        answer.Headers.WwwAuthenticate.ShouldNotBeEmpty();
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/settings/jobs")]
    public async Task In_production_a_page_is_shown_to_nobody(string path)
    {
        var portal = await portals.Production();
        using var request = new HttpRequestMessage(HttpMethod.Get, path) { Headers = { { "Accept", "text/html" } } };

        using var answer = await portal.Http.SendAsync(request, TestContext.Current.CancellationToken);

        answer.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        answer.Content.Headers.ContentType?.MediaType.ShouldBe("text/html");
    }

    [Theory]
    [InlineData("/api/portal/jobs")]
    [InlineData("/api/portal/operations")]
    [InlineData("/api/portal/ping")]
    public async Task A_service_with_a_token_gets_in(string path)
    {
        var portal = await portals.Production();
        using var request = HttpMethod.Get.AsProbe(path);

        using var answer = await portal.Http.SendAsync(request, TestContext.Current.CancellationToken);

        answer.StatusCode.ShouldBe(HttpStatusCode.OK, portal.Describe(path));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_wrong_token_gets_nobody_in_not_even_where_none_is_needed(bool production)
    {
        var portal = production ? await portals.Production() : await portals.Guest();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/portal/jobs") { Headers = { Authorization = new AuthenticationHeaderValue("Bearer", "guessed") } };

        using var answer = await portal.Http.SendAsync(request, TestContext.Current.CancellationToken);

        answer.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Theory]
    [InlineData("/healthz")]
    [InlineData("/readyz")]
    public async Task Whoever_watches_over_the_process_needs_no_identity(string path)
    {
        var portal = await portals.Production();

        using var answer = await portal.Http.GetAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);

        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Another_site_cannot_make_a_browser_act()
    {
        var portal = await portals.Guest();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/portal/operations") { Headers = { { "Origin", "https://evil.example" } } };

        using var answer = await portal.Http.SendAsync(request, TestContext.Current.CancellationToken);

        answer.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task A_route_that_is_not_there_is_a_problem_and_not_a_page()
    {
        var portal = await portals.Guest();

        using var answer = await portal.Http.GetAsync(new Uri("/api/no/such/route", UriKind.Relative), TestContext.Current.CancellationToken);

        answer.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        answer.Content.Headers.ContentType?.MediaType.ShouldBe("application/problem+json");
    }
}
