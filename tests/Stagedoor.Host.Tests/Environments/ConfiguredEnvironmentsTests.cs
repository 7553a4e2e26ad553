using Microsoft.Extensions.Options;
using Stagedoor.Host.Configuration.Sections;
using Stagedoor.Host.Environments;

namespace Stagedoor.Host.Tests.Environments;

public sealed class ConfiguredEnvironmentsTests
{
    [Fact]
    public void Without_any_in_the_configuration_there_are_the_usual_three()
    {
        var environments = new ConfiguredEnvironments(Options.Create(new EnvironmentsOptions()));

        environments.All.Select(environment => (environment.Name, environment.Protected)).ShouldBe([("dev", false), ("staging", false), ("prod", true)]);
        environments.Find("PROD").ShouldNotBeNull().Title.ShouldBe("Production");
        environments.Find("moon").ShouldBeNull();
    }

    [Fact]
    public void They_stand_in_their_order()
    {
        var environments = new ConfiguredEnvironments(Options.Create(new EnvironmentsOptions
        {
            new() { Name = "live", Order = 9, Protected = true },
            new() { Name = "lab", Title = "Laboratory" },
        }));

        environments.All.Select(environment => environment.Title).ShouldBe(["Laboratory", "live"]);
    }

    [Fact]
    public void Two_of_one_name_are_refused() =>
        Should.Throw<InvalidOperationException>(() => new ConfiguredEnvironments(Options.Create(new EnvironmentsOptions { new() { Name = "dev" }, new() { Name = "dev" } })))
            .Message.ShouldContain("'dev'");
}
