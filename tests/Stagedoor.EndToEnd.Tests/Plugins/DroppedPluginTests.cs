using System.Net;
using System.Net.Http.Json;
using Stagedoor.EndToEnd.Tests.Pages;
using Stagedoor.EndToEnd.Tests.Portals;
using Stagedoor.Testing.Browser;
using Stagedoor.Testing.Processes;

namespace Stagedoor.EndToEnd.Tests.Plugins;

/// <summary>A stranger's plugin works from its folder, and whatever it breaks, it breaks for itself.</summary>
public sealed class DroppedPluginTests(SharedPortals portals, BrowserFixture browser)
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Its_page_stands_in_the_shell_and_in_the_navigation()
    {
        var portal = await portals.Chaotic();
        await using var visitor = await browser.Open(View.Desktop);

        await visitor.Go(portal.At("/chaos"));

        (await visitor.Page.Locator("main h1").First.InnerTextAsync()).ShouldBe("Chaos");
        (await visitor.Page.Locator("nav a[href='/chaos']").CountAsync()).ShouldBeGreaterThan(0);
        await visitor.ShouldBeAccessible();
    }

    [Fact]
    public async Task A_card_that_throws_leaves_the_other_cards_and_tells_no_detail()
    {
        var portal = await portals.Chaotic();

        var home = await portal.Http.GetStringAsync(portal.Address, Cancelled);

        home.ShouldContain("chaos-healthy");
        home.ShouldNotContain("chaos-broken");
        home.ShouldNotContain("s3cret-detail");
    }

    [Fact]
    public async Task A_page_that_throws_is_a_designed_page_and_tells_no_detail()
    {
        var portal = await portals.Chaotic();

        using var request = new HttpRequestMessage(HttpMethod.Get, "/chaos/broken") { Headers = { { "Accept", "text/html" } } };
        using var answer = await portal.Http.SendAsync(request, Cancelled);
        var html = await answer.Content.ReadAsStringAsync(Cancelled);

        answer.StatusCode.ShouldBe(HttpStatusCode.InternalServerError);
        html.ShouldContain("<h1");
        html.ShouldNotContain("s3cret-detail");
    }

    [Fact]
    public async Task A_route_that_throws_answers_a_problem_with_the_request_id_and_no_detail()
    {
        var portal = await portals.Chaotic();

        using var answer = await portal.Http.GetAsync(portal.At("/api/chaos/throw"), Cancelled);
        var problem = await answer.Content.ReadAsStringAsync(Cancelled);

        answer.StatusCode.ShouldBe(HttpStatusCode.InternalServerError);
        answer.Content.Headers.ContentType?.MediaType.ShouldBe("application/problem+json");
        problem.ShouldNotContain("s3cret-detail");
        problem.ShouldContain(answer.Headers.GetValues("X-Request-Id").Single());
    }

    [Fact]
    public async Task A_job_that_throws_is_shown_as_failed_and_the_others_run_on()
    {
        var portal = await portals.Chaotic();

        var beats = await Eventually.Reach("The job beats", TimeSpan.FromSeconds(60), () => portal.Beats(Cancelled), beats => beats.Count > 2, Cancelled);
        var explode = await Eventually.Reach(
            "The failure is told", TimeSpan.FromSeconds(30), () => AsProbe(portal, "/settings/jobs/chaos.explode"), html => html.Contains("made to explode", StringComparison.Ordinal), Cancelled);

        beats.DistinctFirings.ShouldBe(beats.Count);
        explode.ShouldContain("failed");
    }

    [Fact]
    public async Task The_page_of_plugins_lists_it_with_its_owner()
    {
        var portal = await portals.Chaotic();

        var html = await AsProbe(portal, "/settings/plugins");

        html.ShouldContain("Chaos");
        html.ShouldContain("Acme");
    }

    [Theory]
    [InlineData("CHAOS_THROWS_IN_CONFIGURE", "told to fail in Configure", HttpStatusCode.NotFound)]
    [InlineData("CHAOS_THROWS_AT_START", "told to fail at start", HttpStatusCode.ServiceUnavailable)]
    public async Task A_plugin_that_cannot_start_is_shown_as_failed_and_the_portal_runs_without_it(string variable, string reason, HttpStatusCode ofItsRoutes)
    {
        await using var portal = await PortalProcess.Start(
            new PortalProcessOptions { PluginFolders = [ChaosPlugin.Published], Variables = new Dictionary<string, string?> { [variable] = "true" } }, Cancelled);

        using var home = await portal.Http.GetAsync(portal.Address, Cancelled);
        using var api = await portal.Http.GetAsync(portal.At("/api/chaos/beats"), Cancelled);
        var plugins = await portal.Http.GetStringAsync(portal.At("/settings/plugins"), Cancelled);

        home.StatusCode.ShouldBe(HttpStatusCode.OK);
        api.StatusCode.ShouldBe(ofItsRoutes);
        plugins.ShouldContain("Chaos");
        plugins.ShouldContain(reason);
    }

    [Fact]
    public async Task A_first_party_plugin_published_into_the_folder_works_in_the_place_of_the_compiled_in_one()
    {
        using var build = new SampleBuild();
        var published = await build.PublishFirstParty("plugins/Home/src", Cancelled);

        await using var portal = await PortalProcess.Start(new PortalProcessOptions { Sample = "polaris", Configuration = Configurations.WithProbe, PluginFolders = [published] }, Cancelled);

        (await AsProbe(portal, "/api/portal/plugins")).ShouldContain("\"id\":\"home\",\"name\":\"Home\",\"description\":\"The page one starts from.\",\"version\":\"0.1.0\",\"owner\":\"Stagedoor\",\"origin\":\"folder\",\"state\":\"active\"");
        (await portal.Http.GetStringAsync(portal.Address, Cancelled)).ShouldContain("Hello, Mae");
    }

    [Fact]
    public async Task A_page_gets_typed_parameters_from_its_address()
    {
        var portal = await portals.Chaotic();

        (await portal.Http.GetStringAsync(portal.At("/chaos/number/41"), Cancelled)).ShouldContain("and one more is 42");
        using var wrong = await portal.Http.GetAsync(portal.At("/chaos/number/many"), Cancelled);
        wrong.StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task A_folder_that_holds_no_plugin_is_told_of_and_harms_nobody()
    {
        var data = Directory.CreateTempSubdirectory("stagedoor-data-");
        try
        {
            var folder = Directory.CreateDirectory(Path.Combine(data.FullName, "plugins", "Nonsense"));
            await File.WriteAllTextAsync(Path.Combine(folder.FullName, "Nonsense.deps.json"), "{}", Cancelled);
            await File.WriteAllTextAsync(Path.Combine(folder.FullName, "Nonsense.dll"), "not an assembly", Cancelled);

            await using var portal = await PortalProcess.Start(new PortalProcessOptions { DataDirectory = data.FullName }, Cancelled);
            var plugins = await portal.Http.GetStringAsync(portal.At("/settings/plugins"), Cancelled);

            plugins.ShouldContain("Nonsense");
        }
        finally
        {
            data.Delete(recursive: true);
        }
    }

    private static async Task<string> AsProbe(PortalProcess portal, string path)
    {
        using var request = HttpMethod.Get.AsProbe(path);
        using var answer = await portal.Http.SendAsync(request, Cancelled);
        return await answer.Content.ReadAsStringAsync(Cancelled);
    }
}
