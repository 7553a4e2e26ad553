using System.Net;
using Stagedoor.EndToEnd.Tests.Portals;
using Stagedoor.Testing.Databases;
using Stagedoor.Testing.Processes;

namespace Stagedoor.EndToEnd.Tests.BadDays;

/// <summary>A PostgreSQL that is late, or goes away: the portal says so, loses nothing, and recovers by itself.</summary>
public sealed class DatabaseOutageTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task While_the_database_is_down_at_start_the_portal_waits_and_shows_that_it_is_starting()
    {
        await using var database = await TemporaryPostgres.Create(Cancelled);
        await using var relay = new Relay(database.Port);
        await using var portal = PortalProcess.Launch(new PortalProcessOptions { Postgres = database.Through(relay) });

        await portal.Until("/healthz", answer => answer.StatusCode == HttpStatusCode.OK, Cancelled);
        using var ready = await Get(portal, "/readyz");
        using var page = await Get(portal, "/", "text/html");
        using var api = await Get(portal, "/api/portal/jobs", "application/json");

        ready.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        page.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        page.Content.Headers.ContentType?.MediaType.ShouldBe("text/html");
        page.Headers.RetryAfter.ShouldNotBeNull();
        (await page.Content.ReadAsStringAsync(Cancelled)).ShouldContain("<h1");
        api.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        api.Content.Headers.ContentType?.MediaType.ShouldBe("application/problem+json");
        portal.HasExited.ShouldBeFalse();
        portal.Output.ShouldContain("PostgreSQL");
    }

    [Fact]
    public async Task A_database_that_comes_up_late_is_used_without_a_restart()
    {
        await using var database = await TemporaryPostgres.Create(Cancelled);
        await using var relay = new Relay(database.Port);
        await using var portal = PortalProcess.Launch(new PortalProcessOptions { Postgres = database.Through(relay) });
        await portal.Until("/healthz", answer => answer.StatusCode == HttpStatusCode.OK, Cancelled);
        using var before = await Get(portal, "/readyz");

        relay.Restore();
        await portal.UntilReady(Cancelled);

        before.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        using var page = await Get(portal, "/", "text/html");
        page.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_database_that_goes_away_makes_pages_say_so_and_comes_back_by_itself()
    {
        await using var database = await TemporaryPostgres.Create(Cancelled);
        await using var relay = new Relay(database.Port);
        relay.Restore();
        await using var portal = await PortalProcess.Start(
            new PortalProcessOptions { Postgres = database.Through(relay), PluginFolders = [ChaosPlugin.Published] }, Cancelled);
        var id = await portal.StartOperation(Cancelled);
        await Eventually.Reach(
            "Some items are handled", TimeSpan.FromSeconds(30), () => portal.FindOperation(id, Cancelled), operation => operation.Distinct > 10, Cancelled);

        await relay.Cut();
        await portal.Until("/readyz", answer => answer.StatusCode == HttpStatusCode.ServiceUnavailable, Cancelled);
        using var page = await Get(portal, "/settings/jobs", "text/html");
        using var api = await Get(portal, "/api/chaos/beats", "application/json");
        using var alive = await Get(portal, "/healthz");
        relay.Restore();
        await portal.UntilReady(Cancelled);
        var after = await Eventually.Reach(
            "The operation is finished", TimeSpan.FromSeconds(90), () => portal.FindOperation(id, Cancelled), operation => operation.State == "Succeeded", Cancelled);

        page.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        (await page.Content.ReadAsStringAsync(Cancelled)).ShouldNotContain("Npgsql");
        api.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        api.Content.Headers.ContentType?.MediaType.ShouldBe("application/problem+json");
        alive.StatusCode.ShouldBe(HttpStatusCode.OK);
        after.Distinct.ShouldBe(200);
    }

    private static Task<HttpResponseMessage> Get(PortalProcess portal, string path, string accept = "*/*") =>
        portal.Http.SendAsync(new HttpRequestMessage(HttpMethod.Get, path) { Headers = { { "Accept", accept } } }, Cancelled);
}
