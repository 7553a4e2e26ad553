using System.Globalization;
using System.Text.Json;
using Stagedoor.Plugins;

namespace Stagedoor.Catalog.Commands;

/// <summary><c>stagedoor catalog …</c>: what one asks a running portal's catalog.</summary>
internal static class CatalogCommands
{
    private const string Api = "/api/catalog";

    public static void Add(CommandBuilder catalog)
    {
        catalog.Command("get", "Show an entity.", Get);
        catalog.Command("list", "List entities.", List);
        catalog.Command("facets", "Count entities by the values of fields.", Facets);
        catalog.Command("refresh", "Read an entity's source again.", Refresh);
        catalog.Command("history", "Show what happened to an entity, or how it was at a moment.", History);
        catalog.Command("diff", "Show what differs between two versions of an entity.", Diff);
        LocationCommands.Add(catalog);
        TransferCommands.Add(catalog);
    }

    private static void Get(CommandBuilder command)
    {
        var entity = Ref(command);
        command.Run(async (context, cancellationToken) =>
        {
            var found = await context.Portal.Get<JsonElement>($"{Api}/entities/by-name/{Path(context.Value(entity)!)}", cancellationToken);
            Show(context, found);
            return ExitCode.Ok;
        });
    }

    private static void List(CommandBuilder command)
    {
        var filters = Filters(command);
        var text = command.Option<string>("--text", "Only those with this in their name or title.");
        var order = command.Option<string>("--order", "The field to sort by, such as metadata.name or spec.type.", "metadata.name");
        var limit = command.Option("--limit", "How many at most.", 100);
        command.Run(async (context, cancellationToken) =>
        {
            var query = $"?limit={context.Value(limit).ToString(CultureInfo.InvariantCulture)}&orderField={Uri.EscapeDataString($"{context.Value(order)},asc")}{Query(context.Value(filters))}";
            if (context.Value(text) is { Length: > 0 } term)
            {
                query += $"&fullTextFilterTerm={Uri.EscapeDataString(term)}&fullTextFilterFields=metadata.name,metadata.title,spec.profile.displayName";
            }

            var page = await context.Portal.Get<Page>($"{Api}/entities/by-query{query}", cancellationToken);
            context.Output.Rows(
                page.Items,
                new("REF", item => Entity(item).Ref.ToString()),
                new("TITLE", item => Entity(item).Title),
                new("TYPE", item => Entity(item).Type),
                new("LIFECYCLE", item => Entity(item).Lifecycle),
                new("OWNER", item => Entity(item).Owner?.ToString()));
            if (page.TotalItems > page.Items.Count)
            {
                context.Output.Note(string.Create(CultureInfo.InvariantCulture, $"{page.Items.Count} of {page.TotalItems}. --limit shows more, --filter fewer."));
            }

            return ExitCode.Ok;
        });
    }

    private static void Facets(CommandBuilder command)
    {
        var paths = command.Argument<string[]>("field", "Fields such as kind, spec.type or metadata.tags.");
        var filters = Filters(command);
        command.Run(async (context, cancellationToken) =>
        {
            var query = string.Join('&', context.Value(paths)!.Select(path => $"facet={Uri.EscapeDataString(path)}"));
            var answer = await context.Portal.Get<FacetsAnswer>($"{Api}/entity-facets?{query}{Query(context.Value(filters))}", cancellationToken);
            context.Output.Rows(
                [.. answer.Facets.SelectMany(facet => facet.Value.Select(value => (Field: facet.Key, value.Value, value.Count)))],
                new("FIELD", row => row.Field),
                new("VALUE", row => row.Value),
                new("COUNT", row => row.Count));
            return ExitCode.Ok;
        });
    }

    private static void Refresh(CommandBuilder command)
    {
        var entity = Ref(command);
        command.Run(async (context, cancellationToken) =>
        {
            var name = context.Value(entity)!;
            await context.Portal.Send(HttpMethod.Post, $"{Api}/refresh", new { entityRef = name }, cancellationToken);
            context.Output.Note($"The source of {name} is read again.");
            return ExitCode.Ok;
        });
    }

