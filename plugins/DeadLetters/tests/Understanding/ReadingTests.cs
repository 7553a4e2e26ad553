using System.Text;
using RabbitMQ.Client;
using Stagedoor.DeadLetters.Configuration;
using Stagedoor.DeadLetters.Store;
using Stagedoor.DeadLetters.Understanding;

namespace Stagedoor.DeadLetters.Tests.Understanding;

public sealed class ReadingTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_rejected_message_tells_its_queue_exchange_key_and_time()
    {
        var message = await Understand(DeathsTests.Headers(DeathsTests.Entry("dev-k8s-eventstreams_card_payment_transaction-core", "rejected", 1L)));

        (message.Queue, message.Exchange, message.RoutingKey, message.Reason).ShouldBe(("dev-k8s-eventstreams_card_payment_transaction-core", "events", "order.placed", "rejected"));
        message.DeadAt.ShouldBe(DateTimeOffset.FromUnixTimeSeconds(1_700_000_000));
        message.Error.ShouldBeNull();
    }

    [Fact]
    public async Task The_portals_own_convention_tells_error_type_service_and_time()
    {
        var message = await Understand(new()
        {
            ["dl-error"] = Bytes("ctx handler: no such account"), ["dl-error-type"] = Bytes("AccountMissing"), ["dl-service"] = Bytes("term-deposit"), ["dl-queue"] = Bytes("deposits"),
            ["dl-at"] = Bytes("2029-12-31T23:59:59.123456Z"), ["dl-attempts"] = 4, ["dl-routing-key"] = Bytes("deposit.created"), ["dl-exchange"] = Bytes("events"),
        });

        (message.Error, message.ErrorType, message.Service, message.Queue, message.Deaths).ShouldBe(("ctx handler: no such account", "AccountMissing", "term-deposit", "deposits", 4));
        (message.Exchange, message.RoutingKey, message.Reason).ShouldBe(("events", "deposit.created", "failed"));
        message.DeadAt.ShouldBe(new DateTimeOffset(2029, 12, 31, 23, 59, 59, 123, 456, TimeSpan.Zero));
    }

    [Fact]
    public async Task MassTransit_is_read_as_it_is()
    {
        var message = await Understand(new()
        {
            ["MT-Fault-Message"] = Bytes("Value cannot be null"), ["MT-Fault-ExceptionType"] = Bytes("System.ArgumentNullException"),
            ["MT-Fault-InputAddress"] = Bytes("rabbitmq://localhost/prod/submit-order?temporary=false"), ["MT-Fault-Timestamp"] = Bytes("2029-05-04T03:02:01.0000000Z"), ["MT-Reason"] = Bytes("fault"),
        });

        (message.Error, message.ErrorType, message.Queue, message.Service).ShouldBe(("Value cannot be null", "System.ArgumentNullException", "submit-order", "submit-order"));
        message.DeadAt.Year.ShouldBe(2029);
    }

    [Fact]
    public async Task NServiceBus_is_read_as_it_is()
    {
        var message = await Understand(new()
        {
            ["NServiceBus.ExceptionInfo.Message"] = Bytes("No handler"), ["NServiceBus.ExceptionInfo.ExceptionType"] = Bytes("System.InvalidOperationException"),
            ["NServiceBus.FailedQ"] = Bytes("Sales"), ["NServiceBus.TimeOfFailure"] = Bytes("2029-05-04 03:02:01:123456 Z"),
        });

        (message.Error, message.ErrorType, message.Queue).ShouldBe(("No handler", "System.InvalidOperationException", "Sales"));
        message.DeadAt.ShouldBe(new DateTimeOffset(2029, 5, 4, 3, 2, 1, 123, 456, TimeSpan.Zero));
    }

    [Fact]
    public async Task Spring_is_read_as_it_is()
    {
        var message = await Understand(new()
        {
            ["x-exception-message"] = Bytes("Listener threw exception"), ["x-original-exchange"] = Bytes("orders"), ["x-original-routingKey"] = Bytes("order.placed"),
            ["x-exception-stacktrace"] = Bytes("org.springframework.ListenerExecutionFailedException: Listener threw\n\tat a.B\nCaused by: java.lang.IllegalStateException: no\n\tat c.D"),
        });

        (message.Error, message.ErrorType, message.Exchange, message.RoutingKey).ShouldBe(("Listener threw exception", "java.lang.IllegalStateException", "orders", "order.placed"));
    }

    [Theory]
    [InlineData("dev-k8s-eventstreams_card_payment_transaction-core", "transaction-core")]
    [InlineData("dev-k8s-deposits_term-deposit", "term-deposit")]
    [InlineData("special", "the-special-one")]
    [InlineData("submit-order_error", "submit-order")]
    [InlineData("plain", "plain")]
    [InlineData("amq.gen-JzTY20BRgKO", "")]
    public void A_queue_tells_its_service_by_the_first_rule_that_fits(string queue, string service) =>
        Some.Naming(new NamingRule { Queue = "^[a-z]+-k8s-.*_(?<service>[^_]+)$" }, new NamingRule { Queue = "^special$", Service = "the-special-one" }, new NamingRule { Queue = "^plain$", Service = "prod-only", Environment = "prod" })
            .ServiceOf("dev", queue).ShouldBe(service);

    [Fact]
    public async Task A_clock_that_is_wrong_is_not_believed()
    {
        foreach (var told in new[] { "2199-01-01T00:00:00Z", "1970-01-01T00:00:00Z", "yesterday" })
        {
            (await Understand(new() { ["dl-error"] = Bytes("x"), ["dl-at"] = Bytes(told) })).DeadAt.ShouldBe(Some.Now, told);
        }
    }

    [Fact]
    public async Task A_message_of_which_nothing_is_known_is_kept_all_the_same()
    {
        var message = await Understand([]);

        (message.Queue, message.Service, message.Reason, message.RoutingKey, message.Squad).ShouldBe(("", "", "unknown", "key", ""));
    }

    [Fact]
    public async Task The_same_delivery_again_is_the_same_death_and_a_later_death_is_not()
    {
        var headers = DeathsTests.Headers(DeathsTests.Entry("orders", "rejected", 1L));
        var first = await Understand(headers, "m-1");
        var again = await Understand(new(headers) { ["x-delivery-count"] = 1L }, "m-1");
        var later = await Understand(DeathsTests.Headers(DeathsTests.Entry("orders", "rejected", 2L)), "m-1");
        var redelivered = await Understand(new(headers) { ["x-portal-redelivery"] = 1 }, "m-1");

        again.Identity.Hash.ShouldBe(first.Identity.Hash);
        later.Identity.Hash.ShouldNotBe(first.Identity.Hash);
        redelivered.Identity.Hash.ShouldNotBe(first.Identity.Hash);
        first.Identity.IsNamed.ShouldBeTrue();
    }

    [Fact]
    public async Task An_id_that_is_no_text_names_nothing_and_is_told()
    {
        var message = await Understand([], "\uFFFD\uFFFD");

        message.Identity.IsNamed.ShouldBeFalse();
        message.Problem.ShouldNotBeNull().ShouldContain("no text");
    }

    [Fact]
    public async Task Whatever_stands_in_headers_can_be_kept()
    {
        var deep = new Dictionary<string, object?>();
        for (var (level, at) = (0, deep); level < 2_000; level++)
        {
            at["x"] = at = [];
        }

        var message = await Understand(new() { ["deep"] = deep, ["dl-error"] = Bytes("a\0b\u0001") });

        message.Headers.ShouldBe("{}");
        message.Problem.ShouldNotBeNull().ShouldContain("could not be read");
        (await Understand(new() { ["dl-error"] = Bytes("a\0b<script>") })).Error.ShouldBe("ab<script>");
    }

    [Fact]
    public async Task A_header_says_with_which_others_a_message_keeps_its_order()
    {
        (await Understand(new() { ["entity"] = Bytes("account-7") })).OrderKey.ShouldBe("account-7");
        (await Understand(new() { ["entity"] = 7L })).OrderKey.ShouldBe("7");
        (await Understand(new() { ["other"] = Bytes("x") })).OrderKey.ShouldBeNull();
    }

    [Fact]
    public async Task What_the_portal_wrote_at_a_redelivery_is_read_back()
    {
        var message = await Understand(new() { ["x-portal-lineage"] = 7L, ["x-portal-message"] = Bytes("9"), ["x-portal-redelivery"] = 2 });

        (message.Lineage, message.Forerunner, message.Redelivery).ShouldBe((7, 9, 2));
        (await Understand(new() { ["x-portal-lineage"] = -7L, ["x-portal-message"] = new AmqpTimestamp(1), ["x-portal-redelivery"] = double.NaN })).Forerunner.ShouldBeNull();
    }

    private static ValueTask<NewMessage> Understand(Dictionary<string, object?> headers, string? id = null) => Some.Reading().Understand(Some.Arrival(id, headers), Cancelled);

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);
}
