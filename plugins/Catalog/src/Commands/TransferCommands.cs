using System.Globalization;
using System.Text.Json;
using Stagedoor.Plugins;

namespace Stagedoor.Catalog.Commands;

/// <summary>
/// <c>stagedoor catalog export</c> and <c>import</c>: what a portal holds as one file, and the locations of such a file, or of what another
/// portal answers at <c>/api/catalog/locations</c>, registered here.
/// </summary>
internal static class TransferCommands
{
    private const string Api = "/api/catalog";

    public static void Add(CommandBuilder catalog)
    {
        catalog.Command("export", "Write registered locations and entities to a file, as JSON.", Export);
        catalog.Command("import", "Register the locations of an export, or of another portal's list of locations.", Import);
    }

    private static void Export(CommandBuilder command)
    {
        var file = command.Argument<string>("file", "Where to write to.");
        var filters = CatalogCommands.Filters(command);
        command.Run(async (context, cancellationToken) =>
        {
            var locations = await context.Portal.Get<IReadOnlyList<Wrapped>>($"{Api}/locations", cancellationToken);
            var query = CatalogCommands.Query(context.Value(filters)).TrimStart('&');
            using var entities = await context.Portal.Http.GetAsync($"{Api.TrimStart('/')}/entities?{query}", HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            entities.EnsureSuccessStatusCode();
            var target = Path.GetFullPath(context.Value(file)!, context.WorkingDirectory);
            var count = 0;
            await using (var stream = File.Create(target))
            await using (var writer = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true }))
            {
                writer.WriteStartObject();
                writer.WritePropertyName("locations");
                JsonSerializer.Serialize(writer, locations.Select(location => location.Data), JsonSerializerOptions.Web);
                writer.WriteStartArray("entities");
                await using var answer = await entities.Content.ReadAsStreamAsync(cancellationToken);
                await foreach (var entity in JsonSerializer.DeserializeAsyncEnumerable<JsonElement>(answer, JsonSerializerOptions.Web, cancellationToken))
                {
                    entity.WriteTo(writer);
                    if (++count % 100 == 0)
                    {
                        await writer.FlushAsync(cancellationToken);
                    }
                }

                writer.WriteEndArray();
                writer.WriteEndObject();
            }

            context.Output.Note(string.Create(CultureInfo.InvariantCulture, $"{locations.Count} locations and {count} entities are in {target}."));
            return ExitCode.Ok;
        });
    }

    private static void Import(CommandBuilder command)
    {
        var file = command.Argument<string>("file", "An export, or the JSON that another portal answers at /api/catalog/locations.");
        var dryRun = command.Option("--dry-run", "Tell what would be registered, and register nothing.", fallback: false);
        command.Run(async (context, cancellationToken) =>
        {
            var path = Path.GetFullPath(context.Value(file)!, context.WorkingDirectory);
            if (await Read(path, cancellationToken) is not { } wanted)
            {
                context.Output.Error($"{path} is neither an export nor a list of locations.");
                return ExitCode.Usage;
            }

            var known = (await context.Portal.Get<IReadOnlyList<Wrapped>>($"{Api}/locations", cancellationToken)).Select(one => (one.Data.Type, one.Data.Target)).ToHashSet();
            var outcomes = new List<Outcome>();
            foreach (var location in wanted)
            {
                if (known.Contains((location.Type, location.Target)))
                {
                    outcomes.Add(new Outcome(location, "is registered already"));
                }
                else if (context.Value(dryRun))
                {
                    outcomes.Add(new Outcome(location, "would be registered"));
                }
                else
                {
                    await context.Portal.Send(HttpMethod.Post, $"{Api}/locations?onConflict=refresh", new { type = location.Type, target = location.Target }, cancellationToken);
                    outcomes.Add(new Outcome(location, "registered"));
                }
            }

            context.Output.Rows(outcomes, new("LOCATION", outcome => $"{outcome.Location.Type}:{outcome.Location.Target}"), new("OUTCOME", outcome => outcome.Text));
            return ExitCode.Ok;
        });
    }

    private static async Task<IReadOnlyList<Location>?> Read(string path, CancellationToken cancellationToken)
    {
        try
        {
            var root = JsonElement.Parse(await File.ReadAllBytesAsync(path, cancellationToken));
            return root.ValueKind == JsonValueKind.Array
                ? [.. root.Deserialize<List<Wrapped>>(JsonSerializerOptions.Web)!.Select(one => one.Data)]
                : root.GetProperty("locations").Deserialize<List<Location>>(JsonSerializerOptions.Web);
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return null;
        }
    }

    private sealed record Location(string Type, string Target);

    private sealed record Wrapped(Location Data);

    private sealed record Outcome(Location Location, string Text);
}
