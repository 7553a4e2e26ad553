using System.ComponentModel.DataAnnotations;
using Stagedoor.Catalog;
using Stagedoor.DeadLetters.Configuration;
using Stagedoor.Plugins;
using Stagedoor.Sources;
using Stagedoor.Testing.Portals;

namespace Stagedoor.DeadLetters.Tests;

public sealed class DeadLettersOptionsTests
{
    [Theory]
    [InlineData("http://rabbit:5672", "begins with amqp:// or amqps://")]
    [InlineData("amqp://user:secret@rabbit:5672", "Put them into username and password")]
    [InlineData("amqp://rabbit:5672/vhost", "virtualHost")]
    public void An_address_that_is_none_is_told(string address, string expected) =>
        Mistakes(Broker(broker => broker.Address = new Uri(address))).ShouldHaveSingleItem().ShouldContain(expected);

    [Fact]
    public void A_broker_that_is_right_has_no_mistakes()
    {
        Mistakes(Broker(_ => { })).ShouldBeEmpty();
        Mistakes(Broker(broker => broker.Address = new Uri("amqps://rabbit.example.com"))).ShouldBeEmpty();
    }

    [Fact]
    public void Names_that_AMQP_does_not_take_are_told()
    {
        Mistakes(Broker(broker => broker.Queue = new string('ü', 200))).ShouldHaveSingleItem().ShouldContain("255 bytes");
        Mistakes(Broker(broker => broker.Exchange = "amq.topic")).ShouldHaveSingleItem().ShouldContain("belong to the broker");
    }

    [Fact]
    public void Settings_for_TLS_without_TLS_and_files_that_are_not_there_are_told()
    {
        Mistakes(Broker(broker => broker.Tls = new BrokerTlsOptions { ServerName = "x" })).ShouldHaveSingleItem().ShouldContain("amqps://");
        Mistakes(new BrokerTlsOptions { Authority = "/nowhere/ca.pem" }).ShouldHaveSingleItem().ShouldContain("/nowhere/ca.pem is not there");
        Mistakes(new BrokerTlsOptions { Key = Environment.ProcessPath }).ShouldHaveSingleItem().ShouldContain("needs its key");
    }

    [Fact]
    public void Two_brokers_of_one_name_and_a_field_that_means_all_are_told()
    {
        var mistakes = Mistakes(new DeadLettersOptions { Brokers = [Broker(_ => { }), Broker(_ => { })], SensitiveFields = ["*"] });

        mistakes.Count.ShouldBe(2);
        mistakes[0].ShouldContain("Two brokers are called 'rabbit'");
    }

    [Fact]
    public void Rules_that_lead_nowhere_are_told()
    {
        Mistakes(new NamingRule { Queue = "(" }).ShouldHaveSingleItem().ShouldContain("cannot be read");
        Mistakes(new NamingRule { Queue = "^a(?=b)" }).ShouldHaveSingleItem().ShouldContain("cannot be read");
        Mistakes(new NamingRule { Queue = "^a$" }).ShouldHaveSingleItem().ShouldContain("group named service");
        Mistakes(new NamingRule { Queue = "^a$", Service = "a" }).ShouldBeEmpty();
        Mistakes(new LinkTemplate { Title = "Logs", Url = "javascript:alert(1)" }).ShouldHaveSingleItem().ShouldContain("https://");
        Mistakes(new LinkTemplate { Title = "Logs", Url = "https://logs/{corelationId}" }).ShouldHaveSingleItem().ShouldContain("{correlationId}");
        Mistakes(new SchemaRule { Protobuf = "a.B" }).ShouldHaveSingleItem().ShouldContain("for which messages");
        Mistakes(new SchemaRule { Type = "a" }).ShouldHaveSingleItem().ShouldContain("either a protobuf");
    }

    [Fact]
    public async Task An_environment_that_is_not_there_fails_the_plugin_and_not_the_portal()
    {
        const string Configuration =
            """
            environments:
              - name: dev
            dead-letters:
              brokers:
                - name: rabbit
                  environment: moon
                  address: amqp://127.0.0.1:1
            """;

        await using var portal = await TestPortal.Start(
            new TestPortalOptions { Plugins = [new SourcesPlugin(), new CatalogPlugin(), new DeadLettersPlugin()], Configuration = Configuration, Sample = "none" }, TestContext.Current.CancellationToken);

        var page = await portal.Page("/settings/plugins", TestContext.Current.CancellationToken);
        page.Body!.TextContent.ShouldContain("there is no environment 'moon'. There are dev.");
    }

    private static BrokerOptions Broker(Action<BrokerOptions> change)
    {
        var broker = new BrokerOptions { Name = "rabbit", Environment = "dev", Address = new Uri("amqp://rabbit.example.com:5672") };
        change(broker);
        return broker;
    }

    private static List<string> Mistakes(IValidatableObject options) => [.. options.Validate(new ValidationContext(options)).Select(mistake => mistake.ErrorMessage!)];
}
