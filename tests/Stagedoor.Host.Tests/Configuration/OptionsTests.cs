using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Stagedoor.Host.Configuration;
using Stagedoor.Host.Configuration.Sections;
using Stagedoor.Plugins;

namespace Stagedoor.Host.Tests.Configuration;

public sealed class OptionsTests
{
    [Fact]
    public void A_plugin_injects_its_section()
    {
        using var written = Written.Yaml(
            """
            releases:
              every: 90s
              repositories:
                Portal: { branch: main, labels: [three] }
                docs: { branch: trunk }
            """);
        var plugin = PluginFor.Releases();
        using var services = new ServiceCollection().AddPluginOptions(written.Load(), plugin).BuildServiceProvider();

        var options = services.GetRequiredService<IOptions<PluginFor.ReleasesOptions>>().Value;
        options.Every.ShouldBe(TimeSpan.FromSeconds(90));
        options.Depth.ShouldBe(3);
        options.Repositories["Portal"].Labels.ShouldBe(["three"]);
        options.Repositories["docs"].Labels.ShouldBe(["one", "two"]);
    }

    [Fact]
    public void What_a_plugin_configures_itself_comes_on_top()
    {
        using var written = Written.Yaml("releases:\n  depth: 5\n");
        var services = new ServiceCollection().AddPluginOptions(written.Load(), PluginFor.Releases());
        services.Configure<PluginFor.ReleasesOptions>(options => options.Depth++);

        using var provider = services.BuildServiceProvider();
        provider.GetRequiredService<IOptions<PluginFor.ReleasesOptions>>().Value.Depth.ShouldBe(6);
    }

    [Fact]
    public void Wrong_options_are_refused_where_they_are_asked_for()
    {
        using var written = Written.Yaml("releases:\n  depth: 99\n");
        using var services = new ServiceCollection().AddPluginOptions(written.Load(), PluginFor.Releases()).BuildServiceProvider();

        Should.Throw<OptionsValidationException>(() => services.GetRequiredService<IOptions<PluginFor.ReleasesOptions>>().Value)
            .Message.ShouldContain("stagedoor.yaml:2:10: error: releases.depth must be between 1 and 10");
    }

    [Fact]
    public void Environments_come_in_order_with_their_links()
    {
        using var written = Written.Yaml(
            """
            environments:
              - { name: prod, title: Production, protected: true, order: 9 }
              - name: dev
                links: { logs: "https://logs.example.com/{entity.name}" }
            """);
        using var services = new ServiceCollection().AddConfiguration(written.Load()).BuildServiceProvider();
        var environments = services.GetRequiredService<IEnvironments>();

        environments.All.Select(environment => environment.Name).ShouldBe(["dev", "prod"]);
        environments.Find("PROD").ShouldNotBeNull().Protected.ShouldBeTrue();
        environments.Find("dev").ShouldNotBeNull().Links["logs"].ShouldBe("https://logs.example.com/{entity.name}");
    }

    [Fact]
    public void Every_host_section_can_be_injected()
    {
        using var written = new Written();
        using var services = new ServiceCollection().AddConfiguration(written.Load()).BuildServiceProvider();

        foreach (var type in HostSections.All().SelectMany(section => section.Types))
        {
            var options = services.GetRequiredService(typeof(IOptions<>).MakeGenericType(type));
            options.GetType().GetProperty("Value")!.GetValue(options).ShouldBeOfType(type);
        }
    }

    [Fact]
    public void The_defaults_pass_their_own_check()
    {
        using var written = new Written();

        written.Check(PluginFor.Releases()).IsFlawless.ShouldBeTrue();
    }
}
