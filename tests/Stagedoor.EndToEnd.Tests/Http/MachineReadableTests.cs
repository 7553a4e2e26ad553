using System.Net.Http.Json;
using System.Text.Json;
using Stagedoor.EndToEnd.Tests.Portals;

namespace Stagedoor.EndToEnd.Tests.Http;

/// <summary>What programs read of a portal.</summary>
public sealed class MachineReadableTests(SharedPortals portals)
{
    [Fact]
    public async Task The_description_of_the_api_covers_the_host_and_the_plugins()
    {
        var portal = await portals.Chaotic();

        var description = await portal.Http.GetFromJsonAsync<JsonElement>("/openapi.json", TestContext.Current.CancellationToken);

        description.GetProperty("openapi").GetString()!.ShouldStartWith("3.");
        var paths = description.GetProperty("paths").EnumerateObject().Select(path => path.Name).ToList();
        paths.ShouldContain(path => path.StartsWith("/api/portal/jobs", StringComparison.Ordinal));
        paths.ShouldContain("/api/chaos/operations");
    }

    [Fact]
    public async Task The_metrics_count_what_was_asked()
    {
        var portal = await portals.Guest();
        using var _ = await portal.Http.GetAsync(new Uri("/", UriKind.Relative), TestContext.Current.CancellationToken);

        var metrics = await portal.Http.GetStringAsync(new Uri("/metrics", UriKind.Relative), TestContext.Current.CancellationToken);

        metrics.ShouldContain("# TYPE ");
        metrics.ShouldContain("http_server_request_duration");
    }

    [Fact]
    public async Task The_palette_finds_a_page_by_its_name()
    {
        var portal = await portals.Guest();

        var found = await portal.Http.GetStringAsync(new Uri("/api/portal/palette?q=jobs", UriKind.Relative), TestContext.Current.CancellationToken);

        found.ShouldContain("/settings/jobs");
    }

    [Fact]
    public async Task What_has_not_changed_is_not_sent_again()
    {
        var portal = await portals.Guest();
        using var first = await portal.Http.GetAsync(new Uri("/api/portal/plugins", UriKind.Relative), TestContext.Current.CancellationToken);
        first.Headers.ETag.ShouldNotBeNull();
        using var again = new HttpRequestMessage(HttpMethod.Get, "/api/portal/plugins") { Headers = { IfNoneMatch = { first.Headers.ETag! } } };

        using var second = await portal.Http.SendAsync(again, TestContext.Current.CancellationToken);

        second.StatusCode.ShouldBe(System.Net.HttpStatusCode.NotModified);
    }
}
