using Stagedoor.EndToEnd.Tests.Portals;

namespace Stagedoor.EndToEnd.Tests.Http;

/// <summary>Every answer carries the headers that keep a browser safe, those of errors and of APIs too.</summary>
public sealed class SecurityHeadersTests(SharedPortals portals)
{
    [Theory]
    [InlineData("/")]
    [InlineData("/ui")]
    [InlineData("/settings/plugins")]
    [InlineData("/no/such/page")]
    [InlineData("/api/portal/jobs")]
    [InlineData("/api/no/such/route")]
    [InlineData("/openapi.json")]
    [InlineData("/healthz")]
    [InlineData("/readyz")]
    [InlineData("/metrics")]
    public async Task An_answer_is_guarded(string path)
    {
        var portal = await portals.Guest();

        using var answer = await portal.Http.GetAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);

        var policy = Header(answer, "Content-Security-Policy");
        policy.ShouldContain("script-src 'self'");
        policy.ShouldContain("style-src 'self'");
        policy.ShouldNotContain("unsafe-inline");
        policy.ShouldNotContain("unsafe-eval");
        policy.ShouldContain("frame-ancestors");
        Header(answer, "X-Content-Type-Options").ShouldBe("nosniff");
        Header(answer, "Referrer-Policy").ShouldNotBeEmpty();
        answer.Headers.Contains("Server").ShouldBeFalse();
        answer.Headers.Contains("X-Powered-By").ShouldBeFalse();
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/api/portal/jobs")]
    [InlineData("/no/such/page")]
    public async Task An_answer_carries_a_request_id_and_keeps_the_callers(string path)
    {
        var portal = await portals.Guest();
        using var request = new HttpRequestMessage(HttpMethod.Get, path) { Headers = { { "X-Request-Id", "from-a-proxy-42" } } };

        using var own = await portal.Http.GetAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);
        using var kept = await portal.Http.SendAsync(request, TestContext.Current.CancellationToken);

        Header(own, "X-Request-Id").ShouldNotBeEmpty();
        Header(kept, "X-Request-Id").ShouldBe("from-a-proxy-42");
    }

    [Fact]
    public async Task A_request_id_that_could_harm_a_log_is_not_kept()
    {
        var portal = await portals.Guest();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/healthz");
        request.Headers.TryAddWithoutValidation("X-Request-Id", "<script>" + new string('x', 500));

        using var answer = await portal.Http.SendAsync(request, TestContext.Current.CancellationToken);

        Header(answer, "X-Request-Id").ShouldNotContain("script");
    }

    private static string Header(HttpResponseMessage answer, string name) =>
        answer.Headers.TryGetValues(name, out var values) ? string.Join(' ', values) : answer.Content.Headers.TryGetValues(name, out values) ? string.Join(' ', values) : "";
}
