using System.CommandLine;
using System.CommandLine.Completions;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using System.CommandLine.Parsing;
using Stagedoor.Host.CommandLine.Api;
using Stagedoor.Host.CommandLine.Commands;
using Stagedoor.Host.CommandLine.Output;
using Stagedoor.Host.CommandLine.Parsing;
using Stagedoor.Host.Loading;
using Stagedoor.Plugins;

namespace Stagedoor.Host.CommandLine;

/// <summary>All commands, and what runs them.</summary>
internal sealed class CommandTree
{
    private static readonly ParserConfiguration Parser = new()
    {
        // '@name' is text like any other, never the name of a file with more arguments.
        ResponseFileTokenReplacer = null,
    };

    private readonly CommandLineParts _parts;
    private readonly ClientOptions _client = new();
    private readonly DeclaredCommands _declared;
    private readonly HelpPage _help;
    private readonly RootCommand _root = new("An internal developer portal: the server, and a command line for it.");

    public CommandTree(CommandLineParts parts)
    {
        _parts = parts;
        _help = new HelpPage(parts.Terminal);
        _declared = new DeclaredCommands(_client, RunDeclared);
        Start = new StartOptions(parts);

        _root.Options.Clear();
        Start.AddAll(_root);
        _root.Add(new HelpOption("--help", "-h", "-?") { Action = _help, Description = "Show this page, or that of a command.", Recursive = true });
        _root.Add(new VersionOption("--version") { Action = new ShortVersion(parts), Description = "Tell the version." });
        _root.SetAction(Serve);

        var serve = new PortalCommand("serve", "Serve the portal. This is what happens without a command.", PortalCommand.Here)
        {
            Examples =
            [
                new("stagedoor serve --urls http://0.0.0.0:8080 --data /var/lib/stagedoor", "Listen on every address"),
                new("stagedoor serve --sample polaris", "With the sample organisation"),
            ],
        };
        Start.AddAll(serve);
        serve.SetAction(Serve);
        _root.Add(serve);
        _root.Add(new ConfigCommands(parts, Start, _client.Output).Config());
        _root.Add(HashTokenCommand.Create(parts, _client.Output));
        _root.Add(CompletionCommand.Create(parts.Terminal));
        _root.Add(VersionCommand.Create(parts, _client.Output));
        AddDeclared(PortalStateCommands.Health(), new CommandExample("stagedoor health --portal http://localhost:8080", "Exit code 0 when it is ready"));
        AddDeclared(PortalStateCommands.Plugins());
        AddDeclared(JobCommands.Jobs(), new CommandExample("stagedoor jobs run releases.sync-releases", "Do not wait for the schedule"));
        AddDeclared(
            OperationCommands.Operations(parts.Time, parts.Terminal),
            new CommandExample("stagedoor operations watch 0198a2c4-5b1e-7c3d-9a44-2f6d1c0e8b17", "Follow the log until the end"));
        AddDeclared(AuditCommands.Audit(), new CommandExample("stagedoor audit list --output json --limit 200", "For another program"));
        ShowHelpForGroups(_root);
    }

    public StartOptions Start { get; }

    public ParseResult Parse(string[] args) => _root.Parse(args, Parser);

    /// <summary>Whether only the plugins can tell what the command line means, or must be named in the answer.</summary>
    public bool NeedsPlugins(ParseResult result) =>
        result.CommandResult.Command == _root
            ? result.UnmatchedTokens.Any(token => !token.StartsWith('-')) || result.Action is HelpPage || result.GetResult(_root.Directives.OfType<SuggestDirective>().First()) is not null
            : BeginsWithAnother(result);

    /// <summary>A plugin's command may have one of its own that is called as the portal's: <c>docs serve</c>.</summary>
    private static bool BeginsWithAnother(ParseResult result) =>
        result.Tokens.FirstOrDefault(token => !token.Value.StartsWith('-')) is { Type: not TokenType.Command } first && result.UnmatchedTokens.Contains(first.Value);

