using Stagedoor.Host.Tests.Configuration;
using Stagedoor.Plugins;

namespace Stagedoor.Host.Tests.CommandLine;

public sealed class UsageTests
{
    [Theory]
    [InlineData("jbos", "'jbos' is not a command of 'stagedoor'. Did you mean jobs?", "stagedoor")]
    [InlineData("jobs lsit", "'lsit' is not a command of 'stagedoor jobs'. Did you mean list?", "stagedoor jobs")]
    [InlineData("--ulrs http://a:1", "'--ulrs' is not an option of 'stagedoor'. Did you mean --urls?", "stagedoor")]
    [InlineData("config show --otput json", "'--otput' is not an option of 'stagedoor config show'. Did you mean --output?", "stagedoor config show")]
    [InlineData("jobs list extra", "'stagedoor jobs list' does not take 'extra'.", "stagedoor jobs list")]
    [InlineData("operations show 12", "id must be an id such as 0198a2c4-5b1e-7c3d-9a44-2f6d1c0e8b17, not '12'.", "stagedoor operations show")]
    [InlineData("jobs list --portal localhost", "--portal must be an address such as https://example.com, not 'localhost'.", "stagedoor jobs list")]
    public async Task A_wrong_command_line_is_explained(string line, string message, string help)
    {
        using var shell = new Shell();

        (await shell.Run(line)).ShouldBe(new Outcome(ExitCode.Usage, "", $"Error: {message}\nRun '{help} --help' to see what there is.\n"));
    }

    [Theory]
    [InlineData("jobs run")]
    [InlineData("--data")]
    public async Task What_is_missing_is_named(string line)
    {
        using var shell = new Shell();
        var outcome = await shell.Run(line);

        outcome.Code.ShouldBe(ExitCode.Usage);
        outcome.Error.ShouldContain(line.Split(' ')[^1]);
    }

    [Fact]
    public async Task A_command_that_only_groups_others_shows_them()
    {
        using var shell = new Shell();
        var outcome = await shell.Run("jobs");

        outcome.Code.ShouldBe(ExitCode.Usage);
        outcome.Out.ShouldBeEmpty();
        outcome.Error.ShouldContain("  pause   Keep a job from starting until it is resumed.");
    }

    [Theory]
    [InlineData("--help")]
    [InlineData("-h")]
    public async Task Help_names_every_command_and_exit_code(string line)
    {
        using var shell = new Shell { Plugins = [PluginFor.Releases(plugin => plugin.Command("releases", "See releases.", releases => releases.Run((_, _) => Task.FromResult(0))))] };
        var outcome = await shell.Run(line);

        outcome.Code.ShouldBe(ExitCode.Ok);
        foreach (var text in new[] { "serve", "config", "hash-token", "completion", "version", "health", "plugins", "jobs", "operations", "audit", "From plugins\n  releases  See releases.", "--sample none|polaris", "130  Interrupted." })
        {
            outcome.Out.ShouldContain(text);
        }

        outcome.Out.ShouldNotContain('\e');
    }

    [Fact]
    public async Task A_commands_page_has_its_usage_options_and_examples()
    {
        using var shell = new Shell();

        (await shell.Run("jobs run --help")).Out.ShouldBe(
            """
            Run a job now, besides its schedule.

            Usage
              stagedoor jobs run <name> [options]

            Arguments
              <name>  The job's name, such as releases.sync-releases.

            Options
                  --portal URL              The portal to ask. Default: STAGEDOOR_PORTAL, or
                                            http://localhost:7007.
                  --token TOKEN             The service token to ask with. Default:
                                            STAGEDOOR_TOKEN.
              -o, --output table|json|yaml  How to print the result. Default: table.
              -h, --help                    Show this page.

            """);
    }

    [Fact]
    public async Task A_terminal_with_colours_gets_them()
    {
        using var shell = new Shell { IsInteractive = true, HasColours = true };

        (await shell.Run("--help")).Out.ShouldContain("\e[1mStagedoor\e[0m");
    }

    [Theory]
    [InlineData("--version", "stagedoor 1.2.3\n")]
    [InlineData("version --output json", "\"version\": \"1.2.3\"")]
    [InlineData("version -o yaml", "version: \"1.2.3\"")]
    [InlineData("version", "stagedoor  1.2.3\n")]
    public async Task The_version_is_told(string line, string text)
    {
        using var shell = new Shell();

        (await shell.Run(line)).Out.ShouldContain(text);
    }

    [Theory]
    [InlineData("stagedoor op", "operations")]
    [InlineData("stagedoor serve --sample ", "polaris")]
    [InlineData("stagedoor jobs ", "resume")]
    [InlineData("stagedoor jobs list --out", "--output")]
    [InlineData("stagedoor rel", "releases")]
    public async Task Shells_are_told_how_a_line_may_go_on(string line, string suggestion)
    {
        using var shell = new Shell { Plugins = [PluginFor.Releases(plugin => plugin.Command("releases", "See releases.", releases => releases.Run((_, _) => Task.FromResult(0))))] };

        (await shell.Run([$"[suggest:{line.Length}]", line])).Out.Split('\n').ShouldContain(suggestion);
    }

    [Theory]
    [InlineData("bash", "complete -o bashdefault -o default -F _stagedoor stagedoor")]
    [InlineData("zsh", "#compdef stagedoor")]
    [InlineData("fish", "complete -c stagedoor")]
    public async Task Every_shell_has_a_completion_script(string name, string text)
    {
        using var shell = new Shell();

        (await shell.Run($"completion {name}")).Out.ShouldContain(text);
    }

    [Fact]
    public async Task A_made_token_belongs_to_its_hash()
    {
        using var shell = new Shell();
        var made = (await shell.Run("hash-token -o json")).Out;
        var token = System.Text.Json.Nodes.JsonNode.Parse(made)!;
        token["token"]!.GetValue<string>().Length.ShouldBe(43);

        shell.Input = token["token"]!.GetValue<string>() + "\n";
        (await shell.Run("hash-token")).Out.ShouldBe($"Hash  {token["hash"]!.GetValue<string>()}\n");
    }

    [Fact]
    public async Task A_token_that_can_be_guessed_is_refused()
    {
        using var shell = new Shell { Input = "secret" };

        (await shell.Run("hash-token")).ShouldBe(new Outcome(
            ExitCode.Failed, "", "Error: This token has 6 characters, and fewer than 20 can be guessed. Without input a good one is made.\n"));
    }
}
