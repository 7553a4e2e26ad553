using System.Globalization;
using System.Text;
using Stagedoor.Load.Reporting;

namespace Stagedoor.Load.Documentation;

/// <summary>The report of a run, as Markdown.</summary>
internal static class DocsReport
{
    public static string Write(IReadOnlyList<DocsFigures> figures, DateTimeOffset now, int times, double seconds)
    {
        var text = new StringBuilder();
        void Line(FormattableString line) => text.Append(line.ToString(CultureInfo.InvariantCulture)).Append('\n');

        Line($"# Reading documentation, measured on {now:yyyy-MM-dd}");
        Line($"");
        Line($"{Machine.Describe()}.");
        Line($"Published in Release, SQLite, a generated site in a git repository on this machine: headings, lists, tables, highlighted code, tabs, notes, tasks, footnotes, links. First page: the median of");
        Line($"{times} starts of the portal, each asked for one page of a site that nobody had opened; git's listing, the navigation's titles and the rendering are in it. All rendered: the first search, which");
        Line($"renders and indexes every page. Warm: {seconds:0.#} s of one request after the other with Brotli over all pages, then over eight connections. Change: from a commit until a page shows it,");
        Line($"the median of {times}. MkDocs: `mkdocs build` with Material on the same folder, search index included; the median of up to three.");
        Line($"");
        Line($"| Pages | Markdown (MB) | First page (ms) | All rendered (ms) | Each page once (ms) | Warm p50 (ms) | p95 | p99 | pages/s over 8 | Change (ms) | Memory before, after, peak (MB) | mkdocs build (s) | build : first page | build : all rendered |");
        Line($"|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|");
        foreach (var figure in figures)
        {
            var (portal, built) = (figure.Portal, figure.Built);
            Line($"| {figure.Pages:N0} | {figure.Bytes / 1e6:0.0} | {portal.FirstPage:0} | {portal.AllRendered:0} | {portal.EachOnce:0} | {portal.Alone.P50:0.00} | {portal.Alone.P95:0.00} | {portal.Alone.P99:0.00} | {portal.Busy.PerSecond:N0} | {portal.Change:0} | {portal.MemoryBefore / 1e6:0}, {portal.MemoryAfter / 1e6:0}, {portal.MemoryPeak / 1e6:0} | {built:0.0} | {built * 1000 / portal.FirstPage:0} | {built * 1000 / portal.AllRendered:0} |");
        }

        return text.ToString();
    }
}
