using System.Globalization;
using Stagedoor.Load.Catalog.Life;
using Stagedoor.Load.Reporting;

namespace Stagedoor.Load.Pages;

/// <summary><c>pages</c>: what the catalog's pages cost the server, the wire and the reader, at several sizes of the catalog.</summary>
internal static class PagesCommand
{
    public static async Task<int> Run(Arguments arguments, CancellationToken cancellationToken)
    {
        var sizes = (arguments.All("--sizes").LastOrDefault() ?? "1000,10000,100000").Split(',').Select(size => int.Parse(size, CultureInfo.InvariantCulture)).ToList();
        var seconds = arguments.Number("--seconds", 5);
        var times = (int)arguments.Number("--times", 7);
        var portal = Path.Combine(Path.GetFullPath(arguments.Text("--portal")), "stagedoor");
        var generator = Path.Combine(Path.GetFullPath(arguments.Text("--generator")), "Stagedoor.Generate");
        await using var browser = await MeasuringBrowser.Start(arguments.Text("--chromium"));
        var figures = new List<PageFigures>();
        foreach (var size in sizes)
        {
            Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{size:N0} entities"));
            using var files = await CatalogFiles.Generate(generator, size, tiny: false, cancellationToken);
            await using var store = await Store.Make(server: null, cancellationToken);
            await using var running = MeasuredPortal.Start(portal, MeasuredConfiguration.Write(store, files), store.Data.FullName);
            await running.UntilItHolds(size, cancellationToken);
            await running.UntilQuiet(cancellationToken);
            var target = await PageTarget.Find(running.Catalog, cancellationToken);
            foreach (var page in target.Pages)
            {
                var visits = await browser.Visit(target, page, times);
                var load = await target.Load(page, connections: 1, seconds, cancellationToken);
                var busy = await target.Load(page, connections: 8, seconds, cancellationToken);
                figures.Add(new PageFigures(size, page.Name, visits, load, busy));
                Console.Error.WriteLine(string.Create(
                    CultureInfo.InvariantCulture,
                    $"  {page.Name}: {visits.First.Bytes / 1000.0:0.0} KB first, {visits.Later.Bytes / 1000.0:0.0} KB later, seen after {visits.First.Milliseconds:0} and {visits.Later.Milliseconds:0} ms, p95 {load.P95:0.00} ms alone, {busy.PerSecond:N0}/s over 8 {load.FirstError}{busy.FirstError}"));
            }

            await running.Stop();
        }

        var now = TimeProvider.System.GetLocalNow();
        var report = PagesReport.Write(figures, now, times, seconds);
        await ReportFile.Write(arguments, now, "pages", report, figures, cancellationToken);
        return figures.All(figure => figure.Alone.Errors + figure.Busy.Errors == 0) ? 0 : 1;
    }
}

/// <summary>One page at one size of the catalog.</summary>
internal sealed record PageFigures(int Entities, string Page, Visits Visits, LoadResult Alone, LoadResult Busy);

/// <summary>A first visit with an empty cache, and a later one by somebody who has been on the start page and on this one.</summary>
internal sealed record Visits(Seen First, Seen Later);

/// <param name="Milliseconds">From the beginning of the navigation until the page's content is painted, in milliseconds; the median of several.</param>
/// <param name="Bytes">Over the wire, heads and all.</param>
internal sealed record Seen(double Milliseconds, long Bytes, int Requests)
{
    public double Worst { get; init; }
}
