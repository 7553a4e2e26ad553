using System.Text.Json;
using Stagedoor.Host.CommandLine.Api;
using Stagedoor.Host.CommandLine.Output;
using Stagedoor.Plugins;

namespace Stagedoor.Host.CommandLine.Commands;

/// <summary>Follows an operation: its log as it grows and, for a person, a line that says how far it is.</summary>
internal sealed class OperationWatch(CommandContext context, Terminal terminal, TimeProvider time)
{
    private readonly TerminalOutput _output = (TerminalOutput)context.Output;
    private string _status = "";

    public async Task<int> Follow(Guid id, TimeSpan every, CancellationToken cancellationToken)
    {
        long after = 0;
        try
        {
            while (true)
            {
                // The state first: what is logged before the end is then certainly read after it.
                var operation = await OperationCommands.Find(context, id, cancellationToken);
                after = await PrintLog(id, after, cancellationToken);
                if (operation.IsOver)
                {
                    Clear();
                    return End(operation);
                }

                Show($"{operation.State}  {operation.Progress}  {operation.Message}");
                await Task.Delay(every < TimeSpan.FromMilliseconds(100) ? TimeSpan.FromMilliseconds(100) : every, time, cancellationToken);
            }
        }
        finally
        {
            Clear();
        }
    }

    private int End(OperationAnswer operation)
    {
        var text = $"{operation.Title}: {operation.State}, {operation.Progress}{(operation.Message is null ? "" : $". {operation.Message}")}";
        if (operation.State.Equals("succeeded", StringComparison.OrdinalIgnoreCase))
        {
            context.Output.Note(text);
            return ExitCode.Ok;
        }

        throw new CommandFailure(ExitCode.Failed, text);
    }

    private async Task<long> PrintLog(Guid id, long after, CancellationToken cancellationToken)
    {
        while (true)
        {
            var log = await context.Portal.Get<LogAnswer>($"/api/portal/operations/{id}/log?after={after}", cancellationToken);
            if (log.Lines.Count == 0)
            {
                return after;
            }

            Clear();
            foreach (var line in log.Lines)
            {
                var level = line.Level.Equals("info", StringComparison.OrdinalIgnoreCase) ? "" : line.Level.ToLowerInvariant() + ": ";
                _output.Line(_output.Format == OutputFormat.Table ? $"{CellText.Of(line.At)}  {level}{line.Text}" : JsonSerializer.Serialize(line, JsonText.Compact));
            }

            if (log.Next <= after)
            {
                return after;
            }

            after = log.Next;
        }
    }

    /// <summary>One line at the bottom that is written over; only where a person looks.</summary>
    private void Show(string status)
    {
        if (!terminal.IsInteractive || !terminal.HasColours || _output.Format != OutputFormat.Table)
        {
            return;
        }

        Clear();
        _status = CellText.Printable(status.TrimEnd());
        _status = _status.Length < terminal.Width ? _status : _status[..(terminal.Width - 1)];
        terminal.Out.Write(_status);
        terminal.Out.Flush();
    }

    private void Clear()
    {
        if (_status.Length > 0)
        {
            terminal.Out.Write("\r\e[2K");
            _status = "";
        }
    }
}
