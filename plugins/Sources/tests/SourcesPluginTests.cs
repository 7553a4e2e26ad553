using Stagedoor.Plugins;
using Stagedoor.Sources.Tests.Serving;
using Stagedoor.Testing.Portals;

namespace Stagedoor.Sources.Tests;

/// <summary>The plugin in a portal.</summary>
public sealed class SourcesPluginTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Its_services_read_what_the_configuration_allows()
    {
        var source = new SampleRepository(_folder.At("one"));
        source.Commit("a.txt", "a");
        await using var server = await LoopbackServer.Start(_ => Task.CompletedTask);
        await using var portal = await Start(
            $"""
            sources:
              allowedHosts: ["{server.Address.Authority}", "*.corp.example"]
              allowPrivateAddresses: [127.0.0.0/8, git.corp.example]
              hosts:
                - host: github.com
                  token: s3cret
                - host: code.corp.example
                  kind: gitLab
                  username: reader
                  password: s3cret
              roots: ["{_folder.Path}"]
              timeout: 20s
              git:
                retention: 10d
                concurrency: 2
            """);

        var response = await portal.Service<IOutboundHttp>().Get(server.At("/"), new OutboundRequest(), Cancelled);
        var repositories = portal.Service<IRepositories>();
        var commit = await repositories.Resolve(repositories.Parse(source.Url), null, TimeSpan.Zero, Cancelled);

        response.Status.ShouldBe(200);
        (await repositories.Tree(commit, null, Cancelled)).Single().Path.ShouldBe("a.txt");
        repositories.ReadsByGit(repositories.Parse("https://github.com/o/n.git")).ShouldBeTrue();
        repositories.WhyNot(repositories.Parse("https://other.example/o/n.git")).ShouldNotBeNull();
        portal.Service<IPortalFolders>().Data.ShouldNotBeEmpty();
    }

    [Theory]
    [InlineData("allowedHosts: [\"https://github.com\"]", "is not a host")]
    [InlineData("allowedHosts: [\"github.com/owner\"]", "is not a host")]
    [InlineData("allowPrivateAddresses: [\"10.0.0.0/99\"]", "neither a host nor a range")]
    public async Task A_mistake_in_its_section_is_told_and_leaves_the_plugin_out(string line, string why)
    {
        await using var portal = await Start($"sources:\n  {line}\n");

        var text = await portal.Http.GetStringAsync("/settings/plugins", Cancelled);

        text.ShouldContain(why);
    }

    private static Task<TestPortal> Start(string configuration) =>
        TestPortal.Start(new TestPortalOptions { Plugins = [new SourcesPlugin()], Sample = "none", Configuration = configuration }, Cancelled);
}
