using System.Text.Json;
using Microsoft.Playwright;
using Stagedoor.Load.Pages;

namespace Stagedoor.Load.Graphs;

/// <summary>What one browser saw of a graph.</summary>
/// <param name="First">Milliseconds until the picture stood, with nothing cached.</param>
/// <param name="Later">The same, with what the first visit left.</param>
/// <param name="Element">What of it the picture's own element took.</param>
/// <param name="Frames">A second, while the picture was dragged to and fro for two seconds.</param>
/// <param name="Slowest">The milliseconds of the slowest of these frames.</param>
internal sealed record DrawnGraph(double First, double Later, double Element, int Nodes, int Edges, double Frames, double Slowest)
{
    public static async Task<DrawnGraph> Measure(MeasuringBrowser browser, Uri address)
    {
        await using var context = await browser.Open();
        await context.AddInitScriptAsync("addEventListener('graph-drawn', () => { window.drawnAt ??= performance.now(); })");
        var page = await context.NewPageAsync();
        var first = await Visit(page, address);
        await page.GotoAsync("about:blank");
        var later = await Visit(page, address);
        var about = await page.EvaluateAsync<JsonElement>("(() => { const view = document.querySelector('graph-view'); return { ms: Number(view.dataset.ms), nodes: view.view.nodes.length, edges: view.view.edges.length }; })()");
        await page.WaitForTimeoutAsync(500);
        var (frames, slowest) = await Drag(page);
        return new DrawnGraph(first, later, about.GetProperty("ms").GetDouble(), about.GetProperty("nodes").GetInt32(), about.GetProperty("edges").GetInt32(), frames, slowest);
    }

    private static async Task<double> Visit(IPage page, Uri address)
    {
        await page.GotoAsync(address.ToString(), new PageGotoOptions { WaitUntil = WaitUntilState.Commit });
        await page.WaitForSelectorAsync("graph-view[data-ms]", new PageWaitForSelectorOptions { Timeout = 60_000, State = WaitForSelectorState.Attached });
        return await page.EvaluateAsync<double>("window.drawnAt");
    }

    // The picture is dragged from inside the page, one step for each frame: what is measured is the drawing, not the driver.
    private static async Task<(double Frames, double Slowest)> Drag(IPage page)
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
}
