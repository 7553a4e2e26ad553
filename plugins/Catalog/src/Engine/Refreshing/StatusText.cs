using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Stagedoor.Catalog.Model;

namespace Stagedoor.Catalog.Engine.Refreshing;

/// <summary>The status items of an entity, as JSON: why it is not what its source says now.</summary>
internal static class StatusText
{
    private const string Processing = "backstage.io/catalog-processing";
    private const string Stale = "stagedoor/stale";

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    public static string OfProblems(IReadOnlyList<EntityProblem> problems, string target, DateTimeOffset goodSince) => JsonSerializer.Serialize(
        problems.Select(problem => new Item(
                Processing,
                "error",
                $"InputError: {Text(problem)}",
                new Error("InputError", Text(problem), $"{target}{(problem.Line > 0 ? $":{problem.Line}" : "")}")))
            .Append(new Item(
                Stale,
                "warning",
                string.Create(CultureInfo.InvariantCulture, $"This is the last good version, of {goodSince:yyyy-MM-dd HH:mm} UTC. What {target} says now is not accepted."),
                Error: null)),
        Json);

    public static string OfFailingPlace(string place, string error) => JsonSerializer.Serialize(
        new[] { new Item(Stale, "warning", $"Its source cannot be read, so this may be out of date. {place}: {error}", Error: null) }, Json);

    public static bool IsOfFailingPlace(string? status) =>
        status is not null && status.StartsWith($"[{{\"type\":\"{Stale}\"", StringComparison.Ordinal);

    private static string Text(EntityProblem problem) => problem.Field.Length == 0 ? problem.Message : $"{problem.Field} {problem.Message}";

    private sealed record Item(string Type, string Level, string Message, Error? Error);

    private sealed record Error(string Name, string Message, string Location);
}
