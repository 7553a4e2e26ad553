using Microsoft.Extensions.Options;
using Shouldly;
using Stagedoor.Testing.Portals;
using Xunit;

namespace Stagedoor.Catalog.Tests.Engine;

public sealed class AllowedKindTests
{
    [Fact]
    public async Task Rules_are_written_as_in_a_configuration_of_Backstage()
    {
        const string Configuration =
            """
            catalog:
              rules:
                - allow: [Component, { kind: Template, spec.type: website }, "API:grpc"]
                - allow: [Group]
                  locations:
                    - type: url
                      pattern: https://example.com/**
              locations:
                - type: file
                  target: ./a.yaml
                  rules:
                    - allow: [User]
            """;
        await using var portal = await TestPortal.Start(
            new TestPortalOptions { Plugins = [new Stagedoor.Sources.SourcesPlugin(), new CatalogPlugin()], Configuration = Configuration, Sample = "none" }, TestContext.Current.CancellationToken);

        var options = portal.Service<IOptions<CatalogOptions>>().Value;

        options.Rules!.SelectMany(rule => rule.Allow).ShouldBe([new("Component", null), new("Template", "website"), new("API", "grpc"), new("Group", null)]);
        options.Rules![1].Locations![0].Pattern.ShouldBe("https://example.com/**");
        options.Locations[0].Rules![0].Allow.ShouldBe([new("User", null)]);
    }
}
