using System.CommandLine;
using System.Text.Json.Nodes;
using Stagedoor.Host.CommandLine.Output;
using Stagedoor.Host.CommandLine.Parsing;
using Stagedoor.Host.Configuration;
using Stagedoor.Host.Configuration.Check;
using Stagedoor.Plugins;

namespace Stagedoor.Host.CommandLine.Commands;

/// <summary><c>config</c>: is the configuration right, what holds, and what could be written.</summary>
internal sealed class ConfigCommands(CommandLineParts parts, StartOptions start, Option<OutputFormat?> output)
{
    public PortalCommand Config()
    {
        var command = new PortalCommand("config", "Check and show the configuration.", PortalCommand.Here)
        {
            Examples =
            [
                new("stagedoor config check --config portal.yaml", "Find every mistake before a start"),
                new("stagedoor config show", "See what holds, and where it comes from"),
                new("stagedoor config schema > stagedoor.schema.json", "Let the editor complete and check"),
            ],
        };
        command.Add(Sub("check", "Check the configuration and tell every mistake with its place.", Check, hasOutput: false));
        command.Add(Sub("show", "Show the effective configuration: each value with its origin, secrets masked.", Show, hasOutput: true));
        command.Add(Sub("schema", "Print the JSON Schema of the configuration, for editors.", Schema, hasOutput: false));
        return command;
    }

    private PortalCommand Sub(string name, string description, Func<ParseResult, LoadedConfiguration, int> run, bool hasOutput)
    {
        var command = new PortalCommand(name, description);
        start.AddForConfiguration(command);
        if (hasOutput)
        {
            command.Add(output);
        }

        command.SetAction(result => run(result, start.Read(result).LoadConfiguration()));
        return command;
    }

    private int Check(ParseResult result, LoadedConfiguration configuration)
    {
        var report = configuration.Check(parts.Plugins(configuration));
        parts.Terminal.Error.Write(report.Text());
        if (!report.IsFlawless)
        {
            return ExitCode.Usage;
        }

        var names = configuration.Files.Select(file => ConfigurationFile.NameOf(file, configuration.Request.WorkingDirectory)).ToList();
        parts.Terminal.Out.WriteLine(names.Count == 0
            ? $"There is no {PortalConfiguration.FileName}, here or in {configuration.DataDirectory}: the defaults hold, and they are right."
            : $"{string.Join(", ", names)}: the configuration is right.");
        return ExitCode.Ok;
    }

    private int Show(ParseResult result, LoadedConfiguration configuration)
    {
        var plugins = parts.Plugins(configuration);
        var report = configuration.Check(plugins);
        var effective = EffectiveConfiguration.Of(configuration, plugins);
        if (result.GetValue(output) == OutputFormat.Json)
        {
            var origins = new JsonObject(effective.Origins.Select(origin => KeyValuePair.Create(origin.Key, (JsonNode?)origin.Value.ToString())));
            parts.Terminal.Out.WriteLine(new JsonObject { ["settings"] = effective.Settings, ["origins"] = origins }.ToJsonString(JsonText.Indented));
        }
        else
        {
            parts.Terminal.Out.Write(YamlText.Of(effective.Settings, effective.Remark));
        }

        if (report.IsFlawless)
        {
            return ExitCode.Ok;
        }

        parts.Terminal.Error.WriteLine($"{FindingText.Count(report.Mistakes.Count)}: what is wrong shows its default. Run 'stagedoor config check' to see them.");
        return ExitCode.Usage;
    }

    private int Schema(ParseResult result, LoadedConfiguration configuration)
    {
        parts.Terminal.Out.WriteLine(ConfigurationSchema.Build(parts.Plugins(configuration)).ToJsonString(JsonText.Indented));
        return ExitCode.Ok;
    }
}
