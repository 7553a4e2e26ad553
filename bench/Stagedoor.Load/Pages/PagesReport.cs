using System.Globalization;
using System.Text;
using Stagedoor.Load.Reporting;

namespace Stagedoor.Load.Pages;

/// <summary>The report of a run, as Markdown.</summary>
internal static class PagesReport
{
    public static string Write(IReadOnlyList<PageFigures> figures, DateTimeOffset now, int times, double seconds)
    {
        var text = new StringBuilder();
        void Line(FormattableString line) => text.Append(line.ToString(CultureInfo.InvariantCulture)).Append('\n');

        Line($"# The catalog's pages, measured on {now:yyyy-MM-dd}");
        Line($"");
        Line($"{Machine.Describe()}.");
        Line($"Published in Release, SQLite, catalogs of bench/Stagedoor.Generate. Visits: the median (and the worst) of {times} in Chromium at 1440 × 900, from the beginning of the navigation to the");
        Line($"first paint of the content, which arrives finished; a first visit has an empty cache, a later one has seen the start page and the page before. Bytes are all that came over the wire.");
        Line($"Server: {seconds:0.#} s of one request after the other with Brotli, other addresses each time where there are several; then over eight connections.");
        Line($"");
        Line($"| Entities | Page | First visit (KB) | requests | seen (ms) | worst | Later visit (KB) | requests | seen (ms) | worst | Server p50 (ms) | p95 | pages/s over 8 | p95 |");
        Line($"|---:|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|");
        foreach (var figure in figures)
        {
            var (first, later) = figure.Visits;
            Line($"| {figure.Entities:N0} | {figure.Page} | {first.Bytes / 1000.0:0.0} | {first.Requests} | {first.Milliseconds:0} | {first.Worst:0} | {later.Bytes / 1000.0:0.0} | {later.Requests} | {later.Milliseconds:0} | {later.Worst:0} | {figure.Alone.P50:0.00} | {figure.Alone.P95:0.00} | {figure.Busy.PerSecond:N0} | {figure.Busy.P95:0.00} |");
        }

        return text.ToString();
    }
}
