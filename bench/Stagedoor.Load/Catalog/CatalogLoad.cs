using System.Globalization;
using System.Text.Json;

namespace Stagedoor.Load.Catalog;

/// <summary>What a scenario has shown, by the number of connections.</summary>
internal sealed record ScenarioFigures(string Name, long Variety, IReadOnlyDictionary<int, LoadResult> Results);

/// <summary>Runs the scenarios against one catalog. The answers are checked on the way, every fiftieth in full.</summary>
internal static class CatalogLoad
{
    private const int CheckEvery = 50;

    public static async Task<IReadOnlyList<ScenarioFigures>> Run(
        CatalogTarget target, string? graph, double seconds, IReadOnlyList<int> connections, Func<string, bool> wanted, CancellationToken cancellationToken)
    {
        var catalog = await KnownCatalog.Read(target, cancellationToken);
        Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {catalog.Entities.Count:N0} entities, {catalog.Components.Count:N0} components"));
        var figures = new List<ScenarioFigures>();
        foreach (var scenario in Scenarios.Of(target, catalog, graph).Where(scenario => wanted(scenario.Name)))
        {
            await Rehearse(target, scenario, cancellationToken);
            var results = new Dictionary<int, LoadResult>();
            foreach (var count in scenario.Whole ? [1] : connections)
            {
                var plan = new LoadPlan(target.Base, count, scenario.Whole ? Math.Max(seconds, 20) : seconds, scenario.Whole ? 10 : long.MaxValue, []);
                if (!scenario.Whole)
                {
                    await LoadRun.Go(plan with { Seconds = Math.Min(1, seconds) }, number => Questions(scenario, -1 - number), cancellationToken);
                }

                var result = await LoadRun.Go(plan, number => Questions(scenario, (count * 1000) + number), cancellationToken);
                results[count] = result;
                Console.Error.WriteLine(string.Create(
                    CultureInfo.InvariantCulture, $"  {scenario.Name} over {count}: {result.PerSecond:N0} a second, p50 {result.P50:0.00} p95 {result.P95:0.00} p99 {result.P99:0.00} ms, {result.BytesPerAnswer:N0} bytes, {result.Errors} errors {result.FirstError}"));
            }

            figures.Add(new ScenarioFigures(scenario.Name, scenario.Variety, results));
        }

        return figures;
    }

    /// <summary>Twenty questions off the clock: a scenario that is answered wrongly is not worth a measure.</summary>
    private static async Task Rehearse(CatalogTarget target, Scenario scenario, CancellationToken cancellationToken)
    {
        await using var connection = new Connection();
        await connection.Open(target.Base, cancellationToken);
        var random = new Random(42);
        for (var i = 0; i < (scenario.Whole ? 1 : 20); i++)
        {
            var (request, check) = scenario.Next(random);
            var answer = await connection.Ask(request, keep: true, cancellationToken);
            if (answer.Status != 200 || Checked(answer, check) is not null)
            {
                var asked = System.Text.Encoding.UTF8.GetString(request).Split('\r')[0];
                throw new InvalidDataException($"{scenario.Name}: {asked} answered {answer.Status}. {(answer.Status == 200 ? Checked(answer, check) : System.Text.Encoding.UTF8.GetString(answer.Body))}");
            }
        }
    }

    private static Func<Question> Questions(Scenario scenario, int seed)
    {
        var random = new Random(seed);
        var asked = 0;
        return () =>
        {
            var (request, check) = scenario.Next(random);
            return ++asked % CheckEvery == 0 ? new Question(request, answer => Checked(answer, check)) : new Question(request);
        };
    }

    private static string? Checked(Answer answer, Func<JsonElement, string?> check)
    {
        using var json = JsonDocument.Parse(answer.Body);
        return check(json.RootElement);
    }
}
