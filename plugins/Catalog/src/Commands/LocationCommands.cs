using System.Globalization;
using System.Text.Json;
using Stagedoor.Plugins;

namespace Stagedoor.Catalog.Commands;

/// <summary><c>stagedoor catalog register</c>, <c>unregister</c>, <c>sources</c>.</summary>
internal static class LocationCommands
{
    private const string Api = "/api/catalog";

    public static void Add(CommandBuilder catalog)
    {
        catalog.Command("register", "Register a location.", Register);
        catalog.Command("unregister", "Unregister a location, and with it the entities that only it declares.", Unregister);
        catalog.Command("sources", "List the sources of entities and how their last reading went.", Sources);
    }

    private static void Register(CommandBuilder command)
    {
        var target = command.Argument<string>("target", "The address of a catalog file or of a repository.");
        var type = command.Option("--type", "url or git.", "url");
        var dryRun = command.Option("--dry-run", "Tell what would come, and register nothing.", fallback: false);
        command.Run(async (context, cancellationToken) =>
        {
            var query = context.Value(dryRun) ? "?dryRun=true" : "";
            var answer = await context.Portal.Send<Registered>(
                HttpMethod.Post, $"{Api}/locations{query}", new { type = context.Value(type), target = context.Value(target) }, cancellationToken);
            if (context.Value(dryRun))
            {
                context.Output.Rows(
                    answer.Entities,
                    new("REF", item => CatalogCommands.Entity(item).Ref.ToString()),
                    new("TITLE", item => CatalogCommands.Entity(item).Title),
                    new("TYPE", item => CatalogCommands.Entity(item).Type));
                context.Output.Note(answer.Exists == true ? "The location is registered already." : "Nothing was registered.");
            }
            else
            {
                context.Output.Item(answer.Location, new("ID", location => location.Id), new("TARGET", location => $"{location.Type}:{location.Target}"), new("ENTITY", location => location.EntityRef));
            }

            return ExitCode.Ok;
        });
    }

    private static void Unregister(CommandBuilder command)
    {
        var which = command.Argument<string>("location", "The location's id, or its target.");
        var dryRun = command.Option("--dry-run", "Tell what would go along, and unregister nothing.", fallback: false);
        command.Run(async (context, cancellationToken) =>
        {
            var all = await context.Portal.Get<IReadOnlyList<Wrapped>>($"{Api}/locations", cancellationToken);
            var wanted = context.Value(which)!;
            if (all.FirstOrDefault(one => one.Data.Id == wanted || one.Data.Target == wanted || $"{one.Data.Type}:{one.Data.Target}" == wanted)?.Data is not { } location)
            {
                context.Output.Error($"No location '{wanted}' is registered. 'stagedoor catalog sources' lists all sources.");
                return ExitCode.NotFound;
            }

            var going = await context.Portal.Get<Going>($"{Api}/locations/{location.Id}/entities", cancellationToken);
            context.Output.Rows(going.EntityRefs, new CommandColumn<string>("ENTITY", name => name));
            if (context.Value(dryRun))
            {
                context.Output.Note(string.Create(CultureInfo.InvariantCulture, $"{going.EntityRefs.Count} entities would go. Nothing was unregistered."));
                return ExitCode.Ok;
            }

            await context.Portal.Send(HttpMethod.Delete, $"{Api}/locations/{location.Id}", body: null, cancellationToken);
            context.Output.Note(string.Create(CultureInfo.InvariantCulture, $"{location.Type}:{location.Target} is unregistered, and {going.EntityRefs.Count} entities went along."));
            return ExitCode.Ok;
        });
    }

    private static void Sources(CommandBuilder command) => command.Run(async (context, cancellationToken) =>
    {
        var sources = await context.Portal.Get<IReadOnlyList<Source>>($"{Api}/sources", cancellationToken);
        context.Output.Rows(
            sources,
            new("SOURCE", source => source.Target is { } target ? $"{source.Type}:{target}" : source.LocationRef ?? source.Type),
            new("ORIGIN", source => source.Origin),
            new("ENTITIES", source => source.Entities),
            new("PROBLEMS", source => source.FilesWithProblems),
            new("READ", source => source.ReadAt),
            new("HELD BACK", source => source.Held is > 0 ? source.Held : null),
            new("REMARK", source => source.Error ?? source.PausedWhy));
        return ExitCode.Ok;
    });

    private sealed record Registered(Location Location, IReadOnlyList<JsonElement> Entities, bool? Exists);

    private sealed record Location(string Id, string Type, string Target, string EntityRef);

    private sealed record Wrapped(Location Data);

    private sealed record Going(IReadOnlyList<string> EntityRefs);

    private sealed record Source(
        string Origin, string Type, string? Target, string? LocationRef, long? Entities, long? FilesWithProblems, DateTimeOffset? ReadAt, long? Held, string? Error, string? PausedWhy);
}