    private static void History(CommandBuilder command)
    {
        var entity = Ref(command);
        var asOf = command.Option<string>("--as-of", "Show the entity as it was at this moment, such as 2030-05-01T12:00:00Z.");
        var limit = command.Option("--limit", "How many lines at most.", 50);
        command.Run(async (context, cancellationToken) =>
        {
            var address = $"{Api}/history/{Path(context.Value(entity)!)}";
            if (context.Value(asOf) is { Length: > 0 } moment)
            {
                Show(context, await context.Portal.Get<JsonElement>($"{address}?asOf={Uri.EscapeDataString(moment)}", cancellationToken));
                return ExitCode.Ok;
            }

            var answer = await context.Portal.Get<HistoryPage>($"{address}?limit={context.Value(limit).ToString(CultureInfo.InvariantCulture)}", cancellationToken);
            context.Output.Rows(
                answer.Items,
                new("SEQUENCE", line => line.Sequence),
                new("AT", line => line.At),
                new("CHANGE", line => line.Change),
                new("FIELDS", line => string.Join(", ", line.Fields)),
                new("BY", line => line.By ?? line.Author),
                new("COMMIT", line => line.Commit),
                new("PLACE", line => line.Place));
            return ExitCode.Ok;
        });
    }

    private static void Diff(CommandBuilder command)
    {
        var entity = Ref(command);
        var from = command.Option<long?>("--from", "The sequence of the version to compare from; by default the one before.");
        var to = command.Option<long?>("--to", "The sequence of the version to compare to; by default the newest.");
        command.Run(async (context, cancellationToken) =>
        {
            var query = string.Create(CultureInfo.InvariantCulture, $"?from={context.Value(from)}&to={context.Value(to)}").Replace("from=&", "", StringComparison.Ordinal);
            query = query.EndsWith("to=", StringComparison.Ordinal) ? query[..^3].TrimEnd('&', '?') : query;
            var answer = await context.Portal.Get<Differences>($"{Api}/history/{Path(context.Value(entity)!)}/diff{query}", cancellationToken);
            context.Output.Rows(
                answer.Fields,
                new("FIELD", field => field.Path),
                new("BEFORE", field => field.Before?.GetRawText()),
                new("AFTER", field => field.After?.GetRawText()));
            return ExitCode.Ok;
        });
    }

    internal static CommandInput<string> Ref(CommandBuilder command) =>
        command.Argument<string>("entity", "The entity, as kind:namespace/name or kind:name.");

    internal static CommandInput<string[]> Filters(CommandBuilder command) =>
        command.Option<string[]>("--filter", "Only entities like this: kind=component,spec.type=service. Several are alternatives.", aliases: "-f");

    internal static string Query(string[]? filters) => string.Concat((filters ?? []).Select(filter => $"&filter={Uri.EscapeDataString(filter)}"));

    internal static string Path(string entity)
    {
        var parsed = EntityRef.Parse(entity);
        return $"{Uri.EscapeDataString(parsed.Kind)}/{Uri.EscapeDataString(parsed.Namespace)}/{Uri.EscapeDataString(parsed.Name)}";
    }

    internal static Entity Entity(JsonElement item) => new(JsonSerializer.SerializeToUtf8Bytes(item));

    private static void Show(CommandContext context, JsonElement found) => context.Output.Item(
        found,
        new("REF", item => Entity(item).Ref.ToString()),
        new("TITLE", item => Entity(item).Title),
        new("DESCRIPTION", item => Entity(item).Description),
        new("TYPE", item => Entity(item).Type),
        new("LIFECYCLE", item => Entity(item).Lifecycle),
        new("OWNER", item => Entity(item).Owner?.ToString()),
        new("TAGS", item => string.Join(", ", Entity(item).Tags)),
        new("FROM", item => Entity(item).Annotation("backstage.io/managed-by-location")),
        new("RELATIONS", item => string.Join(Environment.NewLine, Entity(item).Relations.Select(relation => $"{relation.Type} {relation.Target}"))));

    private sealed record Page(IReadOnlyList<JsonElement> Items, long TotalItems);

    private sealed record FacetsAnswer(IReadOnlyDictionary<string, IReadOnlyList<FacetValue>> Facets);

    private sealed record HistoryPage(IReadOnlyList<Line> Items);

    private sealed record Line(long Sequence, string Change, DateTimeOffset At, string? Place, string? Commit, string? Author, string? By, IReadOnlyList<string> Fields);

    private sealed record Differences(IReadOnlyList<Field> Fields);

    private sealed record Field(string Path, JsonElement? Before, JsonElement? After);
}
