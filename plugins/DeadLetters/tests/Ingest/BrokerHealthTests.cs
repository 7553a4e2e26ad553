using System.Net;
using Stagedoor.Catalog;
using Stagedoor.DeadLetters.Ingest;
using Stagedoor.Sources;
using Stagedoor.Testing.Portals;
using Stagedoor.Testing.Processes;
using Stagedoor.Testing.Waiting;

namespace Stagedoor.DeadLetters.Tests.Ingest;

public sealed class BrokerHealthTests
{
    [Fact]
    public async Task A_portal_is_ready_without_its_brokers_and_says_which_are_away()
    {
        var configuration =
            $"""
            dead-letters:
              brokers:
                - name: rabbit-dev
                  environment: dev
                  address: amqp://127.0.0.1:{FreePort.Find()}
                  password: a-secret
                - name: rabbit-prod
                  environment: prod
                  address: amqp://127.0.0.1:{FreePort.Find()}
                  enabled: false
            """;
        await using var portal = await TestPortal.Start(
            new TestPortalOptions { Plugins = [new SourcesPlugin(), new CatalogPlugin(), new DeadLettersPlugin()], Configuration = configuration, Sample = "none" }, TestContext.Current.CancellationToken);
        var states = portal.Service<BrokerStates>();

        await Eventually.Be(() => states.Find("rabbit-dev")?.Status == BrokerStatus.Unreachable, "the broker is found to be away");

        states.Find("rabbit-dev")!.Sentence.ShouldNotBeNull().ShouldContain("cannot be reached");
        states.Find("rabbit-prod")!.Status.ShouldBe(BrokerStatus.Off);
        var ready = await portal.Http.GetAsync("/readyz", TestContext.Current.CancellationToken);
        ready.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await ready.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldNotContain("a-secret");
    }
}
