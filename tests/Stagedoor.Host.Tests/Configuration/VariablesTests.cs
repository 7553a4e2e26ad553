using Stagedoor.Host.Configuration.Sections;

namespace Stagedoor.Host.Tests.Configuration;

public sealed class VariablesTests
{
    [Theory]
    [InlineData("${NAME}", "Polaris")]
    [InlineData("the ${NAME} bank", "the Polaris bank")]
    [InlineData("${OTHER:-Lantern}", "Lantern")]
    [InlineData("${EMPTY:-Lantern}", "Lantern")]
    [InlineData("${NAME:-Lantern}", "Polaris")]
    [InlineData("'$${NAME}'", "${NAME}")]
    [InlineData("5$ and $x", "5$ and $x")]
    public void A_variable_stands_for_its_value(string written, string read)
    {
        using var yaml = Written.Yaml($"portal:\n  name: {written}\n").Variable("NAME", "Polaris").Variable("EMPTY", "");

        yaml.Load().Get<PortalOptions>("portal").Name.ShouldBe(read);
        yaml.Text().ShouldBeEmpty();
    }

    [Fact]
    public void A_missing_variable_is_named_with_its_place()
    {
        using var written = Written.Yaml("database:\n  postgres: Host=db;Password=${DB_PASSWORD}\n");

        written.Text().ShouldBe(
            """
            stagedoor.yaml:2:13: error: The environment variable DB_PASSWORD is not set. Set it, or write ${DB_PASSWORD:-default}.
              2 |   postgres: Host=db;Password=***
                |             ^^^^^^^^^^^^^^^^^^^^

            1 mistake in the configuration.
            """);
    }

    [Theory]
    [InlineData("'${NAME'", "is opened and never closed")]
    [InlineData("'${A-B}'", "'${A-B}' is not a variable")]
    [InlineData("'${A:-${B}}'", "one cannot stand inside another")]
    public void What_is_almost_a_variable_is_explained(string value, string message)
    {
        using var written = Written.Yaml($"portal:\n  name: {value}\n");

        written.Text().ShouldContain(message);
    }

    [Fact]
    public void A_number_may_come_from_a_variable()
    {
        using var written = Written.Yaml("database:\n  maxConnections: ${MAX}\n").Variable("MAX", "12");

        written.Load().Get<DatabaseOptions>("database").MaxConnections.ShouldBe(12);
    }

    [Fact]
    public void A_secret_may_lie_in_a_file_of_its_own()
    {
        using var written = Written.Yaml("database:\n  postgres:\n    $file: secrets/db\n").File("secrets/db", "Host=db;Password=hunter2\n");

        written.Load().Get<DatabaseOptions>("database").Postgres.ShouldBe("Host=db;Password=hunter2");
    }

    [Fact]
    public void A_missing_secret_file_is_told_at_its_key()
    {
        using var written = Written.Yaml("database:\n  postgres: { $file: secrets/db }\n");

        written.Text().ShouldStartWith("stagedoor.yaml:2:22: error: The file secrets/db, which holds database.postgres, does not exist.");
    }

    [Fact]
    public void An_environment_variable_overrides_a_file()
    {
        using var written = Written.Yaml("server:\n  maxBodySize: 1MB\n  urls: [http://a:1, http://b:2]\n")
            .Variable("STAGEDOOR_SERVER__MAXBODYSIZE", "2MB")
            .Variable("STAGEDOOR_SERVER__URLS__1", "http://c:3");

        var server = written.Load().Get<ServerOptions>("server");
        server.MaxBodySize.ToString().ShouldBe("2MB");
        server.Urls.Select(url => url.Port).ShouldBe([1, 3]);
        written.Text().ShouldBeEmpty();
    }

    [Fact]
    public void Environment_variables_alone_make_a_list_in_the_order_of_their_numbers()
    {
        using var written = new Written();
        for (var i = 0; i < 12; i++)
        {
            written.Variable($"STAGEDOOR_PLUGINS__DISABLED__{i}", $"p{i}");
        }

        written.Load().Get<PluginsOptions>("plugins").Disabled.ShouldBe(Enumerable.Range(0, 12).Select(i => $"p{i}"));
    }

    [Fact]
    public void A_mistake_in_an_environment_variable_names_the_variable()
    {
        using var written = new Written().Variable("STAGEDOOR_SERVER__SHUTDOWNTIMOUT", "20s").Variable("STAGEDOOR_DATABASE__MAXCONNECTIONS", "many");

        written.Text().ShouldBe(
            """
            environment variable STAGEDOOR_SERVER__SHUTDOWNTIMOUT: error: server.SHUTDOWNTIMOUT is not a setting.
                Did you mean shutdownTimeout?

            environment variable STAGEDOOR_DATABASE__MAXCONNECTIONS: error: database.maxConnections must be a whole number, not 'many'.

            2 mistakes in the configuration.
            """);
    }

    [Fact]
    public void A_plugins_hyphen_is_an_underscore_in_a_variable()
    {
        using var written = new Written().Variable("STAGEDOOR_DEAD_LETTERS__DEPTH", "7");

        written.Load().Get<PluginFor.ReleasesOptions>("dead-letters").Depth.ShouldBe(7);
    }

    [Theory]
    [InlineData("STAGEDOOR_PORTAL")]
    [InlineData("STAGEDOOR_TOKEN")]
    [InlineData("STAGEDOOR_TEST_POSTGRES")]
    public void A_variable_without_two_underscores_is_not_a_setting(string name)
    {
        using var written = new Written().Variable(name, "anything");

        written.Text().ShouldBeEmpty();
    }
}