    /// <summary>Adds the commands of active plugins. Tells about those that were refused.</summary>
    public IEnumerable<string> AddPluginCommands(IReadOnlyList<LoadedPlugin> plugins)
    {
        var owners = _root.Subcommands.ToDictionary(command => command.Name, _ => "the portal itself", StringComparer.Ordinal);
        var refusals = new List<string>();
        foreach (var plugin in plugins.Where(plugin => plugin.IsActive))
        {
            foreach (var command in plugin.Contributions.Commands)
            {
                var fault = owners.TryGetValue(command.Name, out var owner) ? $"{owner} has a command of this name" : _declared.FindFault(command);
                if (fault is not null)
                {
                    refusals.Add($"The command '{command.Name}' of the plugin {plugin.Id} is left out: {fault}.");
                    continue;
                }

                owners.Add(command.Name, $"the plugin {plugin.Id}");
                var built = _declared.Build(command, PortalCommand.OfPlugins, []);
                ShowHelpForGroups(built);
                _root.Add(built);
            }
        }

        return refusals;
    }

    public static int Refuse(ParseResult result, TerminalOutput output)
    {
        output.Error(string.Join('\n', UsageErrors.Of(result)));
        output.Note($"Run '{UsageErrors.NameOf(result.CommandResult.Command)} --help' to see what there is.");
        return ExitCode.Usage;
    }

    private void AddDeclared(CommandBuilder command, params IReadOnlyList<CommandExample> examples) =>
        _root.Add(_declared.Build(command, PortalCommand.Running, examples));

    /// <summary>A command that only groups others has nothing to do by itself: it shows what there is.</summary>
    private void ShowHelpForGroups(Command command)
    {
        if (command.Action is null)
        {
            command.SetAction(result =>
            {
                _help.Write(command, _parts.Terminal.Error);
                return ExitCode.Usage;
            });
        }

        foreach (var child in command.Subcommands)
        {
            ShowHelpForGroups(child);
        }
    }

    private Task<int> Serve(ParseResult result, CancellationToken cancellationToken) => _parts.Serve(Start.Read(result), cancellationToken);

    private async Task<int> RunDeclared(RunningCommand command, Func<CommandContext, CancellationToken, Task<int>> action, CancellationToken cancellationToken)
    {
        var output = new TerminalOutput(_parts.Terminal, command.Result.GetValue(_client.Output) ?? OutputFormat.Table);
        using var portal = new ApiClient(PortalAddress(command.Result), command.Result.GetValue(_client.Token) ?? _parts.Variable("STAGEDOOR_TOKEN"), _parts.Version);
        try
        {
            return await action(new RunningContext(command, output, portal, _parts.WorkingDirectory), cancellationToken);
        }
        catch (Exception failed) when (failed is not (CommandFailure or OperationCanceledException))
        {
            throw new CommandFailure(ExitCode.Failed, $"{UsageErrors.NameOf(command.Result.CommandResult.Command)} failed: {failed.Message}", failed);
        }
    }

    private Uri PortalAddress(ParseResult result)
    {
        if (result.GetValue(_client.Portal) is { } given)
        {
            return RequireHttp(given, "--portal");
        }

        var text = _parts.Variable("STAGEDOOR_PORTAL") ?? ApiClient.DefaultAddress;
        return Uri.TryCreate(text, UriKind.Absolute, out var address)
            ? RequireHttp(address, "STAGEDOOR_PORTAL")
            : throw new CommandFailure(ExitCode.Usage, $"STAGEDOOR_PORTAL must be an address such as {ApiClient.DefaultAddress}, not '{text}'.");
    }

    private static Uri RequireHttp(Uri address, string source) => address.Scheme is "http" or "https"
        ? address
        : throw new CommandFailure(ExitCode.Usage, $"{source} must begin with http:// or https://, and {address} does not.");

    private sealed class ShortVersion(CommandLineParts parts) : SynchronousCommandLineAction
    {
        public override bool ClearsParseErrors => true;

        public override int Invoke(ParseResult parseResult)
        {
            parts.Terminal.Out.WriteLine($"stagedoor {parts.Version}");
            return ExitCode.Ok;
        }
    }
}
