using Stagedoor.Host.CommandLine.Api;
using Stagedoor.Host.Http;
using Stagedoor.Host.Texts;
using Stagedoor.Plugins;

namespace Stagedoor.Host.CommandLine.Commands;

/// <summary><c>operations</c>: long-running work.</summary>
internal static class OperationCommands
{
    private static readonly CommandColumn<OperationAnswer>[] Columns =
    [
        new("ID", operation => operation.Id),
        new("TITLE", operation => operation.Title),
        new("STATE", operation => operation.State),
        new("PROGRESS", operation => operation.Progress),
        new("STARTED BY", operation => operation.StartedByName),
        new("CREATED", operation => operation.CreatedAt),
    ];

    private static readonly CommandColumn<OperationAnswer>[] Fields =
    [
        new("Title", operation => operation.Title),
        new("State", operation => operation.State),
        new("Progress", operation => operation.Progress),
        new("Message", operation => operation.Message),
        new("Kind", operation => operation.Kind),
        new("Started by", operation => operation.StartedByName),
        new("Reason", operation => operation.Reason),
        new("Entity", operation => operation.Entity),
        new("Environment", operation => operation.Environment),
        new("Created", operation => operation.CreatedAt),
        new("Started", operation => operation.StartedAt),
        new("Ended", operation => operation.EndedAt),
        new("Id", operation => operation.Id),
    ];

    private static readonly CommandColumn<OperationItemAnswer>[] ItemColumns =
    [
        new("ITEM", item => item.Key),
        new("OUTCOME", item => item.Outcome),
        new("WHEN", item => item.At),
        new("MESSAGE", item => item.Message),
    ];

    public static CommandBuilder Operations(TimeProvider time, Terminal terminal) => new CommandBuilder("operations", "See and steer long-running work.")
        .Command("list", "List operations, the newest first.", List)
        .Command("show", "Show one operation.", show =>
        {
            var id = Id(show);
            show.Run(async (context, cancellationToken) =>
            {
                context.Output.Item(await Find(context, context.Value(id), cancellationToken), Fields);
                return ExitCode.Ok;
            });
        })
        .Command("items", "List what became of an operation's items, in the order of handling.", Items)
        .Command("watch", "Follow an operation's log until it ends. Fails if the operation does.", watch =>
        {
            var id = Id(watch);
            var every = watch.Option("--every", "How often to look.", TimeSpan.FromSeconds(1));
            watch.Run((context, cancellationToken) => new OperationWatch(context, terminal, time).Follow(context.Value(id), context.Value(every), cancellationToken));
        })
        .Command("pause", "Stop an operation for now.", pause => Steer(pause, "pause", "pauses after what it is doing."))
        .Command("resume", "Let a paused operation go on.", resume => Steer(resume, "resume", "goes on."))
        .Command("cancel", "Stop an operation for good.", cancel => Steer(cancel, "cancel", "stops after what it is doing."))
        .Command("undo", "Begin an operation that takes back what this one did.", Undo);

    public static Task<OperationAnswer> Find(CommandContext context, Guid id, CancellationToken cancellationToken) =>
        context.Portal.Get<OperationAnswer>($"/api/portal/operations/{id}", cancellationToken);

    private static void List(CommandBuilder list)
    {
        var limit = list.Option("--limit", "How many at most.", 50);
        list.Run(async (context, cancellationToken) =>
        {
            var operations = await context.Portal.Get<ListAnswer<OperationAnswer>>($"/api/portal/operations?limit={context.Value(limit)}", cancellationToken);
            context.Output.Rows(operations.Items, Columns);
            if (operations.Total > operations.Items.Count)
            {
                context.Output.Note($"These are the newest {operations.Items.Count} of {operations.Total}; --limit shows more.");
            }

            return ExitCode.Ok;
        });
    }

    private static void Items(CommandBuilder items)
    {
        var id = Id(items);
        var outcome = items.Option<ItemOutcome?>("--outcome", "Only items that ended like this.");
        var limit = items.Option("--limit", "How many at most.", 50);
        items.Run(async (context, cancellationToken) =>
        {
            var only = context.Value(outcome) is { } one ? $"&outcome={one.Word()}" : "";
            var results = await context.Portal.Get<ListAnswer<OperationItemAnswer>>(
                $"/api/portal/operations/{context.Value(id)}/items?limit={context.Value(limit)}{only}", cancellationToken);
            context.Output.Rows(results.Items, ItemColumns);
            if (results.Total > results.Items.Count)
            {
                context.Output.Note($"These are the first {results.Items.Count} of {results.Total}; --limit shows more.");
            }

            return ExitCode.Ok;
        });
    }

    private static void Undo(CommandBuilder undo)
    {
        var id = Id(undo);
        undo.Run(async (context, cancellationToken) =>
        {
            var begun = await context.Portal.Send<OperationAnswer>(HttpMethod.Post, $"/api/portal/operations/{context.Value(id)}/undo", body: null, cancellationToken);
            context.Output.Item(begun, Fields);
            context.Output.Note($"Undoing is an operation of its own. Follow it: stagedoor operations watch {begun.Id}");
            return ExitCode.Ok;
        });
    }

    private static void Steer(CommandBuilder command, string verb, string done)
    {
        var id = Id(command);
        command.Run(async (context, cancellationToken) =>
        {
            await context.Portal.Send(HttpMethod.Post, $"/api/portal/operations/{context.Value(id)}/{verb}", body: null, cancellationToken);
            context.Output.Note($"The operation {done}");
            return ExitCode.Ok;
        });
    }

    private static CommandInput<Guid> Id(CommandBuilder command) => command.Argument<Guid>("id", "The operation's id, as 'operations list' shows it.");
}
