using System.CommandLine;
using Stagedoor.Host.Configuration;
using Stagedoor.Plugins;

namespace Stagedoor.Host.CommandLine.Parsing;

/// <summary>Says what is wrong with a command line, and what was probably meant.</summary>
internal static class UsageErrors
{
    public static IReadOnlyList<string> Of(ParseResult result)
    {
        var command = result.CommandResult.Command;
        var name = NameOf(command);
        var lines = result.UnmatchedTokens.Take(1).Select(token => Unknown(token, command, name)).ToList();
        if (lines.Count == 0)
        {
            lines.AddRange(result.Errors.Select(error => error.Message).Distinct());
        }

        return lines;
    }

    public static string NameOf(Command command)
    {
        var names = new List<string>();
        for (var at = command; at is not null and not RootCommand; at = at.Parents.OfType<Command>().FirstOrDefault())
        {
            names.Insert(0, at.Name);
        }

        return string.Join(' ', names.Prepend("stagedoor"));
    }

    private static string Unknown(string token, Command command, string name)
    {
        if (token.StartsWith('-'))
        {
            var options = command.Options.SelectMany(option => option.Aliases.Append(option.Name)).Append("--help").Where(option => option.StartsWith("--", StringComparison.Ordinal));
            var written = token.Split('=')[0];
            return $"'{written}' is not an option of '{name}'." + (Nearest.To(written, options) is { } option ? $" Did you mean {option}?" : "");
        }

        var near = Nearest.To(token, command.Subcommands.Where(child => !child.Hidden).Select(child => child.Name));
        return command.Subcommands.Count == 0 ? $"'{name}' does not take '{token}'."
            : $"'{token}' is not a command of '{name}'." + (near is null ? "" : $" Did you mean {near}?");
    }
}
