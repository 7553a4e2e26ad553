using System.Net;
using System.Net.Http.Json;
using Stagedoor.EndToEnd.Tests.Portals;
using Stagedoor.Testing.Processes;

namespace Stagedoor.EndToEnd.Tests.BadDays;

/// <summary>However a portal ends, what it was told is kept.</summary>
public sealed class StoppingTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_request_under_way_is_finished_before_the_portal_ends()
    {
        await using var portal = await PortalProcess.Start(new PortalProcessOptions { PluginFolders = [ChaosPlugin.Published] }, Cancelled);
        var slow = portal.Http.GetAsync(new Uri("api/chaos/wait/3000", UriKind.Relative), Cancelled);
        await Task.Delay(500, Cancelled);

        portal.BeginStop();
        using var answer = await slow;
        var code = await portal.UntilExit(Cancelled);

        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await answer.Content.ReadFromJsonAsync<string>(Cancelled)).ShouldBe("done");
        code.ShouldBe(0, portal.Describe("A stop that was asked for is a success"));
    }

    [Fact]
    public async Task A_request_that_does_not_end_is_left_after_20_seconds()
    {
        await using var portal = await PortalProcess.Start(new PortalProcessOptions { PluginFolders = [ChaosPlugin.Published] }, Cancelled);
        var endless = portal.Http.GetAsync(new Uri("api/chaos/wait/30000", UriKind.Relative), Cancelled);
        await Task.Delay(500, Cancelled);

        portal.BeginStop();
        await portal.UntilExit(Cancelled).WaitAsync(TimeSpan.FromSeconds(27), Cancelled);

        await Should.ThrowAsync<HttpRequestException>(async () => (await endless).EnsureSuccessStatusCode());
    }

    [Fact]
    public async Task An_operation_goes_on_after_kill_9_and_passes_over_what_is_done()
    {
        await using var portal = await PortalProcess.Start(new PortalProcessOptions { PluginFolders = [ChaosPlugin.Published] }, Cancelled);
        var id = await portal.StartOperation(Cancelled);
        var before = await Eventually.Reach(
            "Some items are handled", TimeSpan.FromSeconds(30), () => portal.FindOperation(id, Cancelled), operation => operation.Distinct > 20, Cancelled);

        await portal.Kill();
        await portal.StartAgain(Cancelled);
        var after = await Eventually.Reach(
            "The operation is finished", TimeSpan.FromSeconds(60), () => portal.FindOperation(id, Cancelled), operation => operation.State == "Succeeded", Cancelled);

        after.Distinct.ShouldBe(200);
        after.Times.ShouldBeInRange(200, 230, "Only what was handled in the moment before the kill may be handled again");
        after.Replicas.Count.ShouldBe(2);
        after.Attempt.ShouldBeGreaterThan(before.Attempt);
    }

    [Fact]
    public async Task Everything_acknowledged_before_kill_9_is_there_afterwards()
    {
        await using var portal = await PortalProcess.Start(new PortalProcessOptions { PluginFolders = [ChaosPlugin.Published] }, Cancelled);
        for (var round = 0; round < 3; round++)
        {
            var acknowledged = new List<Guid>();
            for (var i = 0; i < 10; i++)
            {
                acknowledged.Add(await portal.StartOperation(Cancelled));
            }

            await portal.Kill();
            await portal.StartAgain(Cancelled);

            foreach (var id in acknowledged)
            {
                using var answer = await portal.Http.GetAsync(new Uri($"api/chaos/operations/{id}", UriKind.Relative), Cancelled);
                answer.StatusCode.ShouldBe(HttpStatusCode.OK);
            }
        }
    }

    [Fact]
    public async Task The_executable_runs_from_any_directory_and_carries_the_sample()
    {
        var elsewhere = Directory.CreateTempSubdirectory("stagedoor-elsewhere-");
        try
        {
            await using var portal = await PortalProcess.Start(new PortalProcessOptions { Sample = "polaris", WorkingDirectory = elsewhere.FullName }, Cancelled);

            var home = await portal.Http.GetStringAsync(portal.Address, Cancelled);

            home.ShouldContain("Mae");
            elsewhere.EnumerateFileSystemInfos().ShouldBeEmpty("A portal whose data lies elsewhere leaves nothing where it was started");
        }
        finally
        {
            elsewhere.Delete(recursive: true);
        }
    }
}
