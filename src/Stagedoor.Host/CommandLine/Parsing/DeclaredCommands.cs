using System.CommandLine;
using Stagedoor.Plugins;

namespace Stagedoor.Host.CommandLine.Parsing;

/// <summary>Turns a declared command and its subcommands into what the parser understands.</summary>
internal sealed class DeclaredCommands(ClientOptions client, Func<RunningCommand, Func<CommandContext, CancellationToken, Task<int>>, CancellationToken, Task<int>> run)
{
    public PortalCommand Build(CommandBuilder declared, string? group, IReadOnlyList<CommandExample> examples)
    {
        var command = new PortalCommand(declared.Name, declared.Description, group) { Examples = examples };
        var inputs = new Dictionary<CommandInput, Symbol>();
        var symbols = new Symbols();
        foreach (var input in declared.Inputs)
        {
            var symbol = input.Accept(symbols);
            inputs.Add(input, symbol);
            if (symbol is Option option)
            {
                command.Add(option);
            }
            else
            {
                command.Add((Argument)symbol);
            }
        }

        foreach (var child in declared.Commands)
        {
            command.Add(Build(child, group: null, []));
        }

        if (declared.Action is { } action)
        {
            foreach (var option in client.All)
            {
                command.Add(option);
            }

            command.SetAction((result, cancellationToken) => run(new RunningCommand(result, inputs), action, cancellationToken));
        }

        return command;
    }

    /// <summary>Why a command cannot be built; nothing if it can.</summary>
    public string? FindFault(CommandBuilder declared)
    {
        var reserved = client.All.SelectMany(option => option.Aliases.Append(option.Name)).Append("--help").Append("-h").Append("-?").ToHashSet(StringComparer.Ordinal);
        var taken = declared.Inputs.Where(input => input.IsOption).SelectMany(input => input.Aliases.Append(input.Name)).FirstOrDefault(reserved.Contains);
        return taken is not null ? $"it declares {taken}, which every command has already"
            : declared.Inputs.FirstOrDefault(input => input.IsOption != input.Name.StartsWith('-')) is { } odd ? $"'{odd.Name}' is not a name for {(odd.IsOption ? "an option; write --" + odd.Name : "an argument")}"
            : declared.Action is null && declared.Commands.Count == 0 ? $"'{declared.Name}' neither runs anything nor has subcommands"
            : declared.Commands.GroupBy(child => child.Name).FirstOrDefault(same => same.Count() > 1) is { } twice ? $"it has two subcommands named '{twice.Key}'"
            : declared.Commands.Select(FindFault).FirstOrDefault(fault => fault is not null);
    }

    private sealed class Symbols : ICommandInputVisitor<Symbol>
    {
        public Symbol Visit<T>(CommandInput<T> input)
        {
            if (input.IsOption)
            {
                var option = Inputs.Option<T>(input.Name, input.Description, null, [.. input.Aliases]);
                option.Required = input.Required;
                if (!input.Required && input.Fallback is not null && !EqualityComparer<T>.Default.Equals(input.Fallback, default))
                {
                    option.DefaultValueFactory = _ => input.Fallback;
                }

                return option;
            }

            var argument = Inputs.Argument<T>(input.Name, input.Description);
            if (!input.Required)
            {
                argument.Arity = new ArgumentArity(0, argument.Arity.MaximumNumberOfValues);
                argument.DefaultValueFactory = _ => input.Fallback!;
            }

            return argument;
        }
    }
}

/// <summary>A parsed command line, and which of its symbols stands for which declared input.</summary>
internal sealed record RunningCommand(ParseResult Result, IReadOnlyDictionary<CommandInput, Symbol> Inputs);
