using System.Net;
using Stagedoor.EndToEnd.Tests.Pages;
using Stagedoor.Testing.Browser;
using Stagedoor.Testing.Processes;

namespace Stagedoor.EndToEnd.Tests.Plugins;

/// <summary>The sample plugin works dropped in and compiled in, from the same sources.</summary>
[Collection(nameof(BirthdaysTests))]
public sealed class BirthdaysTests(BrowserFixture browser)
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Packed_built_and_dropped_into_the_folder_it_works_after_a_restart()
    {
        Needs.Chromium();
        using var sample = new SampleBuild();
        var published = await sample.Publish(Cancelled);
        await using var portal = await PortalProcess.Start(new PortalProcessOptions { Sample = "polaris" }, Cancelled);
        using var before = await portal.Http.GetAsync(portal.At("/birthdays"), Cancelled);

        DroppedPlugin.Into(portal.DataDirectory, published);
        await portal.Restart(Cancelled);

        before.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        await Works(portal);
    }

    [Fact]
    public async Task Compiled_in_it_works()
    {
        Needs.Chromium();
        using var sample = new SampleBuild();
        var executable = await sample.CompileIn(Cancelled);
        await using var portal = await PortalProcess.Start(new PortalProcessOptions { Sample = "polaris", Executable = executable }, Cancelled);

        await Works(portal);
    }

    private async Task Works(PortalProcess portal)
    {
        await using var visitor = await browser.Open(View.Desktop);
        await visitor.Go(portal.At("/birthdays"));
        await visitor.Page.GetByLabel("Day and month").FillAsync("31.12.");
        await visitor.Page.Locator("main").GetByText("Save", new() { Exact = true }).ClickAsync();
        await visitor.Page.Locator(".toast").First.WaitForAsync();
        visitor.Complaints.ShouldBeEmpty(portal.Describe("The page of birthdays"));

        (await visitor.Page.Locator(".toast").First.InnerTextAsync()).ShouldContain("saved");
        (await visitor.Page.EvaluateAsync<bool>("customElements.get('birthday-countdown') !== undefined")).ShouldBeTrue("The island's script has run");
        await visitor.ShouldBeAccessible();
        await portal.Restart(Cancelled);
        using var kept = await portal.Http.GetAsync(portal.At("/api/birthdays"), Cancelled);
        kept.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await portal.Http.GetStringAsync(portal.Address, Cancelled)).ShouldContain("/birthdays");
    }
}

/// <summary>Builds take both cores.</summary>
[CollectionDefinition(nameof(BirthdaysTests), DisableParallelization = true)]
public sealed class BirthdaysAlone;
