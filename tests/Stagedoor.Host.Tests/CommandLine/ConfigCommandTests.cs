using System.Text.Json.Nodes;
using Stagedoor.Host.Tests.Configuration;
using Stagedoor.Plugins;

namespace Stagedoor.Host.Tests.CommandLine;

public sealed class ConfigCommandTests
{
    [Fact]
    public async Task A_right_configuration_is_said_to_be_right()
    {
        using var shell = new Shell().File("stagedoor.yaml", "portal:\n  name: Polaris\n");

        (await shell.Run("config check")).ShouldBe(new Outcome(ExitCode.Ok, "stagedoor.yaml: the configuration is right.\n", ""));
    }

    [Fact]
    public async Task Without_a_file_the_defaults_are_right()
    {
        using var shell = new Shell();

        (await shell.Run("config check --data var")).Out.ShouldBe($"There is no stagedoor.yaml, here or in {shell.Folder}/var: the defaults hold, and they are right.\n");
    }

    [Fact]
    public async Task Mistakes_end_with_the_exit_code_for_usage()
    {
        using var shell = new Shell().File("a.yaml", "portal:\n  nam: Polaris\n").File("b.yaml", "server:\n  urls: []\n");

        (await shell.Run("config check --config a.yaml --config b.yaml")).ShouldBe(new Outcome(
            ExitCode.Usage,
            "",
            """
            a.yaml:2:3: error: portal.nam is not a setting.
              2 |   nam: ...
                |   ^^^
                Did you mean name?

            b.yaml:2:9: error: server.urls must have at least 1 entries.
              2 |   urls: []
                |         ^

            2 mistakes in the configuration.

            """));
    }

    [Fact]
    public async Task A_mistake_in_a_plugins_section_counts_too()
    {
        using var shell = new Shell { Plugins = [PluginFor.Releases()] }.File("stagedoor.yaml", "releases:\n  depth: 0\n");

        (await shell.Run("config check")).Code.ShouldBe(ExitCode.Usage);
    }

    [Fact]
    public async Task What_holds_is_shown_with_its_origin_and_without_secrets()
    {
        using var shell = new Shell { Plugins = [PluginFor.Releases()] }
            .File("stagedoor.yaml", "portal:\n  name: Polaris\ndatabase:\n  postgres: Host=db;Password=hunter2\nreleases:\n  apiKey: hunter2\n");
        shell.Variables["STAGEDOOR_SERVER__SHUTDOWNTIMEOUT"] = "5s";
        var shown = (await shell.Run("config show")).Out;

        shown.ShouldContain("  name: Polaris  # stagedoor.yaml:2\n");
        shown.ShouldContain("  organisation:  # not set\n");
        shown.ShouldContain("  postgres: host=db;password=***  # stagedoor.yaml:4\n");
        shown.ShouldContain("  shutdownTimeout: 5s  # environment STAGEDOOR_SERVER__SHUTDOWNTIMEOUT\n");
        shown.ShouldContain("  maxBodySize: 10MB  # default\n");
        shown.ShouldContain("  apiKey: \"***\"  # stagedoor.yaml:6\n");
        shown.ShouldNotContain("hunter2");
    }

    [Fact]
    public async Task What_is_shown_can_be_read_as_a_configuration_again()
    {
        using var shell = new Shell().File("stagedoor.yaml", "portal:\n  name: 'yes: no # 5'\n  links:\n    - { title: \"12\", url: /docs }\n");
        var shown = (await shell.Run("config show")).Out;
        shell.File("again.yaml", shown);

        (await shell.Run("config check --config again.yaml")).Code.ShouldBe(ExitCode.Ok);
        (await shell.Run("config show --config again.yaml")).Out.Split('\n').Select(line => line.Split("  # ")[0]).ShouldBe(shown.Split('\n').Select(line => line.Split("  # ")[0]));
    }

    [Fact]
    public async Task Json_holds_the_settings_and_their_origins()
    {
        using var shell = new Shell().File("stagedoor.yaml", "portal:\n  name: Polaris\n");
        var shown = JsonNode.Parse((await shell.Run("config show --output json")).Out)!;

        shown["settings"]!["portal"]!["name"]!.GetValue<string>().ShouldBe("Polaris");
        shown["origins"]!["portal.name"]!.GetValue<string>().ShouldBe("stagedoor.yaml:2");
    }

    [Fact]
    public async Task The_schema_is_printed()
    {
        using var shell = new Shell { Plugins = [PluginFor.Releases()] };

        JsonNode.Parse((await shell.Run("config schema")).Out)!["properties"]!["releases"].ShouldNotBeNull();
    }
}
