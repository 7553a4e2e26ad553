using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Stagedoor.Host.Loading;
using Stagedoor.Plugins;

namespace Stagedoor.Host.Tests.Loading;

public sealed class PluginLoaderTests
{
    [Fact]
    public void A_plugin_that_throws_while_configuring_itself_is_failed_with_the_reason()
    {
        var registry = Load(new TestPlugin("broken", _ => throw new InvalidOperationException("no such luck")), new TestPlugin("fine", _ => { }));

        registry.Find("broken")!.State.ShouldBe(PluginState.Failed);
        registry.Find("broken")!.Reason.ShouldNotBeNull().ShouldContain("no such luck");
        registry.Find("fine")!.IsActive.ShouldBeTrue();
    }

    [Theory]
    [InlineData("Dead-Letters", "kebab case")]
    [InlineData("dead_letters", "kebab case")]
    [InlineData("dead--letters", "kebab case")]
    [InlineData("a-name-that-is-far-too-long-to-be-the-id-of-a-plugin", "kebab case")]
    [InlineData("server", "uses itself")]
    [InlineData("portal", "uses itself")]
    public void An_id_that_cannot_name_tables_and_addresses_is_refused(string id, string reason) =>
        Fault(new TestPlugin(id, _ => { })).ShouldContain(reason);

    [Fact]
    public void The_second_plugin_with_an_id_is_refused_and_the_first_stays()
    {
        var registry = Load(new TestPlugin("twin", _ => { }), new TestPlugin("twin", _ => { }));

        registry.All.Count(plugin => plugin.Id == "twin" && plugin.IsActive).ShouldBe(1);
        registry.Find("twin")!.IsActive.ShouldBeTrue();
        registry.All.Single(plugin => plugin.State == PluginState.Failed).Reason.ShouldNotBeNull().ShouldContain("already");
    }

    [Fact]
    public void A_permission_of_another_name_is_refused() =>
        Fault(new TestPlugin("mine", plugin => plugin.Permission(new Permission("yours.read", ""), Role.Everyone))).ShouldContain("must start with 'mine.'");

    [Fact]
    public void Two_plugins_cannot_own_one_compatible_address()
    {
        var registry = Load(
            new TestPlugin("first", plugin => plugin.CompatibleApi("/api/scaffolder", _ => { })),
            new TestPlugin("second", plugin => plugin.CompatibleApi("/api/scaffolder", _ => { })));

        registry.Find("second")!.Reason.ShouldNotBeNull().ShouldContain("belongs to the plugin first");
    }

    [Fact]
    public void A_service_of_the_portal_cannot_be_replaced() =>
        Fault(new TestPlugin("thief", plugin => plugin.Services.AddSingleton<IDatabase>(_ => null!))).ShouldContain("IDatabase, which belongs to the portal");

    [Fact]
    public void A_hosted_service_is_refused_because_it_could_stop_the_portal() =>
        Fault(new TestPlugin("host", plugin => plugin.Services.AddHostedService<Idle>())).ShouldContain("Use Job or OnStart");

    [Fact]
    public void A_job_declared_twice_is_refused() =>
        Fault(new TestPlugin("busy", plugin => plugin.Job<Nothing>(TimeSpan.FromHours(1), TimeSpan.FromMinutes(1)).Job<Nothing>(TimeSpan.FromHours(2), TimeSpan.FromMinutes(1))))
            .ShouldContain("busy.nothing twice");

    [Fact]
    public void A_component_without_the_context_of_its_slot_fails_the_plugin() =>
        Fault(new TestPlugin("cards", plugin => plugin.Slot(HomeSlots.Cards, typeof(NoContext)))).ShouldContain("[Parameter] named Context");

    [Fact]
    public void A_plugin_disabled_in_the_configuration_is_not_even_configured()
    {
        var asked = false;
        var registry = new PluginLoader().Load(new PortalPlugin(withSample: false), [new TestPlugin("off", _ => asked = true)], [], new HashSet<string> { "off" });

        registry.Find("off")!.State.ShouldBe(PluginState.Disabled);
        asked.ShouldBeFalse();
    }

