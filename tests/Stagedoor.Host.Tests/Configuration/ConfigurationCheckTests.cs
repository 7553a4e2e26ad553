using System.ComponentModel.DataAnnotations;
using Stagedoor.Host.Loading;
using Stagedoor.Plugins;

namespace Stagedoor.Host.Tests.Configuration;

public sealed class ConfigurationCheckTests
{
    [Fact]
    public void An_unknown_key_is_told_with_the_nearest_valid_one()
    {
        using var written = Written.Yaml("server:\n  shutdownTimout: 20s\n");

        written.Text().ShouldBe(
            """
            stagedoor.yaml:2:3: error: server.shutdownTimout is not a setting.
              2 |   shutdownTimout: ...
                |   ^^^^^^^^^^^^^^
                Did you mean shutdownTimeout?

            1 mistake in the configuration.
            """);
    }

    [Fact]
    public void An_unknown_key_far_from_any_is_told_what_there_is()
    {
        using var written = Written.Yaml("database:\n  flavour: sweet\n");

        written.Text().ShouldContain("    database knows postgres, maxConnections.");
    }

    [Theory]
    [InlineData("database:\n  maxConnections: many", "2:19: error: database.maxConnections must be a whole number, not 'many'.")]
    [InlineData("database:\n  maxConnections: 1", "2:19: error: database.maxConnections must be between 2 and 1000, not '1'.")]
    [InlineData("server:\n  shutdownTimeout: 20", "2:20: error: server.shutdownTimeout must be a duration such as 500ms, 30s, 5m, 2h or 1d, not '20'.")]
    [InlineData("server:\n  shutdownTimeout: 20h", "2:20: error: server.shutdownTimeout must be between 1s and 10m, not '20h'.")]
    [InlineData("server:\n  maxBodySize: big", "2:16: error: server.maxBodySize must be a size such as 512KB, 10MB or 2GB, not 'big'.")]
    [InlineData("server:\n  maxBodySize: 3GB", "2:16: error: server.maxBodySize must be between 1KB and 2GB, not '3GB'.")]
    [InlineData("server:\n  trustForwardedHeaders: perhaps", "2:26: error: server.trustForwardedHeaders must be true or false, not 'perhaps'.")]
    [InlineData("server:\n  urls: http://a:1", "2:9: error: server.urls must be a list, not a single value.")]
    [InlineData("server: fast", "1:9: error: server must be a section with keys, not a single value.")]
    [InlineData("portal:\n  name: [a]", "2:9: error: portal.name must be text, not a list.")]
    [InlineData("portal:\n  name: ''", "2:9: error: portal.name must not be empty.")]
    [InlineData("identity:\n  administrators: [mae]", "2:20: error: identity.administrators[0] must be a reference to an entity such as user:default/mae, not 'mae'.")]
    [InlineData("server:\n  rateLimits:\n    perIdentityPerMinute: 0", "3:27: error: server.rateLimits.perIdentityPerMinute must be 1 or more, not '0'.")]
    [InlineData("portal:\n  links:\n    -\n", "3:6: error: portal.links[0] is empty.")]
    [InlineData("jobs:\n  releases.sync-releases:\n    every: 5m\n    cron: 0 0 2 * * ?", "4:11: error: jobs.releases.sync-releases.cron: A job has either every or cron, not both.")]
    public void A_wrong_value_is_told_with_what_was_found_and_what_is_allowed(string yaml, string message)
    {
        using var written = Written.Yaml(yaml);

        written.Text(PluginFor.Releases()).Split('\n')[0].ShouldBe("stagedoor.yaml:" + message);
    }

    [Fact]
    public void A_wrong_choice_is_told_with_the_nearest_right_one()
    {
        using var written = Written.Yaml("logging:\n  level: debig\n");

        written.Text().ShouldBe(
            """
            stagedoor.yaml:2:10: error: logging.level must be one of trace, debug, information, warning, error, critical, none, not 'debig'.
              2 |   level: debig
                |          ^^^^^
                Did you mean debug?

            1 mistake in the configuration.
            """);
    }

    [Fact]
    public void A_missing_value_is_told_where_it_belongs()
    {
        using var written = Written.Yaml("portal:\n  links:\n    - title: Docs\n");

        written.Text().ShouldBe(
            """
            stagedoor.yaml:3:7: error: portal.links[0].url is missing.
              3 |     - title: Docs
                |       ^^^^^
                Add url: where it leads: an address, or a page of this portal such as /docs.

            1 mistake in the configuration.
            """);
    }

    [Fact]
    public void All_mistakes_are_told_at_once_in_the_order_of_the_file()
    {
        using var written = Written.Yaml("relases:\n  depth: 3\nportal:\n  nam: X\ndatabase:\n  maxConnections: 1\n  postgres: ${NONE}\n");

        written.Text(PluginFor.Releases()).Split('\n').Where(line => line.StartsWith("stagedoor.yaml", StringComparison.Ordinal)).ShouldBe(
        [
            "stagedoor.yaml:1:1: error: relases is neither a section of the portal nor a plugin.",
            "stagedoor.yaml:4:3: error: portal.nam is not a setting.",
            "stagedoor.yaml:6:19: error: database.maxConnections must be between 2 and 1000, not '1'.",
            "stagedoor.yaml:7:13: error: The environment variable NONE is not set. Set it, or write ${NONE:-default}.",
        ]);
    }

