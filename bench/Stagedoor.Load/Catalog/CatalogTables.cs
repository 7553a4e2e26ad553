using System.Globalization;
using System.Text;

namespace Stagedoor.Load.Catalog;

/// <summary>The figures as Markdown.</summary>
internal static class CatalogTables
{
    public static string Loads(IReadOnlyList<ScenarioFigures> figures)
    {
        var text = new StringBuilder();
        void Line(FormattableString line) => text.Append(line.ToString(CultureInfo.InvariantCulture)).Append('\n');
        int[] connections = [.. figures.SelectMany(scenario => scenario.Results.Keys).Distinct().Order()];
        Line($"| Scenario | Different questions | Bytes | p50 ms alone | p95 | p99 |{string.Concat(connections.Select(count => $" a second over {count} |"))} Errors |");
        Line($"|---|---:|---:|---:|---:|---:|{string.Concat(connections.Select(_ => "---:|"))}---:|");
        foreach (var scenario in figures)
        {
            var alone = scenario.Results[scenario.Results.Keys.Min()];
            var variety = scenario.Variety == long.MaxValue ? "endless" : scenario.Variety.ToString("N0", CultureInfo.InvariantCulture);
            var rates = string.Concat(connections.Select(count => scenario.Results.TryGetValue(count, out var result) ? string.Create(CultureInfo.InvariantCulture, $" {result.PerSecond:N0} |") : " |"));
            Line($"| {scenario.Name} | {variety} | {alone.BytesPerAnswer:N0} | {alone.P50:0.00} | {alone.P95:0.00} | {alone.P99:0.00} |{rates} {scenario.Results.Values.Sum(result => result.Errors)} |");
        }

        return text.ToString();
    }
}
