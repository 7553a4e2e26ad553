using System.Globalization;
using System.Text.Json;
using Microsoft.Playwright;
using Stagedoor.Draw;

// Measures the drawn graph of a running portal in a real Chromium: dotnet run -c Release --project bench/Stagedoor.Draw -- BASE ADDRESS...
if (args.Length < 2)
{
    Console.Error.WriteLine(
        """
        draw BASE ADDRESS... [--times N=5] [--chromium PATH]
            opens graphs such as "/catalog-graph?kind=component" in a fresh browser each time and tells, as medians: when the picture stood
            after one began to go there (first visit, and with what the first left in the cache), how long the element itself took,
            and how many frames a second it drew while being dragged to and fro for two seconds
        """);
    return 2;
}

var times = int.Parse(Option("--times") ?? "5", CultureInfo.InvariantCulture);
var chromium = Option("--chromium") ?? Environment.GetEnvironmentVariable("STAGEDOOR_TEST_CHROMIUM") ?? "/usr/bin/chromium";
var addresses = args[1..].TakeWhile(argument => !argument.StartsWith("--", StringComparison.Ordinal)).ToList();
using var playwright = await Playwright.CreateAsync();
Console.WriteLine("| graph | entities | relations | first visit, ms | later visit, ms | element, ms | frames a second | slowest frame, ms |");
Console.WriteLine("|---|--:|--:|--:|--:|--:|--:|--:|");
foreach (var address in addresses)
{
    var runs = new List<Run>();
    for (var i = 0; i < times; i++)
    {
        await using var browser = await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = chromium, Headless = true, Args = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
        });
        runs.Add(await Measure(browser, new Uri(new Uri(args[0]), address)));
    }

    Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
        $"| `{address}` | {runs[0].Nodes} | {runs[0].Edges} | {Median(run => run.First):0} | {Median(run => run.Later):0} | {Median(run => run.Element):0} | {Median(run => run.Frames):0} | {Median(run => run.Slowest):0} |"));

    double Median(Func<Run, double> of) => runs.Select(of).Order().ElementAt(runs.Count / 2);
}

return 0;

string? Option(string name) => Array.IndexOf(args, name) is >= 0 and var at && at + 1 < args.Length ? args[at + 1] : null;

static async Task<Run> Measure(IBrowser browser, Uri address)
{
    await using var context = await browser.NewContextAsync(new BrowserNewContextOptions { ViewportSize = new ViewportSize { Width = 1440, Height = 900 } });
    await context.AddInitScriptAsync("addEventListener('graph-drawn', () => { window.drawnAt ??= performance.now(); })");
    var page = await context.NewPageAsync();
    var first = await Visit(page, address);
    await page.GotoAsync("about:blank");
    var later = await Visit(page, address);
    var about = await page.EvaluateAsync<JsonElement>("(() => { const view = document.querySelector('graph-view'); return { ms: Number(view.dataset.ms), nodes: view.view.nodes.length, edges: view.view.edges.length }; })()");
    await page.WaitForTimeoutAsync(500);
    var (frames, slowest) = await Drag(page);
    return new Run(first, later, about.GetProperty("ms").GetDouble(), about.GetProperty("nodes").GetInt32(), about.GetProperty("edges").GetInt32(), frames, slowest);
}

static async Task<double> Visit(IPage page, Uri address)
{
    await page.GotoAsync(address.ToString(), new PageGotoOptions { WaitUntil = WaitUntilState.Commit });
    await page.WaitForSelectorAsync("graph-view[data-ms]", new PageWaitForSelectorOptions { Timeout = 60_000, State = WaitForSelectorState.Attached });
    return await page.EvaluateAsync<double>("window.drawnAt");
}

// The picture is dragged from inside the page, one step for each frame: what is measured is the drawing, not the driver.
static async Task<(double Frames, double Slowest)> Drag(IPage page)
{
    var frames = await page.EvaluateAsync<double[]>(
        """
        () => new Promise(resolve => {
          const stage = document.querySelector('.graph-stage');
          stage.setPointerCapture = () => {};
          const box = stage.getBoundingClientRect();
          const send = (type, x) => stage.dispatchEvent(new PointerEvent(type, { pointerId: 1, pointerType: 'mouse', isPrimary: true, bubbles: true, clientX: box.left + box.width / 2 + x, clientY: box.top + box.height / 2 + x / 3 }));
          const times = [];
          send('pointerdown', 0);
          const begin = performance.now();
          let last = begin;
          const step = now => {
            times.push(now - last);
            last = now;
            if (now - begin > 2000) { send('pointercancel', 0); return resolve(times.slice(2)); }
            send('pointermove', Math.sin((now - begin) / 300) * 400);
            requestAnimationFrame(step);
          };
          requestAnimationFrame(step);
        })
        """);
    return (1000 / frames.Average(), frames.Max());
}
