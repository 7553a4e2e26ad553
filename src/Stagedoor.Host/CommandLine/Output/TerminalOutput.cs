using System.Globalization;
using System.Text.Json;
using Spectre.Console;
using Stagedoor.Plugins;

namespace Stagedoor.Host.CommandLine.Output;

/// <summary>
/// Writes results to standard output in the format asked for, and remarks to standard error. To a person a table
/// fits the window; into a pipe it is plain aligned text that is never cut.
/// </summary>
internal sealed class TerminalOutput(Terminal terminal, OutputFormat format) : CommandOutput
{
    public OutputFormat Format { get; } = format;

    public override void Rows<T>(IReadOnlyCollection<T> rows, params IReadOnlyList<CommandColumn<T>> columns)
    {
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentNullException.ThrowIfNull(columns);
        if (Format != OutputFormat.Table)
        {
            Document(rows);
        }
        else if (rows.Count == 0)
        {
            Note("There is nothing to list.");
        }
        else
        {
            WriteTable([.. columns.Select(column => column.Title)], [.. rows.Select(row => columns.Select(column => CellText.Of(column.Value(row))).ToArray())]);
        }
    }

    public override void Item<T>(T item, params IReadOnlyList<CommandColumn<T>> fields)
    {
        ArgumentNullException.ThrowIfNull(fields);
        if (Format != OutputFormat.Table)
        {
            Document(item);
            return;
        }

        var width = fields.Count == 0 ? 0 : fields.Max(field => field.Title.Length);
        foreach (var field in fields)
        {
            var label = field.Title.PadRight(width + 2);
            terminal.Out.WriteLine((terminal.HasColours ? $"\e[2m{label}\e[0m" : label) + CellText.Of(field.Value(item)));
        }
    }

    public override void Note(string text) => terminal.Error.WriteLine(CellText.PrintableLines(text));

    public override void Error(string text) =>
        terminal.Error.WriteLine((terminal.HasColours ? "\e[1;31mError:\e[0m " : "Error: ") + CellText.PrintableLines(text));

    /// <summary>One value as JSON or YAML.</summary>
    public void Document<T>(T value)
    {
        var node = JsonSerializer.SerializeToNode(value, JsonText.Indented);
        terminal.Out.Write(Format == OutputFormat.Yaml ? YamlText.Of(node) : (node?.ToJsonString(JsonText.Indented) ?? "null") + "\n");
    }

    public override void Line(string text) => terminal.Out.WriteLine(CellText.PrintableLines(text));

    private void WriteTable(string[] titles, string[][] rows)
    {
        if (!terminal.IsInteractive)
        {
            WriteAligned(titles, rows);
            return;
        }

        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = terminal.HasColours ? AnsiSupport.Yes : AnsiSupport.No,
            ColorSystem = terminal.HasColours ? ColorSystemSupport.Standard : ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,
            Out = new AnsiConsoleOutput(terminal.Out),
        });
        console.Profile.Width = terminal.Width;
        var table = new Table().Border(TableBorder.None);
        foreach (var title in titles)
        {
            table.AddColumn(new TableColumn(new Markup($"[bold]{Markup.Escape(title)}[/]")) { Padding = new Padding(0, 0, 2, 0) });
        }

        foreach (var row in rows)
        {
            table.AddRow(row.Select(cell => new Text(cell)));
        }

        console.Write(table);
    }

    private void WriteAligned(string[] titles, string[][] rows)
    {
        var widths = titles.Select((title, column) => Math.Max(Width(title), rows.Max(row => Width(row[column])))).ToArray();
        foreach (var row in rows.Prepend(titles))
        {
            terminal.Out.WriteLine(string.Concat(row.Select((cell, column) => cell + new string(' ', widths[column] - Width(cell) + 2))).TrimEnd());
        }
    }

    private static int Width(string text) => new StringInfo(text).LengthInTextElements;
}
