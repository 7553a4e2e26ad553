using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;
using Microsoft.AspNetCore.Http;
using Stagedoor.Host.Loading;
using Stagedoor.Plugins;
using Stagedoor.Testing.Portals;

namespace Stagedoor.Host.Tests.Loading;

/// <summary>Whatever a plugin does wrong, the portal and the other plugins are there.</summary>
public sealed class FailingPluginTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_plugin_that_throws_at_start_leaves_its_api_answering_503_with_the_reason()
    {
        await using var portal = await Start(new TestPlugin("late", plugin => plugin
            .Api(api => api.MapGet("/", () => "here"))
            .OnStart((_, _) => throw new InvalidOperationException("the lamp is out"))));

        var response = await portal.Http.GetAsync("/api/late", Cancelled);

        response.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        (await response.Content.ReadAsStringAsync(Cancelled)).ShouldContain("Test late is not available");
        portal.Service<PluginRegistry>().Find("late")!.Reason.ShouldNotBeNull().ShouldContain("the lamp is out");
        (await portal.Http.GetAsync("/settings", Cancelled)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_plugin_leaves_with_the_one_it_needs_when_that_fails_at_start()
    {
        var started = false;
        await using var portal = await Start(
            new TestPlugin("early", plugin => plugin.Api(api => api.MapGet("/", () => "here")), "late"),
            new TestPlugin("late", plugin => plugin.OnStart((_, _) => throw new InvalidOperationException("the lamp is out"))),
            new TestPlugin("later", plugin => plugin.OnStart((_, _) => Task.FromResult(started = true)), "late"));

        (await portal.Http.GetAsync("/api/early", Cancelled)).StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        portal.Service<PluginRegistry>().Find("early")!.Reason.ShouldBe("It needs the plugin late, which is not active because it failed.");
        portal.Service<PluginRegistry>().Find("later")!.IsActive.ShouldBeFalse();
        started.ShouldBeFalse();
        using var kim = portal.As("kim");
        (await TestPortal.Page(kim, "/settings/plugins", Cancelled)).Body!.TextContent.ShouldContain("It needs the plugin late");
    }

    [Fact]
    public async Task An_endpoint_that_cannot_be_built_fails_its_plugin_and_breaks_no_route()
    {
        // Two bodies: the framework refuses to bind both.
        Delegate twoBodies = string (PickyOptions first, PickyOptions second) => "never";
        await using var portal = await Start(
            new TestPlugin("odd", plugin => plugin.Api(api => api.MapPost("/", twoBodies))),
            new TestPlugin("even", plugin => plugin.Api(api => api.MapGet("/", () => "here"))));

        portal.Service<PluginRegistry>().Find("odd")!.Reason.ShouldNotBeNull().ShouldContain("API could not be built");
        (await portal.Http.GetStringAsync("/api/even", Cancelled)).ShouldBe("here");
    }

    [Fact]
    public async Task An_endpoint_with_an_unknown_constraint_fails_its_plugin_and_breaks_no_route()
    {
        await using var portal = await Start(new TestPlugin("slugs", plugin => plugin.Api(api => api.MapGet("/{id:slug}", (string id) => id))));

        portal.Service<PluginRegistry>().Find("slugs")!.Reason.ShouldNotBeNull().ShouldContain("'slug'");
        (await portal.Http.GetStringAsync("/healthz", Cancelled)).ShouldBe("ok");
    }

    [Fact]
    public async Task A_service_that_cannot_be_built_does_not_stop_a_portal_in_development()
    {
        await using var portal = await Start(new TestPlugin("lonely", plugin => plugin
            .Job<NeedsWhatNobodyHas>(TimeSpan.FromHours(12), TimeSpan.FromMinutes(1))
            .Api(api => api.MapGet("/", () => "here"))));

        (await portal.Http.GetStringAsync("/api/lonely", Cancelled)).ShouldBe("here");
    }

    [Fact]
    public async Task A_card_that_asks_for_what_nobody_provides_fails_its_plugin_and_not_the_page()
    {
        await using var portal = await Start(
            new Stagedoor.Home.HomePlugin(), new TestPlugin("wishful", plugin => plugin.Slot(HomeSlots.Cards, typeof(WishfulCard))));

        portal.Service<PluginRegistry>().Find("wishful")!.Reason.ShouldNotBeNull().ShouldContain("WishfulCard asks for Wish");
        (await portal.Page("/", Cancelled)).QuerySelector("h1")!.TextContent.ShouldBe("Hello, Mae");
    }

    [Fact]
    public async Task Why_a_plugin_failed_is_told_only_to_those_who_run_the_portal()
    {
        await using var portal = await Start(new TestPlugin("late", plugin => plugin
            .Api(api => api.MapGet("/", () => "here"))
            .OnStart((_, _) => throw new InvalidOperationException("db.internal refused"))));
        using var kim = portal.As("kim");

        (await (await portal.Http.GetAsync("/api/late", Cancelled)).Content.ReadAsStringAsync(Cancelled)).ShouldNotContain("db.internal");
        (await (await kim.GetAsync("/api/late", Cancelled)).Content.ReadAsStringAsync(Cancelled)).ShouldContain("db.internal");
    }

    [Fact]
    public async Task A_mistake_in_the_section_of_a_plugin_fails_only_that_plugin()
    {
        await using var portal = await TestPortal.Start(
            new TestPortalOptions
            {
                Plugins = [new TestPlugin("picky", plugin => plugin.Options<PickyOptions>()), new TestPlugin("other", _ => { })],
                Configuration = "picky:\n  numbre: 3\n",
            },
            Cancelled);

        var plugin = portal.Service<PluginRegistry>().Find("picky")!;
        plugin.State.ShouldBe(PluginState.Failed);
        plugin.Reason.ShouldNotBeNull().ShouldContain("number");
        portal.Service<PluginRegistry>().Find("other")!.IsActive.ShouldBeTrue();
    }

    [Fact]
    public async Task A_card_that_throws_leaves_the_rest_of_the_home_page()
    {
        await using var portal = await Start(
            new Stagedoor.Home.HomePlugin(),
            new TestPlugin("cards", plugin => plugin.Slot(HomeSlots.Cards, typeof(ThrowingCard)).Slot(HomeSlots.Cards, typeof(CalmCard))));

        var page = await portal.Page("/", Cancelled);

        page.Body!.TextContent.ShouldContain("All is calm");
        page.Body!.TextContent.ShouldContain("could not be shown");
        page.Body!.TextContent.ShouldNotContain("card on fire");
    }

    [Fact]
    public async Task Disabling_takes_effect_at_the_next_start_and_is_in_the_audit_record()
    {
        await using var portal = await Start(new TestPlugin("temporary", _ => { }));
        var plugins = portal.Service<PluginSwitch>();
        var plugin = portal.Service<PluginRegistry>().Find("temporary")!;

        await plugins.Disable(plugin, Caller.Anonymous, Cancelled);

        plugin.IsActive.ShouldBeTrue();
        (await plugins.Disabled(Cancelled)).ShouldBe(["temporary"]);
        (await portal.Service<IAudit>().List(new AuditFilter { ActionPrefix = "plugins." }, Cancelled)).ShouldHaveSingleItem().Subject.ShouldBe("Test temporary");
    }

    private static Task<TestPortal> Start(params IPlugin[] plugins) => TestPortal.Start(new TestPortalOptions { Plugins = plugins }, Cancelled);

    private sealed class Wish;

    private sealed class NeedsWhatNobodyHas(Wish wish) : IScheduledJob
    {
        public Task Run(JobContext job, CancellationToken cancellationToken) => Task.FromResult(wish);
    }

    public sealed class WishfulCard : ComponentBase
    {
        [Parameter] public Caller? Context { get; set; }

        [Inject] private Wish Wished { get; set; } = null!;
    }

    private sealed class PickyOptions
    {
        public int Number { get; set; }
    }

    public sealed class ThrowingCard : ComponentBase
    {
        [Parameter] public Caller? Context { get; set; }

        protected override async Task OnInitializedAsync()
        {
            await Task.Yield();
            throw new InvalidOperationException("card on fire");
        }
    }

    public sealed class CalmCard : ComponentBase
    {
        [Parameter] public Caller? Context { get; set; }

        protected override void BuildRenderTree(RenderTreeBuilder builder) => builder.AddContent(0, "All is calm");
    }
}
