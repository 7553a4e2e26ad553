using Microsoft.AspNetCore.Builder;
using Stagedoor.Host.Loading;
using Stagedoor.Host.Tests.Configuration;
using Stagedoor.Plugins;

namespace Stagedoor.Host.Tests.CommandLine;

public sealed class PluginCommandTests
{
    [Fact]
    public async Task A_plugins_command_gets_its_inputs_typed()
    {
        using var shell = new Shell { Plugins = [Echoing("releases")] };

        (await shell.Run("releases list prod --since 2h --level high --month 3 --all --tag a --tag b")).Out.ShouldBe("prod 02:00:00 High 3 True a,b\n");
    }

    [Fact]
    public async Task What_is_not_given_has_its_fallback()
    {
        using var shell = new Shell { Plugins = [Echoing("releases")] };

        (await shell.Run("releases list")).Out.ShouldBe("anywhere 1.00:00:00 Low  False \n");
    }

    [Theory]
    [InlineData("releases list --since soon", "--since must be a duration such as 500ms, 30s, 5m, 2h or 1d, not 'soon'.")]
    [InlineData("releases list --level hihg", "--level must be one of low, high, not 'hihg'. Did you mean high?")]
    [InlineData("releases lst", "'lst' is not a command of 'stagedoor releases'. Did you mean list?")]
    public async Task A_wrong_input_is_explained(string line, string message)
    {
        using var shell = new Shell { Plugins = [Echoing("releases")] };
        var outcome = await shell.Run(line);

        outcome.Code.ShouldBe(ExitCode.Usage);
        outcome.Error.ShouldStartWith("Error: " + message);
    }

    [Fact]
    public async Task Of_two_commands_with_one_name_the_first_stays()
    {
        using var shell = new Shell { Plugins = [Echoing("releases"), Named("other", "releases")] };
        var outcome = await shell.Run("releases list");

        outcome.Code.ShouldBe(ExitCode.Ok);
        outcome.Error.ShouldBe("The command 'releases' of the plugin other is left out: the plugin releases has a command of this name.\n");
    }

    [Fact]
    public async Task A_command_cannot_take_a_name_of_the_portal()
    {
        using var shell = new Shell { Plugins = [Named("mine", "serve")] };

        (await shell.Run("--help")).Error.ShouldBe("The command 'serve' of the plugin mine is left out: the portal itself has a command of this name.\n");
    }

    [Fact]
    public async Task A_command_of_a_plugin_may_have_one_below_it_that_is_called_as_the_portals()
    {
        using var shell = new Shell { Plugins = [PluginFor.Releases(plugin => plugin.Command("docs", "Docs.", docs => docs.Command("serve", "Show them.", serve =>
        {
            var folder = serve.Argument<string>("folder", "Which.", ".", required: false);
            serve.Run((context, _) =>
            {
                ((Stagedoor.Host.CommandLine.Output.TerminalOutput)context.Output).Line($"shows {context.Value(folder)}");
                return Task.FromResult(ExitCode.Ok);
            });
        })))] };

        (await shell.Run("docs serve here")).Out.ShouldBe("shows here\n");
        (await shell.Run("none serve here")).Code.ShouldBe(ExitCode.Usage);
    }

    [Fact]
    public async Task A_command_cannot_take_an_option_that_every_command_has()
    {
        using var shell = new Shell
        {
            Plugins = [PluginFor.Releases(plugin => plugin.Command("releases", "See releases.", command =>
            {
                command.Option<string>("--output", "Mine.");
                command.Run((_, _) => Task.FromResult(0));
            }))],
        };

        (await shell.Run("--help")).Error.ShouldContain("is left out: it declares --output, which every command has already.");
    }

    [Fact]
    public async Task The_commands_of_a_disabled_plugin_are_not_there()
    {
        var plugin = Echoing("releases");
        plugin.Leave(PluginState.Disabled, "for a test");
        using var shell = new Shell { Plugins = [plugin] };

        (await shell.Run("releases list")).Code.ShouldBe(ExitCode.Usage);
    }

    [Fact]
    public async Task A_command_that_throws_fails_with_its_message()
    {
        using var shell = new Shell
        {
            Plugins = [PluginFor.Releases(plugin => plugin.Command("releases", "See releases.", command => command.Run((_, _) => throw new InvalidOperationException("No releases today."))))],
        };

        (await shell.Run("releases")).ShouldBe(new Outcome(ExitCode.Failed, "", "Error: stagedoor releases failed: No releases today.\n"));
    }

    [Fact]
    public async Task Without_its_plugins_the_command_line_still_works()
    {
        using var shell = new Shell { FindPlugins = () => throw new IOException("The folder is on fire.") };

        (await shell.Run("--help")).Error.ShouldBe("The plugins cannot be found: The folder is on fire.\n");
        (await shell.Run("version")).Error.ShouldBeEmpty();
        (await shell.Run("config check")).ShouldBe(new Outcome(ExitCode.Failed, "", "Error: The plugins cannot be found: The folder is on fire.\n"));
    }

    [Fact]
    public async Task Plugins_are_looked_for_only_once_and_only_when_needed()
    {
        var times = 0;
        using var shell = new Shell
        {
            FindPlugins = () =>
            {
                times++;
                return [];
            },
        };

        await shell.Run("version");
        await shell.Run("serve");
        await shell.Run("jobs list --portal http://127.0.0.1:9");
        times.ShouldBe(0);

        await shell.Run("unknown");
        times.ShouldBe(1);
    }

    [Fact]
    public async Task A_plugins_command_speaks_to_the_portal()
    {
        await using var portal = await SmallPortal.Serve(routes => routes.MapGet("/api/releases", () => new[] { new Release("1.0", true) }));
        using var shell = new Shell
        {
            Plugins = [PluginFor.Releases(plugin => plugin.Command("releases", "See releases.", command => command.Run(async (context, cancellationToken) =>
            {
                var releases = await context.Portal.Get<Release[]>("/api/releases", cancellationToken);
                context.Output.Rows(releases, new CommandColumn<Release>("VERSION", release => release.Version), new CommandColumn<Release>("LIVE", release => release.Live));
                return ExitCode.Ok;
            })))],
        };

        (await shell.Run($"releases --portal {portal.Address}")).Out.ShouldBe("VERSION  LIVE\n1.0      yes\n");
    }

    private static LoadedPlugin Named(string id, string command) =>
        PluginFor.Releases(plugin => plugin.Command(command, "Something.", something => something.Run((_, _) => Task.FromResult(0))), id);

    private static LoadedPlugin Echoing(string name) => PluginFor.Releases(plugin => plugin.Command(name, "See releases.", releases => releases.Command("list", "List them.", list =>
    {
        var where = list.Argument<string>("where", "Where.", "anywhere", required: false);
        var since = list.Option("--since", "Since when.", TimeSpan.FromDays(1));
        var level = list.Option<Level>("--level", "How urgent.");
        var month = list.Option<int?>("--month", "Which month.");
        var all = list.Option<bool>("--all", "All of them.");
        var tags = list.Option<string[]>("--tag", "Tags.");
        list.Run((context, _) =>
        {
            var text = $"{context.Value(where)} {context.Value(since)} {context.Value(level)} {context.Value(month)} {context.Value(all)} {string.Join(',', context.Value(tags) ?? [])}";
            ((Stagedoor.Host.CommandLine.Output.TerminalOutput)context.Output).Line(text);
            return Task.FromResult(ExitCode.Ok);
        });
    })));

    private enum Level
    {
        Low,
        High,
    }

    private sealed record Release(string Version, bool Live);
}