    [Fact]
    public void A_mistake_in_a_plugins_section_is_the_plugins()
    {
        using var written = Written.Yaml("releases:\n  depth: 99\n  apiKye: s3cret\n");
        var report = written.Check(PluginFor.Releases());

        report.MayStart.ShouldBeTrue();
        report.IsFlawless.ShouldBeFalse();
        report.WhyNot("releases").ShouldBe(
            """
            Its section of the configuration is not right.
            stagedoor.yaml:3:3: error: releases.apiKye is not a setting.
              3 |   apiKye: ...
                |   ^^^^^^
                Did you mean apiKey?
            stagedoor.yaml:2:10: error: releases.depth must be between 1 and 10, not '99'.
              2 |   depth: 99
                |          ^^
            """);
        report.WhyNot("home").ShouldBeNull();
    }

    [Fact]
    public void A_mistake_in_a_host_section_stops_the_start()
    {
        using var written = Written.Yaml("server:\n  maxBodySize: big\n");

        written.Check().MayStart.ShouldBeFalse();
    }

    [Theory]
    [InlineData("Disabled", "disabled")]
    [InlineData("Failed", "failed")]
    [InlineData("Incompatible", "not compatible")]
    public void A_section_of_a_plugin_that_does_not_run_is_only_a_note(string state, string said)
    {
        using var written = Written.Yaml("releases:\n  whatever: 1\njobs:\n  releases.sync-releases:\n    every: 1m\n");
        var plugin = PluginFor.Releases(_ => { });
        plugin.Leave(Enum.Parse<PluginState>(state), "for a test");
        var report = written.Check(plugin);

        report.IsFlawless.ShouldBeTrue();
        report.Notes.Select(note => note.Message).ShouldBe(
        [
            $"The plugin releases is {said}, so this section is not read.",
            $"The plugin releases is {said}, so its job releases.sync-releases does not run.",
        ]);
    }

    [Fact]
    public void A_plugin_must_not_be_named_like_a_host_section()
    {
        using var written = new Written();

        written.Check(PluginFor.Releases(_ => { }, id: "server")).WhyNot("server").ShouldNotBeNull().ShouldContain("It needs another id.");
    }

    [Fact]
    public void A_plugin_without_options_has_nothing_to_set()
    {
        using var written = Written.Yaml("releases:\n  depth: 1\n");

        written.Check(PluginFor.Releases(_ => { })).WhyNot("releases").ShouldNotBeNull().ShouldContain("The plugin releases has no settings.");
    }

    [Fact]
    public void Two_options_types_share_a_plugins_section()
    {
        using var written = Written.Yaml("releases:\n  depth: 5\n  colour: green\n");
        var plugin = PluginFor.Releases(builder => builder.Options<PluginFor.ReleasesOptions>().Options<More>());

        written.Check(plugin).IsFlawless.ShouldBeTrue();
        written.File("stagedoor.yaml", "releases:\n  shape: round\n").Check(plugin).Plugins["releases"].Count.ShouldBe(1);
    }

    [Fact]
    public void A_job_that_does_not_exist_is_told_with_the_nearest_one()
    {
        using var written = Written.Yaml("jobs:\n  releases.sync-release:\n    every: 5m\n");

        written.Text(PluginFor.Releases()).ShouldContain("There is no job named releases.sync-release.");
        written.Text(PluginFor.Releases()).ShouldContain("Did you mean releases.sync-releases?");
    }

    [Fact]
    public void A_service_token_needs_exactly_one_of_hash_and_variable()
    {
        using var written = Written.Yaml("identity:\n  serviceTokens:\n    - name: ci\n");
        written.Text().ShouldContain("identity.serviceTokens[0]: A service token needs either hash or variable.");

        written.File("stagedoor.yaml", $"identity:\n  serviceTokens:\n    - name: ci\n      variable: CI_TOKEN\n      hash: sha256:{new string('a', 64)}\n");
        written.Text().ShouldContain("A service token has either hash or variable, not both.");
    }

    [Fact]
    public void Options_that_no_configuration_can_hold_fail_their_plugin_only()
    {
        using var written = new Written();

        written.Check(PluginFor.Releases(builder => builder.Options<Impossible>())).WhyNot("releases").ShouldNotBeNull()
            .ShouldContain("cannot be read from the configuration");
    }

    [Fact]
    public void A_line_of_a_file_cannot_steer_the_terminal()
    {
        using var written = Written.Yaml("database:\n  maxConnections: \"\\e[31m\" #\u0085\n");

        written.Text().ShouldNotContain('\e');
        written.Text().ShouldNotContain('\u0085');
    }

    private sealed class More
    {
        [AllowedValues("green", "blue")]
        public string Colour { get; set; } = "blue";
    }

    private sealed class Impossible
    {
        public Stream? Stream { get; set; }
    }
}
