using System.Globalization;
using System.Text;
using Stagedoor.Load.Reporting;

namespace Stagedoor.Load.Catalog.Life;

/// <summary>The report of a run, as Markdown.</summary>
internal static class LifeReport
{
    public static string Write(IReadOnlyList<LifeFigures> figures, IReadOnlyList<ScenarioFigures> ceilings, DateTimeOffset now, double seconds)
    {
        var text = new StringBuilder();
        void Line(FormattableString line) => text.Append(line.ToString(CultureInfo.InvariantCulture)).Append('\n');

        Line($"# The catalog, measured on {now:yyyy-MM-dd}");
        Line($"");
        Line($"{Machine.Describe()}.");
        Line($"Published in Release, catalogs of bench/Stagedoor.Generate in files of a hundred; {seconds:0.#} s for each load. Every fiftieth answer is checked in full.");
        Line($"");
        Line($"| Entities | Database | All visible (s) | a second | Resident (MB) | at most | Store (MB) | Idle (of a core) | Start: ready (s) | all there | resident (MB) | then quiet (s) | its processor time | Change visible: watched (ms) | worst | by refresh | worst | by hook | worst |");
        Line($"|---:|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|");
        foreach (var run in figures)
        {
            Line($"| {run.Count:N0} | {run.Store} | {run.Ingested.TotalSeconds:0.0} | {run.Count / run.Ingested.TotalSeconds:N0} | {run.Settled / 1e6:N0} | {run.Peak / 1e6:N0} | {run.Bytes / 1e6:N0} | {run.Idle * 100:0.0} % | {run.ColdReady.TotalSeconds:0.00} | {run.ColdAnswer.TotalSeconds:0.00} | {run.ColdResident / 1e6:N0} | {run.Again.Waited.TotalSeconds:0.0} | {run.Again.Used.TotalSeconds:0.0} | {run.Watched.Median:0} | {run.Watched.Worst:0} | {run.Refreshed?.Median:0} | {run.Refreshed?.Worst:0} | {run.Hooked?.Median:0} | {run.Hooked?.Worst:0} |");
        }

        Line($"");
        Line($"\"All visible\" is from the start of the process on an empty store. \"Then quiet\" is what it does after a start with nothing changed: every file is looked at again.");
        foreach (var (run, history) in figures.Where(run => run.History is not null).Select(run => (run, run.History!)))
        {
            Line($"History at {run.Count:N0} on {run.Store}: {history.BytesEach:N0} bytes and {history.MillisecondsEach:0.00} ms for each of {history.Changes:N0} changes, sixty in a file at a time.");
        }

        foreach (var run in figures.Where(run => run.Loads.Count > 0))
        {
            Line($"");
            Line($"## {run.Count:N0} entities under load");
            Line($"");
            text.Append(CatalogTables.Loads(run.Loads));
        }

        if (ceilings.Count > 0)
        {
            Line($"");
            Line($"## The same bytes from the peer, which only sends them");
            Line($"");
            text.Append(CatalogTables.Loads(ceilings));
        }

        return text.ToString();
    }
}
