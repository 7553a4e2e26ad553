using System.CommandLine;
using System.CommandLine.Invocation;
using Stagedoor.Host.CommandLine.Parsing;

namespace Stagedoor.Host.CommandLine.Output;

/// <summary>The page that <c>--help</c> shows: usage, what there is, examples, exit codes.</summary>
internal sealed class HelpPage(Terminal terminal) : SynchronousCommandLineAction
{
    private static readonly (string Code, string Meaning)[] ExitCodes =
    [
        ("0", "Done."),
        ("1", "It ran, and the answer is no."),
        ("2", "The command line or the configuration is not right."),
        ("3", "The portal, or something it needs, cannot be reached."),
        ("4", "The portal refused: no token, or not enough rights."),
        ("5", "What was asked for is not there."),
        ("130", "Interrupted."),
    ];

    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parseResult)
    {
        Write(parseResult.CommandResult.Command, terminal.Out);
        return Plugins.ExitCode.Ok;
    }

    public void Write(Command command, TextWriter to)
    {
        to.WriteLine(command is RootCommand ? $"{Bold("Stagedoor")}, {char.ToLowerInvariant(command.Description![0])}{command.Description[1..]}" : command.Description);
        Heading(to, "Usage");
        to.WriteLine("  " + Usage(command));

        if (command.Arguments.Count > 0)
        {
            Heading(to, "Arguments");
            Columns(to, [.. command.Arguments.Select(argument => ($"<{argument.Name}>", argument.Description ?? ""))]);
        }

        foreach (var group in command.Subcommands.Where(child => !child.Hidden).GroupBy(child => (child as PortalCommand)?.Group))
        {
            Heading(to, group.Key ?? "Commands");
            Columns(to, [.. group.Select(child => (child.Name, child.Description ?? ""))]);
        }

        var options = command.Options.Where(option => !option.Hidden).ToList();
        if (options.Count > 0 || command is not RootCommand)
        {
            Heading(to, "Options");
            Columns(to, [.. options.Select(option => (Label(option), Describe(option))), .. command is RootCommand ? [] : new[] { ("-h, --help", "Show this page.") }]);
        }

        if (command is PortalCommand { Examples: { Count: > 0 } examples })
        {
            Examples(to, examples);
        }
        else if (command is RootCommand)
        {
            Examples(to,
            [
                new("stagedoor", "Serve the portal on http://localhost:7007"),
                new("stagedoor --config base.yaml --config prod.yaml", "Serve with two files; the later wins"),
                new("stagedoor jobs list --portal https://portal.example.com", "Ask a running portal"),
            ]);
            Heading(to, "Exit codes");
            Columns(to, ExitCodes);
            to.WriteLine();
            to.WriteLine("Every command has a page of its own: stagedoor config --help");
        }
    }

    private void Examples(TextWriter to, IReadOnlyList<CommandExample> examples)
    {
        Heading(to, "Examples");
        foreach (var example in examples)
        {
            to.WriteLine(terminal.HasColours ? $"  \e[2m# {example.What}\e[0m" : $"  # {example.What}");
            to.WriteLine("  " + example.Line);
        }
    }

    private static string Usage(Command command)
    {
        var parts = new List<string>();
        for (var at = command; at is not null and not RootCommand; at = at.Parents.OfType<Command>().FirstOrDefault())
        {
            parts.Insert(0, at.Name);
        }

        parts.Insert(0, "stagedoor");
        parts.AddRange(command.Arguments.Select(argument => argument.Arity.MinimumNumberOfValues > 0 ? $"<{argument.Name}>" : $"[<{argument.Name}>]"));
        if (command.Subcommands.Count > 0)
        {
            parts.Add(command is RootCommand ? "[command]" : "<command>");
        }

        parts.Add("[options]");
        return string.Join(' ', parts);
    }

    private static string Label(Option option)
    {
        var names = option.Aliases.Append(option.Name).Distinct().Where(name => name != "-?").OrderBy(name => name.Length).ToList();
        var value = option.Arity.MaximumNumberOfValues == 0 || option.ValueType == typeof(bool) ? "" : $" {option.HelpName ?? "VALUE"}";
        return (names[0].StartsWith("--", StringComparison.Ordinal) ? "    " : "") + string.Join(", ", names) + value;
    }

    private static string Describe(Option option) => (option.Description ?? "") + (option.Required ? " Required." : "");

    private void Heading(TextWriter to, string title)
    {
        to.WriteLine();
        to.WriteLine(Bold(title));
    }

    private string Bold(string text) => terminal.HasColours ? $"\e[1m{text}\e[0m" : text;

    private void Columns(TextWriter to, IReadOnlyList<(string Left, string Right)> rows)
    {
        var left = Math.Min(rows.Max(row => row.Left.Length), 44) + 2;
        var width = Math.Max(24, Math.Min(terminal.Width, 110) - left - 2);
        foreach (var row in rows)
        {
            var lines = Wrap(row.Right, width);
            if (row.Left.Length + 2 > left)
            {
                to.WriteLine("  " + row.Left);
                to.WriteLine("  " + new string(' ', left) + lines[0]);
            }
            else
            {
                to.WriteLine(("  " + row.Left.PadRight(left) + lines[0]).TrimEnd());
            }

            foreach (var line in lines.Skip(1))
            {
                to.WriteLine("  " + new string(' ', left) + line);
            }
        }
    }

    private static List<string> Wrap(string text, int width)
    {
        List<string> lines = [""];
        foreach (var word in text.Split(' '))
        {
            if (lines[^1].Length > 0 && lines[^1].Length + word.Length + 1 > width)
            {
                lines.Add("");
            }

            lines[^1] += (lines[^1].Length > 0 ? " " : "") + word;
        }

        return lines;
    }
}
