using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Stagedoor.Catalog;
using Stagedoor.DeadLetters.Store;
using Stagedoor.Plugins;
using Stagedoor.Sources;
using Stagedoor.Testing.Portals;
using Stagedoor.Testing.Waiting;

namespace Stagedoor.DeadLetters.Tests;

public sealed class IngestApiTests
{
    private const string Configuration =
        """
        environments:
          - name: dev
          - name: prod
            protected: true
        dead-letters:
          naming:
            - queue: ^[a-z]+-k8s-.*_(?<service>[^_]+)$
          ingest:
            mostMessages: 3
            mostMegabytes: 1

        """;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Messages_that_are_handed_in_are_kept_once_and_belong_to_who_owns_the_service()
    {
        await using var folder = new CatalogFolder();
        folder.Write("all.yaml", Owned("group:default/gemini"));
        await using var portal = await Portal(folder);
        var messages = new object[]
        {
            new
            {
                env = "dev", queue = "dev-k8s-eventstreams_card_payment_term-deposit", exchange = "events", routingKeys = new[] { "deposit.term.CreatedV1" }, messageId = "m-1", correlationId = "c-1",
                contentType = "application/json", headers = new { attempt = 3, nested = new { a = new[] { 1, 2 } } }, body = Convert.ToBase64String("""{"a":1}"""u8), error = "ctx handler: <b>no</b>",
                deadAt = "2026-03-01T08:00:00.123456Z",
            },
            new { env = "prod", queue = "somewhere", service = "nobodys" },
        };

        var first = await portal.Http.PostAsJsonAsync("/api/dead-letters/ingest", messages, Cancelled);
        var again = await portal.Http.PostAsJsonAsync("/api/dead-letters/ingest", messages, Cancelled);

        first.StatusCode.ShouldBe(HttpStatusCode.OK, await first.Content.ReadAsStringAsync(Cancelled));
        var ids = (await first.Content.ReadFromJsonAsync<JsonElement>(Cancelled)).GetProperty("ids").EnumerateArray().Select(id => id.GetInt64()).ToList();
        ids.Count.ShouldBe(2);
        (await again.Content.ReadFromJsonAsync<JsonElement>(Cancelled)).GetProperty("duplicates").GetInt32().ShouldBe(2);
        var message = (await portal.Service<MessageStore>().Find(ids[0], Cancelled))!;
        (message.Service, message.RoutingKey, message.Error, message.Broker).ShouldBe(("term-deposit", "deposit.term.CreatedV1", "ctx handler: <b>no</b>", "api"));
        message.DeadAt.ShouldBe(new DateTimeOffset(2026, 3, 1, 8, 0, 0, 123, 456, TimeSpan.Zero));
        (await portal.Service<MessageStore>().Content(ids[0], Cancelled))!.Body.ShouldBe("""{"a":1}"""u8.ToArray());
        (await portal.Service<MessageStore>().Find(ids[1], Cancelled))!.Squad.ShouldBeEmpty();

        // They belong to the owner as soon as the catalog knows one, and move with the ownership.
        await Eventually.Be(async () => (await portal.Service<MessageStore>().Find(ids[0], Cancelled))!.Squad == "group:default/gemini", "the owner has them");
        folder.Write("all.yaml", Owned("group:default/mercury"));
        await Eventually.Be(async () => (await portal.Service<MessageStore>().Find(ids[0], Cancelled))!.Squad == "group:default/mercury", "the new owner has them");
    }

    [Theory]
    [InlineData("""{"env":"dev"}""", "array")]
    [InlineData("[1", "no JSON")]
    [InlineData("[{},{},{},{}]", "at most 3")]
    [InlineData("[5]", "A message is an object")]
    [InlineData("""[{"queue":"q"}]""", "in which environment")]
    [InlineData("""[{"env":"moon","queue":"q"}]""", "There are dev, prod")]
    [InlineData("""[{"env":"dev"}]""", "from which queue")]
    [InlineData("""[{"env":"dev","queue":"q","body":"not base 64!"}]""", "in base 64")]
    [InlineData("""[{"env":"dev","queue":"q","deadAt":"yesterday"}]""", "2026-03-01T08:00:00Z")]
    [InlineData("""[{"env":"dev","queue":"q","headers":[]}]""", "[0].headers")]
    [InlineData("""[{"env":"dev","queue":"q","routingKeys":"a"}]""", "[0].routingKeys")]
    [InlineData("""[{"env":"dev","queue":"q"},{"env":"dev","queue":"q","quue":1}]""", "[1].quue")]
    public async Task What_is_not_right_is_refused_as_a_whole_with_the_place(string body, string expected)
    {
        await using var folder = new CatalogFolder();
        await using var portal = await Portal(folder);

        var answer = await portal.Http.PostAsync("/api/dead-letters/ingest", new StringContent(body, System.Text.Encoding.UTF8, "application/json"), Cancelled);

        ((int)answer.StatusCode).ShouldBeInRange(400, 413);
        (await answer.Content.ReadAsStringAsync(Cancelled)).ShouldContain(expected);
        (await portal.Service<MessageStore>().Last(Cancelled)).ShouldBe(0);
    }

    [Fact]
    public async Task A_request_that_is_too_large_is_refused_with_the_limit()
    {
        await using var folder = new CatalogFolder();
        await using var portal = await Portal(folder);

        var answer = await portal.Http.PostAsJsonAsync("/api/dead-letters/ingest", new[] { new { env = "dev", queue = "q", body = new string('A', 2 * 1024 * 1024) } }, Cancelled);

        answer.StatusCode.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
        (await answer.Content.ReadAsStringAsync(Cancelled)).ShouldContain("at most 1 MB");
    }

    [Fact]
    public async Task Who_may_not_hand_in_is_refused()
    {
        await using var portal = await TestPortal.Start(
            new TestPortalOptions { Plugins = [new SourcesPlugin(), new CatalogPlugin(), new DeadLettersPlugin()], Environment = "Production", Sample = "none" }, Cancelled);

        (await portal.Http.PostAsJsonAsync("/api/dead-letters/ingest", Array.Empty<object>(), Cancelled)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    private static Task<TestPortal> Portal(CatalogFolder folder) => TestPortal.Start(
        new TestPortalOptions { Plugins = [new SourcesPlugin(), new CatalogPlugin(), new DeadLettersPlugin()], Configuration = folder.Configuration + Configuration, Sample = "none" }, Cancelled);

    private static string Owned(string owner) =>
        $"""
         apiVersion: backstage.io/v1alpha1
         kind: Component
         metadata:
           name: term-deposit
         spec:
           type: service
           lifecycle: production
           owner: {owner}
         """;
}
