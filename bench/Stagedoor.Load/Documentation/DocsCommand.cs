using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using Stagedoor.Load.Catalog.Life;
using Stagedoor.Load.Reporting;

namespace Stagedoor.Load.Documentation;

/// <summary><c>docs</c>: what reading a documentation site costs that nobody has built, beside MkDocs that builds the same.</summary>
internal static class DocsCommand
{
    private const string Site = "/docs/default/component/bench";

    public static async Task<int> Run(Arguments arguments, CancellationToken cancellationToken)
    {
        var sizes = (arguments.All("--sizes").LastOrDefault() ?? "100,1000,5000").Split(',').Select(size => int.Parse(size, CultureInfo.InvariantCulture)).ToList();
        var seconds = arguments.Number("--seconds", 5);
        var times = (int)arguments.Number("--times", 5);
        var builds = (int)arguments.Number("--builds", 3);
        var portal = Path.Combine(Path.GetFullPath(arguments.Text("--portal")), "stagedoor");
        var mkDocs = arguments.All("--mkdocs").LastOrDefault() ?? "mkdocs";
        var figures = new List<DocsFigures>();
        foreach (var size in sizes)
        {
            Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{size:N0} pages"));
            using var site = GeneratedSite.Make(size);
            var ours = await Measure(portal, site, seconds, times, cancellationToken);
            var theirs = builds == 0 ? null : await Build(mkDocs, site, size > 2000 ? 1 : builds, cancellationToken);
            figures.Add(new DocsFigures(size, site.Bytes(), ours, theirs));
            Console.Error.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"  first page {ours.FirstPage:0} ms, all rendered {ours.AllRendered:0} ms, warm p95 {ours.Alone.P95:0.00} ms, {ours.Busy.PerSecond:N0}/s, changed after {ours.Change:0} ms; built in {theirs:0.0} s {ours.Alone.FirstError}{ours.Busy.FirstError}"));
        }

        var now = TimeProvider.System.GetLocalNow();
        await ReportFile.Write(arguments, now, "docs", DocsReport.Write(figures, now, times, seconds), figures, cancellationToken);
        return figures.All(figure => figure.Portal.Alone.Errors + figure.Portal.Busy.Errors == 0) ? 0 : 1;
    }

    private static async Task<PortalFigures> Measure(string executable, GeneratedSite site, double seconds, int times, CancellationToken cancellationToken)
    {
        var firsts = new List<double>();
        PortalFigures? last = null;
        for (var i = 0; i < times; i++)
        {
            await using var store = await Store.Make(server: null, cancellationToken);
            await using var portal = MeasuredPortal.Start(executable, Configuration(store, site), store.Data.FullName);
            await portal.UntilItHolds(1, cancellationToken);
            await portal.UntilQuiet(cancellationToken);
            using var http = new HttpClient { BaseAddress = new Uri(portal.Catalog.Base.GetLeftPart(UriPartial.Authority)), Timeout = TimeSpan.FromMinutes(5) };
            http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", MeasuredConfiguration.Token);

            // Whoever looks at documentation has opened a page of the portal before; nobody has opened any documentation.
            await Ask(http, "/catalog", cancellationToken);
            var before = portal.Resident();
            firsts.Add(await Time(() => Ask(http, $"{Site}/{GeneratedSite.AddressOf(site.Pages / 2)}", cancellationToken)));
            if (i < times - 1)
            {
                await portal.Stop();
                continue;
            }

            var search = await Time(() => Ask(http, $"{Site}?q=ledger+rotation", cancellationToken));
            var once = await Time(() => EachOnce(http, site, cancellationToken));
            var alone = await Load(portal, site, 1, seconds, cancellationToken);
            var busy = await Load(portal, site, 8, seconds, cancellationToken);
            var after = portal.Resident();
            var changes = new List<double>();
            for (var change = 0; change < times; change++)
            {
                var words = string.Create(CultureInfo.InvariantCulture, $"Changed for the time number {change}.");
                site.Commit(3, words);
                changes.Add(await Time(() => Until(http, $"{Site}/{GeneratedSite.AddressOf(3)}", words, cancellationToken)));
            }

            var peak = portal.Peak();
            await portal.Stop();
            last = new PortalFigures(0, search, once, alone, busy, before, after, peak, Median.Of(changes));
        }

        return last! with { FirstPage = Median.Of(firsts) };
    }

    private static async Task<double?> Build(string mkDocs, GeneratedSite site, int builds, CancellationToken cancellationToken)
    {
        var all = new List<double>();
        for (var i = 0; i < builds; i++)
        {
            var clock = Stopwatch.StartNew();
            using var build = Process.Start(new ProcessStartInfo(mkDocs, ["build", "--quiet", "--clean", "--site-dir", Path.Combine(site.Folder, "built")]) { WorkingDirectory = site.Repository })!;
            await build.WaitForExitAsync(cancellationToken);
            if (build.ExitCode != 0)
            {
                throw new InvalidOperationException($"{mkDocs} ended with {build.ExitCode}.");
            }

            all.Add(clock.Elapsed.TotalSeconds);
        }

        return Median.Of(all);
    }

    private static string Configuration(Store store, GeneratedSite site)
    {
        var file = Path.Combine(store.Data.FullName, "bench.yaml");
        File.WriteAllText(file, $"""
            identity:
              serviceTokens:
                - name: benchmark
                  hash: sha256:{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(MeasuredConfiguration.Token)))}
                  roles: [administrator]
            logging:
              level: warning
            sources:
              roots: [{site.Folder}]
            catalog:
              roots: [{site.Folder}]
              locations:
                - type: git
                  target: file://{site.Repository}?path=catalog-info.yaml
            """);
        return file;
    }

    private static async Task<string> Ask(HttpClient http, string address, CancellationToken cancellationToken)
    {
        using var answer = await http.GetAsync(new Uri(address, UriKind.Relative), cancellationToken);
        return answer.IsSuccessStatusCode ? await answer.Content.ReadAsStringAsync(cancellationToken) : throw new InvalidOperationException($"{address} answered {(int)answer.StatusCode}.");
    }

    private static async Task EachOnce(HttpClient http, GeneratedSite site, CancellationToken cancellationToken)
    {
        foreach (var address in site.Addresses)
        {
            await Ask(http, $"{Site}/{address}", cancellationToken);
        }
    }

    private static async Task Until(HttpClient http, string address, string words, CancellationToken cancellationToken)
    {
        while (!(await Ask(http, address, cancellationToken)).Contains(words, StringComparison.Ordinal))
        {
            await Task.Delay(2, cancellationToken);
        }
    }

    private static async Task<double> Time(Func<Task> work)
    {
        var clock = Stopwatch.StartNew();
        await work();
        return clock.Elapsed.TotalMilliseconds;
    }

    private static Task<LoadResult> Load(MeasuredPortal portal, GeneratedSite site, int connections, double seconds, CancellationToken cancellationToken)
    {
        var at = new Uri(portal.Catalog.Base.GetLeftPart(UriPartial.Authority));
        var requests = site.Addresses
            .Select(address => new Question(Connection.Request(new Uri(at, $"{Site}/{address}"), ["Accept: text/html", "Accept-Encoding: br", $"Authorization: Bearer {MeasuredConfiguration.Token}"])))
            .ToArray();
        return LoadRun.Go(
            new LoadPlan(at, connections, seconds, long.MaxValue, []),
            number =>
            {
                var next = number * 7;
                return () => requests[next++ % requests.Length];
            },
            cancellationToken);
    }
}

/// <param name="Bytes">Of all its Markdown.</param>
/// <param name="Built">How long MkDocs took for it, in seconds.</param>
internal sealed record DocsFigures(int Pages, long Bytes, PortalFigures Portal, double? Built);

/// <param name="FirstPage">Of a site that nobody has asked for since the portal was started, in milliseconds.</param>
/// <param name="AllRendered">The first search in the site, which renders every page and makes an index of it.</param>
/// <param name="EachOnce">Every page asked for once, one after the other, by HTTP.</param>
/// <param name="Change">From a commit until the page shows it.</param>
internal sealed record PortalFigures(
    double FirstPage, double AllRendered, double EachOnce, LoadResult Alone, LoadResult Busy, long MemoryBefore, long MemoryAfter, long MemoryPeak, double Change);
