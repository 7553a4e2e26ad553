using Stagedoor.Host.CommandLine.Api;
using Stagedoor.Host.CommandLine.Output;
using Stagedoor.Plugins;

namespace Stagedoor.Host.CommandLine.Commands;

/// <summary><c>audit</c>: who did what, and whether the record is whole.</summary>
internal static class AuditCommands
{
    private static readonly CommandColumn<AuditRecordAnswer>[] Columns =
    [
        new("NO", entry => entry.Sequence),
        new("WHEN", entry => entry.At),
        new("WHO", entry => entry.ByName ?? entry.By),
        new("WHAT", entry => entry.Action),
        new("ON", entry => entry.Subject),
        new("WHERE", entry => entry.Environment),
        new("WHY", entry => entry.Reason),
    ];

    public static CommandBuilder Audit() => new CommandBuilder("audit", "Read and verify the record of who did what.")
        .Command("list", "List entries, the newest first.", list =>
        {
            var before = list.Option<long?>("--before", "Only entries before this number: the way to the next page.");
            var limit = list.Option("--limit", "How many at most.", 50);
            list.Run(async (context, cancellationToken) =>
            {
                var from = context.Value(before) is { } number ? $"&before={number}" : "";
                var entries = await context.Portal.Get<AuditPageAnswer>($"/api/portal/audit?limit={context.Value(limit)}{from}", cancellationToken);
                context.Output.Rows(entries.Items, Columns);
                if (entries.Next is { } next)
                {
                    context.Output.Note($"Older entries: --before {next}");
                }

                return ExitCode.Ok;
            });
        })
        .Command("verify", "Recompute the chain of hashes. Fails if an entry was changed behind the portal's back.", verify => verify.Run(async (context, cancellationToken) =>
        {
            var result = await context.Portal.Get<AuditVerdictAnswer>("/api/portal/audit/verify", cancellationToken);
            var output = (TerminalOutput)context.Output;
            if (output.Format != OutputFormat.Table)
            {
                output.Document(result);
            }
            else if (result.BrokenAt is null)
            {
                output.Line($"The record is whole: each of its {result.Intact} entries fits the one before it.");
            }

            return result.BrokenAt is null ? ExitCode.Ok
                : output.Format != OutputFormat.Table ? ExitCode.Failed
                : throw new CommandFailure(ExitCode.Failed, $"Entry {result.BrokenAt} does not fit the one before it: the record was changed behind the portal's back. Compare it with a backup of the database.");
        }));
}
