using Microsoft.Extensions.Options;
using Stagedoor.DeadLetters.Configuration;
using Stagedoor.DeadLetters.Store;
using Stagedoor.DeadLetters.Understanding;

namespace Stagedoor.DeadLetters.Tests.Understanding;

public sealed class MessageLinksTests
{
    [Fact]
    public void A_link_is_filled_with_what_the_message_is_called_and_nothing_breaks_out_of_it()
    {
        Links(new LinkTemplate { Title = "Logs", Url = "https://logs/{env}?q={correlationId}&from={from}&to={to}" }).ShouldBe(
            [new MessageLink("Logs", "https://logs/dev?q=a%20b%26c%3D%22%3E%2F&from=2030-01-07T08%3A55%3A00Z&to=2030-01-07T09%3A05%3A00Z")]);
    }

    [Fact]
    public void A_link_that_needs_what_the_message_lacks_or_is_for_elsewhere_is_left_out() =>
        Links(
            new LinkTemplate { Title = "By id", Url = "https://logs/{messageId}" }, new LinkTemplate { Title = "Prod", Url = "https://logs/{queue}", Environment = "prod" },
            new LinkTemplate { Title = "Queue", Url = "https://logs/{queue}", Environment = "dev" }).Select(link => link.Title).ShouldBe(["Queue"]);

    private static IReadOnlyList<MessageLink> Links(params IReadOnlyList<LinkTemplate> links) =>
        new MessageLinks(Options.Create(new DeadLettersOptions { Links = links })).Of(new DeadMessage
        {
            Id = 1, Env = "dev", Broker = "rabbit", Service = "s", Squad = "", CauseId = 1, State = MessageState.Dead, DeadAt = Some.Now, ReceivedAt = Some.Now, Queue = "q", Exchange = "", RoutingKey = "",
            CorrelationId = "a b&c=\">/", Reason = "rejected", Deaths = 1, BodySize = 0, Copies = 1, Redelivery = 0, Version = 1, StateAt = Some.Now,
        });
}