    [Fact]
    public void A_plugin_from_the_folder_takes_the_place_of_a_first_party_one()
    {
        var found = new FoundPlugin("/plugins/Newer", new TestPlugin("same", _ => { }), "2.0.0", PluginState.Active, null);

        var registry = new PluginLoader().Load(new PortalPlugin(withSample: false), [new TestPlugin("same", _ => { })], [found], new HashSet<string>());

        registry.All.Where(plugin => plugin.Id == "same").ShouldHaveSingleItem().Origin.ShouldBe(PluginOrigin.Folder);
    }

    [Fact]
    public void A_plugin_whose_need_is_not_there_is_not_active_and_neither_is_who_needs_it()
    {
        var registry = Load(
            new TestPlugin("last", _ => { }, "middle"), new TestPlugin("middle", _ => { }, "absent"), new TestPlugin("broken", _ => throw new InvalidOperationException("no")),
            new TestPlugin("leaning", _ => { }, "broken"), new TestPlugin("one", _ => { }, "other"), new TestPlugin("other", _ => { }, "one"));

        registry.Find("middle")!.Reason.ShouldBe("It needs the plugin absent, which is not installed.");
        registry.Find("last")!.Reason.ShouldBe("It needs the plugin middle, which is not active because it failed.");
        registry.Find("leaning")!.Reason.ShouldBe("It needs the plugin broken, which is not active because it failed.");
        registry.Active.Select(plugin => plugin.Id).ShouldBe(["portal", "one", "other"]);
    }

    [Fact]
    public void A_plugin_whose_need_is_disabled_is_disabled_with_it()
    {
        var registry = new PluginLoader().Load(new PortalPlugin(withSample: false), [new TestPlugin("off", _ => { }), new TestPlugin("leaning", _ => { }, "off")], [], new HashSet<string> { "off" });

        registry.Find("leaning")!.State.ShouldBe(PluginState.Disabled);
        registry.Find("leaning")!.Reason.ShouldBe("It needs the plugin off, which is disabled.");
    }

    [Theory]
    [InlineData("0.1.0.0", true)]
    [InlineData("0.2.0.0", false)]
    [InlineData("1.0.0.0", false)]
    public void Before_1_0_only_the_same_minor_version_of_the_contract_fits(string builtFor, bool fits) =>
        PluginFolder.IsCompatible(Version.Parse(builtFor)).ShouldBe(fits);

    [Fact]
    public void A_folder_without_a_plugin_says_what_it_needs()
    {
        var root = Directory.CreateTempSubdirectory();
        Directory.CreateDirectory(Path.Combine(root.FullName, "Empty"));
        File.WriteAllText(Path.Combine(Directory.CreateDirectory(Path.Combine(root.FullName, "Wrong")).FullName, "Wrong.deps.json"), "{}");
        File.WriteAllText(Path.Combine(root.FullName, "Wrong", "Wrong.dll"), "not an assembly");

        var found = new PluginFolder(root.FullName).Find(new HashSet<string>());

        found.Count.ShouldBe(2);
        found[0].Reason.ShouldNotBeNull().ShouldContain("dotnet publish");
        found[1].State.ShouldBe(PluginState.Failed);
        found[1].Reason.ShouldNotBeNull().ShouldContain("could not be loaded");
        root.Delete(recursive: true);
    }

    private static PluginRegistry Load(params IPlugin[] plugins) => new PluginLoader().Load(new PortalPlugin(withSample: false), plugins, [], new HashSet<string>());

    private static string Fault(IPlugin plugin)
    {
        var loaded = Load(plugin).All.Single(candidate => candidate.Origin == PluginOrigin.FirstParty);
        loaded.State.ShouldBe(PluginState.Failed);
        return loaded.Reason.ShouldNotBeNull();
    }

    private sealed class Idle : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }

    private sealed class Nothing : IScheduledJob
    {
        public Task Run(JobContext job, CancellationToken cancellationToken) => Task.CompletedTask;
    }

    private sealed class NoContext : Microsoft.AspNetCore.Components.ComponentBase;
}
